"""A letter's bytes from its values. Pure: no settings, no database, no clock.

Headers are made by `headers`; the body is multipart/alternative, inside multipart/related when the HTML shows pictures,
inside multipart/mixed when files are attached (RFC 2046, 2387). Everything is 7-bit on the way, so nothing a relay does
to 8-bit text or long lines can harm it.
"""

from email import policy
from email.message import EmailMessage, MIMEPart

from . import headers
from .layout import html_page, plain_page
from .letters import File, Letter

OWN = "X-Tugon-Instance"
LOOP = "X-Tugon-Loop"
_POLICY = policy.SMTP


def compose(letter: Letter) -> bytes:
    """The letter as it leaves, with CRLF line ends. Who is in Bcc is only on the envelope."""
    return (_head(letter) + "MIME-Version: 1.0\r\n").encode("utf-8", "replace") + _body(letter).as_bytes(
        policy=_POLICY
    )


def _head(letter: Letter) -> str:
    lines = [
        headers.people("From", [letter.from_]),
        headers.people("To", letter.to) or "To: undisclosed-recipients:;\r\n",
        headers.people("Cc", letter.cc),
        headers.people("Reply-To", [letter.reply_to]) if letter.reply_to else "",
        headers.unstructured("Subject", letter.subject),
        headers.moment("Date", letter.date),
        headers.ids("Message-ID", [letter.message_id]),
        headers.ids("In-Reply-To", [letter.in_reply_to]),
        headers.ids("References", headers.trimmed(letter.references)),
        headers.plain("Content-Language", letter.language),
        headers.plain(OWN, letter.instance),
    ]
    if letter.automatic:
        lines += [
            headers.plain("Auto-Submitted", letter.automatic),
            headers.plain("X-Auto-Response-Suppress", "All"),
            headers.plain(LOOP, letter.loop),
        ]
    if letter.unsubscribe_url:
        lines += [
            headers.plain("List-Unsubscribe", f"<{letter.unsubscribe_url}>"),
            headers.plain("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ]
    return "".join(lines)


def _body(letter: Letter) -> MIMEPart:
    page = html_page(letter)
    inline = [file for file in letter.files if file.content_id and f"cid:{file.content_id}" in page]
    attached = [file for file in letter.files if file not in inline]
    content: MIMEPart = MIMEPart(policy=_POLICY)
    _set_text(content, plain_page(letter), "plain")
    content.make_alternative()
    part = MIMEPart(policy=_POLICY)
    _set_text(part, page, "html")
    content.attach(part)
    if inline:
        content = _around("related", content, [_part(file, inline=True) for file in inline])
    if attached:
        content = _around("mixed", content, [_part(file, inline=False) for file in attached])
    return content


def _set_text(part: MIMEPart, text: str, kind: str) -> None:
    """Quoted-printable for mostly Latin text, which stays readable on the way, base64 for the rest."""
    foreign = sum(not letter.isascii() for letter in text)
    part.set_content(
        text.encode("utf-8", "replace").decode(),
        subtype=kind,
        charset="utf-8",
        cte="base64" if foreign * 4 > len(text) else "quoted-printable",
    )


def _around(kind: str, first: MIMEPart, others: list[MIMEPart]) -> MIMEPart:
    outer = EmailMessage(policy=_POLICY)
    outer["Content-Type"] = f"multipart/{kind}"
    for part in [first, *others]:
        outer.attach(part)  # type: ignore[arg-type]
    return outer


def _part(file: File, *, inline: bool) -> MIMEPart:
    part = MIMEPart(policy=_POLICY)
    maintype, _slash, subtype = file.media_type.partition("/")
    if maintype in ("message", "multipart") or not subtype or not (maintype + subtype).isascii():
        maintype, subtype = "application", "octet-stream"  # only 7-bit text may stand in these, RFC 2046 §5
    part.set_content(
        file.content,
        maintype=headers.one_line(maintype),
        subtype=headers.one_line(subtype).replace(" ", ""),
        disposition="inline" if inline else "attachment",
        filename=headers.one_line(file.name) or "file",
        cid=f"<{headers.one_line(file.content_id)}>" if inline else None,
    )
    return part
