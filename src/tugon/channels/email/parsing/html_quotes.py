"""Quotes and signatures that mail programs mark in their HTML, brought to the one scanner that knows the rules.

The tree is read as text in which quoted blocks carry `>` and hidden marks of the programs are spelled out, so a reply
between two quotes is found in HTML as it is in plain text.
"""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from tugon.channels.email.parsing import marks
from tugon.lib import html as markup

_OPEN, _MAYBE, _CLOSE, _LINE = "\x0e", "\x10", "\x0f", "\x11"
_OWN = str.maketrans(dict.fromkeys((_OPEN, _MAYBE, _CLOSE, _LINE)))
_QUOTES = (
    "blockquote, .gmail_attr, .moz-cite-prefix, .yahoo_quoted, .protonmail_quote, .zmail_extra, .tutanota_quote, "
    "[name=messageReplySection], #OLK_SRC_BODY_SECTION, .ms-outlook-mobile-reference-message, .mail_quoted, "
    ".airmail_on, .bloop_original_html, .front-quote, .quotedText, [type=cite], .mailru-blockquote, #reply139content, "
    ".ik_mail_quote, .mailmate_quote, .lotus_quote, .WM_QUOTE, #isReplyContent, .elementToProof_quote"
)
_BREAKS = (
    "#divRplyFwdMsg, #appendonsend, hr#stopSpelling, hr#zwchr, #mail-editor-reference-message-container, "
    "#x_divRplyFwdMsg, #divtagdefaultwrapper_reply, #AppleMailQuote"
)
_SIGNATURES = (
    ".gmail_signature, [data-smartmail=gmail_signature], .moz-signature, #Signature, #signature, "
    "#ms-outlook-mobile-signature, .protonmail_signature_block, #AppleMailSignature, #ymail_android_signature, "
    "[id^=ymail_android_signature], .ms-outlook-ios-signature, #composer_signature, .x_gmail_signature, "
    "[name=messageSignatureSection], .signature_editor, #yiv_signature"
)
_MOST = 5_000
"""Quotes of one letter that are looked at."""
_MOST_TRIED = 40
_FORWARD = re.compile(
    r"^[\s\-_*=]{0,40}(?:begin )?(?:forwarded|weitergeleitete|message transféré|mensaje reenviado|mensagem encaminhada|messaggio inoltrato|doorgestuurd|転送|转发|пересыл)",
    re.I,
)


def marked_text(html: str) -> str:
    """`html` as text, quoted blocks with `>` before each line."""
    tree = markup.parse(html.translate(_OWN))
    if tree.body is None:
        return ""
    for node in _found(tree, _QUOTES):
        if not _forwards(node):
            node.insert_before(_MAYBE if _is_plain(node) else _OPEN)
            node.insert_after(_CLOSE)
    for node in _found(tree, _BREAKS):
        if not _forwards(node):
            node.insert_before(f"{_LINE}-----Original Message-----{_LINE}")
            break
    for node in _found(tree, _SIGNATURES):
        if not _within_quote(node):
            node.insert_before(f"{_LINE}-- {_LINE}")
            break
    return _prefixed(markup.to_text(tree))


def _found(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The nodes of a selector, each once though two of its parts match it."""
    return list({node.mem_id: node for node in tree.css(selector)}.values())[:_MOST]


def _outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """Those that stand in no other: a node within one that is removed must not be touched again, its memory is gone."""
    known = {node.mem_id for node in nodes}
    out = []
    for node in nodes:
        holder = node.parent
        while holder is not None and holder.mem_id not in known:
            holder = holder.parent
        if holder is None:
            out.append(node)
    return out


def _forwards(node: LexborNode) -> bool:
    """A quote that is a forwarded letter; asked of the first words of it and of what holds it."""
    holder = (
        node.parent
        if node.parent is not None and "gmail" in (node.parent.attributes.get("class") or "")
        else node
    )
    return _FORWARD.match(holder.text(deep=True, strip=True)[:80]) is not None


def _within_quote(node: LexborNode) -> bool:
    parent = node.parent
    for _ in range(60):
        if parent is None:
            return False
        kind = parent.attributes.get("class") or ""
        if parent.tag == "blockquote" or "quote" in kind:
            return True
        parent = parent.parent
    return False


def _is_plain(node: LexborNode) -> bool:
    """A `<blockquote>` without anything on it, which a person may have made as well as a program."""
    return node.tag == "blockquote" and not any(
        node.attributes.get(name) for name in ("type", "class", "style", "cite", "id")
    )


def _prefixed(text: str) -> str:
    """The marks as `>`. A plain block quotes if it stands in a quote or right below who wrote when."""
    text = re.sub(f"[{_OPEN}{_MAYBE}{_CLOSE}{_LINE}]", r"\n\g<0>\n", text)
    out: list[str] = []
    stack: list[int] = []
    above = ""
    for line in text.split("\n"):
        bare = line.strip()
        if bare == _OPEN:
            stack.append(1)
        elif bare == _MAYBE:
            stack.append(int((sum(stack) > 0) or above.endswith(":") or marks.is_attribution(above)))
        elif bare == _CLOSE:
            stack = stack[:-1]
        elif bare != _LINE:
            quoted = sum(stack) > 0
            out.append(("> " + line if bare else ">") if quoted else line)
            above = bare if bare and not quoted else above
    return "\n".join(_tidy(out)).strip("\n")


def _tidy(lines: list[str]) -> list[str]:
    """Empty lines within a quote carry its mark, those at its edges do not; never two of them in a row."""
    out: list[str] = []
    waiting = False
    for line in lines:
        if line in ("", ">"):
            waiting = bool(out)
            continue
        if waiting:
            out.append(">" if out[-1].startswith(">") and line.startswith(">") else "")
        out.append(line)
        waiting = False
    return out


def reply_html(html: str, reply: str, signature: str, mark: str) -> str:
    """The sanitised HTML of the new part, '' where cutting the tree does not give exactly `reply`."""
    if not reply.strip():
        return ""
    tree = markup.parse(html)
    if tree.body is None:
        return ""
    for node in _outermost([node for node in _found(tree, _QUOTES) if not _forwards(node)]):
        node.decompose()
    if (rest := tree.css_first(_BREAKS)) is not None:
        _drop_from(rest)
    if (signed := tree.css_first(_SIGNATURES)) is not None:
        signed.decompose()
    wanted = (_bare(reply), _bare(reply + signature))
    if _bare(markup.to_text(tree)) not in wanted and mark:
        start = _block_of(tree, mark)
        if start is not None:
            _drop_from(start)
    if _bare(markup.to_text(tree)) not in wanted:
        return ""
    return markup.sanitise(tree.body.inner_html or "")


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def _block_of(tree: LexborHTMLParser, mark: str) -> LexborNode | None:
    """The smallest node whose text begins with the mark: walked from the first text node that could."""
    head = _bare(mark)[:40]
    if not head or tree.body is None:
        return None
    first = re.split(r"\s+", mark.strip(" *_->"), maxsplit=1)[0][:20]
    tried = 0
    for node in tree.body.traverse(include_text=True):
        if node.tag != "-text" or first not in (node.text_content or ""):
            continue
        tried += 1
        if tried > _MOST_TRIED:
            return None
        holder = node
        for _ in range(6):
            if _bare(holder.text(deep=True)[:2_000]).startswith(head):
                return holder
            if holder.parent is None or holder.parent.tag == "body":
                break
            holder = holder.parent
        if _bare(_onward(node)).startswith(head):
            return node
    return None


def _onward(node: LexborNode) -> str:
    """The text of a node and of a few that follow it."""
    out, following = [node.text(deep=True)[:500]], node.next
    for _ in range(8):
        if following is None:
            break
        out.append(following.text(deep=True)[:500])
        following = following.next
    return "".join(out)


def _drop_from(node: LexborNode) -> None:
    """Remove a node and everything after it in the document."""
    current: LexborNode | None = node
    while current is not None and current.tag != "body":
        following = current.next
        while following is not None:
            after = following.next
            following.decompose()
            following = after
        current = current.parent
    node.decompose()
