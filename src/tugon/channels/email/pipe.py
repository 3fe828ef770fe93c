"""A letter by pipe from a mail server: `|tugon mail receive`. The exit code tells it what to do (sysexits.h)."""

import logging

from django.db import DatabaseError, InterfaceError

from ..models import Mailbox
from .arrivals import Arrival, Sink

logger = logging.getLogger(__name__)

KEPT, USAGE, UNKNOWN_MAILBOX, TRY_LATER = 0, 64, 67, 75
RECIPIENT_HEADERS = ("x-original-to", "delivered-to", "envelope-to", "to", "cc")


def receive(raw: bytes, *, recipient: str = "", sender: str = "", sink: Sink) -> tuple[int, str]:
    """Keep one letter. Returns the exit code and words for the mail server's log.

    recipient: the mailbox's address; without it the letter's own headers tell, or there is only one mailbox.
    """
    if not raw.strip():
        return USAGE, "Nothing came on standard input. Pipe one whole message into this command."
    try:
        mailbox = _mailbox(raw, recipient)
        if mailbox is None:
            return UNKNOWN_MAILBOX, _unknown(recipient)
        envelope = {"from": sender, "to": [recipient] if recipient else []}
        sink(Arrival(channel_id=mailbox.channel_id, raw=raw, via="pipe", envelope=envelope))
    except (DatabaseError, InterfaceError) as error:
        return (
            TRY_LATER,
            f"The database does not answer, so the letter was not kept; try again later. {_line(error)}",
        )
    except Exception as error:
        logger.debug("A piped letter was not kept", exc_info=True)
        return TRY_LATER, f"The letter was not kept; try again later. {type(error).__name__}: {_line(error)}"
    return KEPT, ""


def _mailbox(raw: bytes, recipient: str) -> Mailbox | None:
    if recipient:
        return Mailbox.objects.receiving(recipient)
    for address in _recipients(raw):
        found = Mailbox.objects.receiving(address)
        if found is not None:
            return found
    every = list(Mailbox.objects.working()[:2])
    return every[0] if len(every) == 1 else None


def _recipients(raw: bytes) -> list[str]:
    """Addresses of the head's recipient headers, envelope's first. Broken heads give fewer."""
    from email.parser import BytesHeaderParser
    from email.utils import getaddresses

    head = BytesHeaderParser().parsebytes(raw[:262_144])
    found = []
    for name in RECIPIENT_HEADERS:
        values = [str(value) for value in head.get_all(name, [])]
        found += [address for _name, address in getaddresses(values) if "@" in address]
    return found[:50]


def _unknown(recipient: str) -> str:
    if recipient:
        return f"{recipient} is no mailbox of Tugon. Check the address in the mail server's alias."
    return "No mailbox of Tugon is among the recipients. Name it: tugon mail receive --mailbox ADDRESS"


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
