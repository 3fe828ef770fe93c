"""Addresses of our own: the signed one a reply comes back to, and the mailbox behind a tagged address.

`support+t.1042.k3v…@example.org` names ticket 1042 and carries a MAC, so it cannot be guessed for another ticket.
Sub-addressing is RFC 5233; a server that does not know it gets the plain address.
"""

import re

from tugon.lib import secrets

PURPOSE = "reply-address"
_SIGNED = re.compile(r"\+t\.(\d{1,18})\.([a-z2-7]{12,32})@", re.IGNORECASE)


def reply_address(mailbox_address: str, ticket_id: int) -> str:
    """Where an answer to this ticket is to be sent, signed."""
    local, _at, domain = mailbox_address.rpartition("@")
    return f"{local}+t.{ticket_id}.{secrets.sign(PURPOSE, ticket_id)}@{domain}"


def ticket_behind(address: str) -> int | None:
    """The ticket a signed address names, or None when there is none or the signature is not ours."""
    found = _SIGNED.search(address)
    if found is None or not secrets.signed(PURPOSE, int(found[1]), mac=found[2].lower()):
        return None
    return int(found[1])


def instance() -> str:
    """The mark of this installation in its letters: another for every secret key, telling nothing."""
    return secrets.sign("instance", "tugon")


def without_tag(address: str) -> str:
    """The address in lower case without its `+tag`: support+t.1.x@A.org → support@a.org."""
    local, at, domain = address.strip().strip("<>").lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"
