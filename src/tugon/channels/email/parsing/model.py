"""What a letter says, as values. Nothing here reads bytes; `reading.parse` fills these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: `name` as shown ('' where none was given), `address` with its domain in lower case."""

    name: str
    address: str

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a letter. `type` is what the sender says, `detected` what the bytes say ('' where they say nothing).

    `inline`: shown within the letter (its picture) rather than attached. `content_id` is without angle brackets.
    `text`: for an attached letter or appointment, its words, so that they can be searched.
    """

    name: str
    type: str
    detected: str
    size: int
    sha256: str
    inline: bool
    content_id: str
    content: bytes = field(repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Automatic:
    """Why a machine wrote this. `kind`: auto-reply, out-of-office, auto-generated, bulk, list, bounce, complaint, own,
    calendar."""

    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class FailedRecipient:
    """One address a letter did not reach. `status` is an enhanced status code of RFC 3463, '' where none was found."""

    address: str
    status: str
    diagnostic: str
    action: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class Bounce:
    """A delivery report that something failed or is late. `original_message_id`: of our letter, with angle brackets."""

    recipients: tuple[FailedRecipient, ...]
    original_message_id: str
    original_subject: str
    reporter: str

    @property
    def permanent(self) -> bool:
        return any(recipient.permanent for recipient in self.recipients)


@dataclass(frozen=True, slots=True)
class Authentication:
    """What our own mail server found (RFC 8601). Each verdict is pass, fail, softfail, neutral, temperror, permerror,
    policy or none. `trusted` is False where no header of a server we trust was found: then every verdict is none, and
    `claimed` holds what the topmost header says, which anybody may have written."""

    spf: str = "none"
    dkim: str = "none"
    dmarc: str = "none"
    arc: str = "none"
    trusted: bool = False
    authserv: str = ""
    claimed: Mapping[str, str] = field(default_factory=dict)
    raw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The letter inside a forward, as far as its header block says."""

    from_: Address | None
    to: tuple[Address, ...]
    subject: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A letter as Tugon understands it. Every text is free of NUL and of half surrogates, lines end with `\\n`."""

    subject: str = ""
    from_: Address | None = None
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    sender: Address | None = None
    delivered_to: tuple[str, ...] = ()
    return_path: str | None = None
    """The envelope sender; '' is the null sender of reports, None where the header is missing."""
    original_from: Address | None = None
    """Who wrote, where `from_` is a list or a "via" address."""
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    text: str = ""
    html: str = ""
    reply: str = ""
    reply_html: str = ""
    signature: str = ""
    quoted: str = ""
    language: str | None = None
    taglish: bool = False
    automatic: Automatic | None = None
    may_answer: bool = True
    may_answer_why: str = ""
    bounce: Bounce | None = None
    authentication: Authentication = Authentication()
    attachments: tuple[Attachment, ...] = ()
    is_forward: bool = False
    forwarded: Forwarded | None = None
    headers: tuple[tuple[str, str], ...] = ()
    problems: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

    @property
    def key(self) -> str:
        """The Message-ID, or one made of the bytes, so that the same letter always has the same key."""
        return self.message_id or f"<sha256.{self.sha256}@missing-id.invalid>"

    @property
    def author(self) -> Address | None:
        """Who wrote: the original sender where From was rewritten."""
        return self.original_from or self.from_

    def header(self, name: str) -> str:
        """The first header of that name, '' where there is none."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


def digest(content: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return sha256(content).hexdigest()
