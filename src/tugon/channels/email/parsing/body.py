"""Which parts of a letter are its text, which its HTML, and which are files (after RFC 8621 §4.1.4).

Nothing disappears: what is not shown as text or HTML is a file.
"""

import html as html_entities
import mimetypes
import re
from dataclasses import dataclass, field

import puremagic

from tugon.channels.email.parsing import charsets, smime, tnef
from tugon.channels.email.parsing.flowed import unflow
from tugon.channels.email.parsing.mime import Part
from tugon.channels.email.parsing.model import Attachment, digest
from tugon.channels.email.parsing.transfer import uuencoded
from tugon.lib import html as markup

LARGEST_TEXT = 2_000_000
"""Characters of one text or HTML part that are shown; a longer part is also kept as a file."""

_CID = re.compile(r"cid:([^\"'\s<>)]{1,300})", re.I)
_META = re.compile(rb"<meta[^>]{0,200}charset\s{0,5}=\s{0,5}[\"']?([\w:.-]{1,40})", re.I)
_LOOKS_HTML = re.compile(rb"\s{0,200}(?:<!doctype html|<html[\s>]|<body[\s>]|<head[\s>])", re.I)
_OWN_NAMES = {"message/delivery-status": "delivery-status.txt", "text/rfc822-headers": "original-headers.txt"}
_OWN_NAMES |= {"message/feedback-report": "feedback-report.txt", "application/pgp-signature": "signature.asc"}
_OWN_NAMES |= {"message/disposition-notification": "read-receipt.txt", "text/calendar": "invitation.ics"}
_OWN_NAMES |= {"message/rfc822": "letter.eml", "application/pgp-encrypted": "pgp-version.txt"}


@dataclass(slots=True)
class Bodies:
    text: str = ""
    html: str = ""
    """Not yet sanitised."""
    text_is_from_html: bool = False
    files: list[Attachment] = field(default_factory=list)
    parts: list[tuple[Part, Attachment]] = field(default_factory=list)
    """Files together with the part they came from, for those who look inside."""
    problems: list[str] = field(default_factory=list)


def choose(root: Part, extras: list[Part] | None = None) -> Bodies:
    """Text, HTML and files of a letter."""
    texts: list[Part] = []
    htmls: list[Part] = []
    others: list[Part] = []
    _sort([root], "mixed", False, htmls, texts, others)
    found = Bodies()
    _read_texts(found, texts, htmls)
    referenced = {reference.strip() for reference in _CID.findall(found.html)}
    for part in [*others, *(extras or [])]:
        _keep(found, part, referenced)
    return found


def _sort(
    parts: list[Part],
    around: str,
    alternative: bool,
    htmls: list[Part] | None,
    texts: list[Part] | None,
    others: list[Part],
) -> None:
    had = len(texts or ()), len(htmls or ())
    for order, part in enumerate(parts):
        if part.children:
            subtype = part.type.partition("/")[2]
            _sort(part.children, subtype, alternative or subtype == "alternative", htmls, texts, others)
            continue
        if not _is_shown(part, order, around):
            others.append(part)
        elif around == "alternative":
            target = texts if part.type == "text/plain" else htmls
            if target is None:
                others.append(part)
            else:
                target.append(part)
        else:
            if alternative and part.type == "text/plain":
                htmls = None
            elif alternative and part.type == "text/html":
                texts = None
            for target in (texts, htmls):
                if target is not None:
                    target.append(part)
    if around == "alternative" and texts is not None and htmls is not None:
        new_texts, new_htmls = texts[had[0] :], htmls[had[1] :]
        if new_htmls and not new_texts:
            texts.extend(new_htmls)
        elif new_texts and not new_htmls:
            htmls.extend(new_texts)


def _is_shown(part: Part, order: int, around: str) -> bool:
    if part.disposition == "attachment" or part.type not in ("text/plain", "text/html"):
        return False
    return order == 0 or (around != "related" and not part.name) or around == "alternative"


def _read_texts(found: Bodies, texts: list[Part], htmls: list[Part]) -> None:
    readings: dict[int, tuple[str, bool]] = {}
    for part in {id(part): part for part in texts + htmls}.values():
        readings[id(part)] = _reading(part, found)
    pieces = [
        markup.to_text(text) if is_html else text for text, is_html in (readings[id(part)] for part in texts)
    ]
    found.text = "\n\n".join(piece.strip("\n") for piece in pieces if piece.strip())
    shown = [readings[id(part)] for part in htmls]
    if any(is_html for _, is_html in shown):
        found.html = "\n".join(text if is_html else _as_html(text) for text, is_html in shown)
    if not found.text.strip() and found.html:
        found.text = markup.to_text(found.html)
        found.text_is_from_html = True
    elif texts and all(readings[id(part)][1] for part in texts):
        found.text_is_from_html = True


def _reading(part: Part, found: Bodies) -> tuple[str, bool]:
    """A text part as a string, and whether it is HTML."""
    content = part.content
    if part.note:
        found.problems.append(part.note)
    if not declared_text(part) and is_binary(content):
        found.problems.append("The text is no text; it is kept as a file")
        found.files.append(make(part.name, "", content, inline=False))
        return "", False
    is_html = part.type == "text/html" or (
        part.type == "text/plain" and _LOOKS_HTML.match(content) is not None
    )
    declared = part.type_parameters.get("charset", "")
    if is_html and not declared and (meta := _META.search(content[:4_000])):
        declared = meta[1].decode("ascii")
    if not is_html and (content.startswith(b"begin") or b"\nbegin" in content):
        content, files = uuencoded(content)
        found.files.extend(make(name, "", file, inline=False) for name, file in files)
    whole = content
    if len(content) > 4 * LARGEST_TEXT:
        content = content[: 4 * LARGEST_TEXT]
    if b"\0" in content and "utf-16" not in declared.lower():
        found.problems.append("The text had NUL characters; they were left out")
    decoded = charsets.decode(content, declared)
    if decoded.problem:
        found.problems.append(decoded.problem)
    text = decoded.text
    if len(text) > LARGEST_TEXT or len(whole) > len(content):
        found.problems.append("The text is longer than is shown; it is kept whole as a file")
        found.files.append(make("message.html" if is_html else "message.txt", part.type, whole, inline=False))
        text = text[:LARGEST_TEXT]
    if not is_html and part.type_parameters.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.type_parameters.get("delsp", "").lower() == "yes")
    return text, is_html


def declared_text(part: Part) -> bool:
    """Whether the sender says that this is text, with a charset."""
    return bool(part.headers.raw("content-type")) and bool(part.type_parameters.get("charset"))


_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\v\x1b\0")) + b"\x7f"


def is_binary(content: bytes) -> bool:
    """Control characters no writing has, in more than a twentieth of the bytes."""
    sample = content[:8_000]
    return len(sample) > 64 and (len(sample) - len(sample.translate(None, _CONTROL))) * 20 > len(sample)


def _as_html(text: str) -> str:
    return "<p>" + html_entities.escape(text.strip()).replace("\n", "<br>") + "</p>"


def _keep(found: Bodies, part: Part, referenced: set[str]) -> None:
    """One file; a winmail.dat or a signed envelope is opened and replaced by what it holds, if it reads to its end."""
    content = part.content
    if part.note:
        found.problems.append(part.note)
    is_tnef = part.type in ("application/ms-tnef", "application/vnd.ms-tnef") or content.startswith(
        tnef.SIGNATURE
    )
    if is_tnef and _open_tnef(found, content):
        return
    if part.type in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        _mention_smime(found, part, content)
    if part.type == "application/pgp-encrypted" or (
        part.name.endswith(".asc") and b"BEGIN PGP MESSAGE" in content[:200]
    ):
        found.problems.append("The letter is encrypted with PGP; it is kept as a file")
    inline = part.content_id in referenced or (part.disposition != "attachment" and _is_picture_within(part))
    name = part.name or _OWN_NAMES.get(part.type, "")
    file = make(name, part.type, content, inline=bool(inline), content_id=part.content_id)
    found.files.append(file)
    found.parts.append((part, file))


def _is_picture_within(part: Part) -> bool:
    if part.disposition == "inline":
        return True
    related = part.parent is not None and part.parent.type == "multipart/related"
    return related and part.type.startswith("image/")


def _mention_smime(found: Bodies, part: Part, content: bytes) -> None:
    kind = part.type_parameters.get("smime-type", "").lower()
    if kind in ("", "signed-data") and smime.signed_content(content):
        found.problems.append("The letter is wrapped in an S/MIME signature, which was not checked")
    else:
        found.problems.append("The letter is encrypted with S/MIME; it is kept as a file")


def _open_tnef(found: Bodies, content: bytes) -> bool:
    inside = tnef.read(content)
    for number, file in enumerate(inside.files, 1):
        found.files.append(
            make(
                file.name or f"file-{number}",
                file.type,
                file.content,
                inline=False,
                content_id=file.content_id,
            )
        )
    if inside.text and not found.text.strip():
        found.text = inside.text
    if inside.html and not found.html:
        found.html = inside.html
        found.text = found.text if found.text.strip() else markup.to_text(inside.html)
    if not inside.complete:
        found.problems.append(
            "The winmail.dat is damaged; what could be read is here, and it is kept as a file"
        )
    return inside.complete and bool(inside.files or inside.text or inside.html)


def make(
    name: str, declared: str, content: bytes, *, inline: bool, content_id: str = "", text: str = ""
) -> Attachment:
    """A file with a name a person can save it under."""
    detected = sniff(content)
    kind = declared or detected or mimetypes.guess_type(name)[0] or "application/octet-stream"
    name = charsets.clean(name).replace("\n", " ").strip().strip("\"'")
    name = re.split(r"[\\/]", name)[-1].strip()[-255:]
    if not name or name in (".", ".."):
        extension = (
            mimetypes.guess_extension(kind if kind != "application/octet-stream" else detected or kind)
            or ".bin"
        )
        name = "attachment" + extension
    return Attachment(name, kind, detected, len(content), digest(content), inline, content_id, content, text)


_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
)


def sniff(content: bytes) -> str:
    """The type the bytes themselves show; '' where they show none."""
    for mark, kind in _MAGIC:
        if content.startswith(mark):
            return kind
    if not content or not (head := content[:4_096]).translate(None, bytes(range(32, 127)) + b"\r\n\t"):
        return "text/html" if _LOOKS_HTML.match(content[:500]) else ""
    try:
        return puremagic.from_string(head, mime=True) or ""
    except (puremagic.PureError, ValueError, IndexError):
        return ""
