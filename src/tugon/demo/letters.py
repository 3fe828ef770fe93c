"""Letters as a customer's mail program would write them (RFC 5322)."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formataddr


@dataclass
class Sheet:
    """A letter before it is written. number: makes its Message-ID its own. files: (name, type, bytes)."""

    sender: tuple[str, str]
    to: str
    subject: str
    text: str
    date: str
    number: str
    in_reply_to: str = ""
    references: list[str] = field(default_factory=list)
    files: list[tuple[str, str, bytes]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, thread: list[str]) -> None:
        """Make it an answer to the last of these Message-IDs."""
        self.references = thread
        self.in_reply_to = thread[-1] if thread else ""


def written(sheet: Sheet) -> bytes:
    """The bytes, with CRLF. Raises ValueError for a header that would break out of its line."""
    name, address = sheet.sender
    letter = EmailMessage()
    letter["From"] = formataddr((name, address)) if name.isascii() else address
    if not name.isascii():
        del letter["From"]
        letter["From"] = f'"{name}" <{address}>'
    letter["To"] = sheet.to
    letter["Subject"] = sheet.subject
    letter["Date"] = sheet.date
    letter["Message-ID"] = f"<{sheet.number}@{address.rpartition('@')[2]}>"
    if sheet.in_reply_to:
        letter["In-Reply-To"] = sheet.in_reply_to
        letter["References"] = " ".join(sheet.references)
    for header, value in sheet.headers.items():
        letter[header] = value
    letter.set_content(sheet.text)
    for file_name, media_type, content in sheet.files:
        maintype, _slash, subtype = (media_type or "application/octet-stream").partition("/")
        letter.add_attachment(
            content, maintype=maintype, subtype=subtype or "octet-stream", filename=file_name
        )
    return letter.as_bytes(policy=letter.policy.clone(linesep="\r\n"))
