"""A letter that left, as its recipient's mail program would show it. Pure: bytes in, values out."""

import base64
import re
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape

HEADERS = ("From", "To", "Cc", "Reply-To", "Date", "Message-ID", "In-Reply-To", "Auto-Submitted")
_LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
_CONTENT_ID = re.compile(r"(?i)\bcid:([^\"'\s>]+)")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Shown:
    """headers: (name, value) as far as people read them. references: all Message-IDs of the thread, its own last."""

    subject: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    text: str = ""
    html: str = ""
    files: tuple[File, ...] = ()
    answer_to: str = ""
    letter_id: str = ""
    references: tuple[str, ...] = field(default=())


def shown(raw: bytes) -> Shown:
    """What the letter holds. Only for letters that Tugon wrote."""
    letter = message_from_bytes(raw, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    pictures = {
        str(part["Content-ID"]).strip("<> "): part
        for part in letter.walk()
        if part["Content-ID"] and not part.is_multipart()
    }
    letter_id = str(letter["Message-ID"] or "")
    return Shown(
        subject=str(letter["Subject"] or ""),
        headers=tuple((name, str(letter[name])) for name in HEADERS if letter[name]),
        text=text.get_content() if text else "",
        html=_with_pictures(html.get_content(), pictures) if html else "",
        files=tuple(_file(part) for part in letter.iter_attachments()),
        answer_to=str(letter["Reply-To"] or letter["From"] or ""),
        letter_id=letter_id,
        references=(*str(letter["References"] or "").split(), letter_id),
    )


def page_of(letter: Shown, *, as_text: bool) -> str:
    """The letter's body as a page of its own, for a frame without rights. Links open outside of it."""
    head = '<!doctype html><meta charset="utf-8"><base target="_blank"><title>Letter</title>'
    if as_text or not letter.html:
        words = escape(letter.text, quote=False)
        linked = _LINK.sub(lambda found: f'<a href="{found[0]}" rel="noopener">{found[0]}</a>', words)
        style = "font:14px/1.5 monospace;white-space:pre-wrap"
        return f'{head}<body style="margin:16px"><pre style="{style}">{linked}</pre>'
    return f'{head}<body style="margin:16px;font:15px/1.5 sans-serif;color:#1c1c1c;background:#fff">{letter.html}'


def _with_pictures(html: str, pictures: dict[str, EmailMessage]) -> str:
    def data(found: re.Match[str]) -> str:
        part = pictures.get(found[1])
        if part is None:
            return found[0]
        content = base64.b64encode(_file(part).content).decode()
        return f"data:{part.get_content_type()};base64,{content}"

    return _CONTENT_ID.sub(data, html)


def _file(part: EmailMessage) -> File:
    payload = part.get_payload(decode=True)
    return File(
        part.get_filename() or "file", part.get_content_type(), payload if isinstance(payload, bytes) else b""
    )
