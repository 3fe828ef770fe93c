"""The addresses, ids and marks by which an answer to an inquiry is known. Signed, so that none can be guessed.

`help+q.12.k3v…@company.example` names inquiry 12, as `channels.email.addresses` names tickets with `+t.`; the
Message-IDs of its letters begin `<tugon.q12.`, and the subject ends `[#1042-Q12]`, which is no ticket's token.
"""

import re
from collections.abc import Iterable
from secrets import token_hex

from tugon.lib import secrets

PURPOSE = "inquiry-address"
_SIGNED = re.compile(r"\+q\.(\d{1,18})\.([a-z2-7]{12,32})@", re.IGNORECASE)
_ID = re.compile(r"<tugon\.q(\d{1,18})\.[0-9a-f]{20}@", re.IGNORECASE)
_TOKEN = re.compile(r"\[#\d{1,18}-Q(\d{1,18})\]", re.IGNORECASE)


def inquiry_address(mailbox_address: str, inquiry_id: int) -> str:
    """Where an answer to this inquiry is to be sent, signed."""
    local, _at, domain = mailbox_address.rpartition("@")
    return f"{local}+q.{inquiry_id}.{secrets.sign(PURPOSE, inquiry_id)}@{domain}"


def behind_addresses(addresses: Iterable[str]) -> int | None:
    """The inquiry that a signed address names; None where none does, or the signature is not ours."""
    for address in addresses:
        found = _SIGNED.search(address)
        if found and secrets.signed(PURPOSE, int(found[1]), mac=found[2].lower()):
            return int(found[1])
    return None


def new_letter_id(mailbox_address: str, inquiry_id: int) -> str:
    """A Message-ID for a letter of this inquiry, never the same twice."""
    return f"<tugon.q{inquiry_id}.{token_hex(10)}@{mailbox_address.rpartition('@')[2]}>"


def behind_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Of these Message-IDs those that look like ours for inquiries; whether they are, only the rows tell."""
    return tuple(one for one in ids if _ID.match(one))


def token(ticket_id: int, inquiry_id: int) -> str:
    """What the subject ends with, for mail programs that keep nothing else."""
    return f"[#{ticket_id}-Q{inquiry_id}]"


def behind_subject(subject: str) -> int | None:
    found = _TOKEN.findall(subject)
    return int(found[-1]) if found else None
