"""What the letter of a sign-in carries: a link's token and a six-digit code. Pure but for the installation's key."""

import hashlib

from tugon.lib import secrets

_LINK, _CODE = "portal-sign-in", "portal-sign-in-code"
_LENGTH = 32
"""Letters of the token's MAC: 160 bits."""


def token(pk: int, nonce: str) -> str:
    """What stands in the link."""
    return f"{pk}-{secrets.sign(_LINK, pk, nonce, length=_LENGTH)}"


def claimed_id(value: str) -> int | None:
    """The row a token speaks of, whether or not it is genuine; None for what cannot be one."""
    number, dash, mac = value.partition("-")
    is_shaped = dash and number.isascii() and number.isdigit() and len(number) < 19 and len(mac) == _LENGTH
    return int(number) if is_shaped else None


def is_token(value: str, pk: int, nonce: str) -> bool:
    """Whether this token was made for this row; compared in constant time."""
    return secrets.signed(_LINK, pk, nonce, mac=value.partition("-")[2])


def code(pk: int, nonce: str) -> str:
    """Six digits, evenly spread."""
    digest = hashlib.sha256(secrets.sign(_CODE, pk, nonce, length=52).encode()).digest()
    return f"{int.from_bytes(digest, 'big') % 1_000_000:06d}"
