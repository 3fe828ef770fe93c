"""A raw letter, understood: `parse(bytes) -> ParsedMail`.

Pure and total: no Django, no clock, no network; whatever the bytes, a value comes back, and what is not shown as
text or HTML is there as a file. Time grows in proportion to the length. `problems` says in plain words what was wrong.
"""

from tugon.channels.email.parsing.model import (
    Address,
    Attachment,
    Authentication,
    Automatic,
    Bounce,
    FailedRecipient,
    Forwarded,
    ParsedMail,
)
from tugon.channels.email.parsing.reading import parse
from tugon.channels.email.parsing.serialise import to_json

__all__ = [
    "Address",
    "Attachment",
    "Authentication",
    "Automatic",
    "Bounce",
    "FailedRecipient",
    "Forwarded",
    "ParsedMail",
    "parse",
    "to_json",
]
