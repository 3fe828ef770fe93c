"""What a letter of ours says, as values; `compose.compose` makes the bytes."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """One mailbox: `name` may be empty and may hold any letters."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file to send along. With `content_id` the HTML shows it as `cid:…`; otherwise it is attached."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    content_id: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """What is answered: the line above it ("On … wrote:") and its words without older quotes."""

    line: str
    text: str


@dataclass(frozen=True, slots=True)
class Foot:
    """Lines below the signature: words, and a link with its label."""

    words: str = ""
    link: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    message_id, in_reply_to, references: with angle brackets; references oldest first. date: aware.
    html: sanitised body, without <html>; empty: made of `text`. automatic: "" for a person's words, else RFC 3834's
    "auto-replied" or "auto-generated". loop: what our own reading recognises this installation by.
    """

    from_: Person
    to: tuple[Person, ...]
    subject: str
    text: str
    message_id: str
    date: datetime
    cc: tuple[Person, ...] = ()
    reply_to: Person | None = None
    html: str = ""
    language: str = "en"
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: str = ""
    instance: str = ""
    loop: str = ""
    signature: str = ""
    quote: Quote | None = None
    foot: Foot | None = None
    files: tuple[File, ...] = ()
    unsubscribe_url: str = ""
