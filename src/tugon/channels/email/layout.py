"""How a letter looks: plain text, and one simple HTML page for every mail program and screen reader."""

import html
import re

from .letters import Letter

MARK = "-- "
"""The line above a signature, as RFC 3676 §4.3 has it: programs fold or drop what follows."""
LONGEST_QUOTE = 6000
"""Characters of the answered message that are quoted; the rest is in the thread anyway."""

_FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;font-size:15px;line-height:1.5"
_MUTED = "color:#5b6170;font-size:13px"
_LINK = re.compile(r"https?://[^\s<>\"']{1,2000}[^\s<>\"'.,;:!?)\]]")


def plain_page(letter: Letter) -> str:
    """The letter as text: words, signature, foot, and the answered message quoted once."""
    parts = [_tidy(letter.text)]
    below = [_tidy(letter.signature)] if letter.signature.strip() else []
    if letter.foot:
        link = f"{letter.foot.label}: {letter.foot.link}" if letter.foot.link else ""
        below += [line for line in (letter.foot.words, link) if line]
    if below:
        parts.append(MARK + "\n" + "\n".join(below))
    if letter.quote:
        quoted = "\n".join(f"> {line}".rstrip() for line in _cut(letter.quote.text).split("\n"))
        parts.append(f"{letter.quote.line}\n{quoted}")
    return "\n\n".join(parts) + "\n"


def html_page(letter: Letter) -> str:
    """The whole HTML document. `letter.html` is trusted to be sanitised; everything else is escaped here."""
    parts = [f'<div style="{_FONT};color:#1d2029">{letter.html or paragraphs(letter.text)}</div>']
    if letter.signature.strip():
        parts.append(
            f'<div class="tugon-signature" style="{_FONT};color:#1d2029;margin-top:16px">'
            f"{paragraphs(letter.signature)}</div>"
        )
    if letter.foot:
        parts.append(_foot(letter))
    if letter.quote:
        parts.append(_quote(letter))
    title, language = html.escape(letter.subject), html.escape(letter.language or "en", quote=True)
    body = "\n".join(parts)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">'
        f'<title>{title}</title></head>\n<body style="margin:0;padding:16px;max-width:640px">\n{body}\n</body></html>\n'
    )


def paragraphs(text: str) -> str:
    """Plain words as HTML: paragraphs, line breaks, and links that can be followed."""
    blocks = re.split(r"\n\s*\n", _tidy(text))
    return "".join(f'<p style="margin:0 0 12px">{_lines(block)}</p>' for block in blocks if block.strip())


def _lines(block: str) -> str:
    pieces, end = [], 0
    for found in _LINK.finditer(block):
        pieces.append(html.escape(block[end : found.start()]))
        address = html.escape(found.group(), quote=True)
        pieces.append(f'<a href="{address}">{address}</a>')
        end = found.end()
    pieces.append(html.escape(block[end:]))
    return "".join(pieces).replace("\n", "<br>\n")


def _foot(letter: Letter) -> str:
    assert letter.foot is not None
    words = html.escape(letter.foot.words)
    link = ""
    if letter.foot.link:
        label = html.escape(letter.foot.label or letter.foot.link)
        link = f' <a href="{html.escape(letter.foot.link, quote=True)}">{label}</a>'
    return f'<p class="tugon-foot" style="{_FONT};{_MUTED};margin-top:20px">{words}{link}</p>'


def _quote(letter: Letter) -> str:
    """In the mark-up by which mail programs know a quote and fold it."""
    assert letter.quote is not None
    line, text = html.escape(letter.quote.line), paragraphs(_cut(letter.quote.text))
    return (
        f'<div class="gmail_quote tugon-quote" style="{_FONT};{_MUTED};margin-top:20px">'
        f'<div class="gmail_attr">{line}</div><blockquote type="cite" class="gmail_quote" '
        'style="margin:8px 0 0;padding-left:12px;border-left:2px solid #c9cdd8">'
        f"{text}</blockquote></div>"
    )


def _tidy(text: str) -> str:
    """Line ends of one kind, no control characters but the tab, no spaces at the ends of lines."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = "".join(
        letter for letter in joined if letter in "\n\t" or letter.isprintable() or letter == "\u200d"
    )
    return "\n".join(line.rstrip() for line in clean.split("\n")).strip("\n")


def _cut(text: str) -> str:
    tidy = _tidy(text)
    return tidy if len(tidy) <= LONGEST_QUOTE else tidy[:LONGEST_QUOTE].rstrip() + " …"
