"""Secrets at rest: passwords and tokens of other systems, encrypted with the installation's key (Fernet, AES-128-CBC
and HMAC-SHA256). Losing the key loses the secrets, so `tugon backup` says where it is kept.
"""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


def seal(plain: str) -> str:
    """Encrypt words; empty stays empty."""
    return _fernet().encrypt(plain.encode()).decode() if plain else ""


def unseal(sealed: str) -> str:
    """Decrypt words; empty stays empty. Raises ValueError when the key is not the one that sealed them."""
    if not sealed:
        return ""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise ValueError("The secret was sealed with another TUGON_SECRET_KEY") from error


def sign(purpose: str, *parts: object, length: int = 16) -> str:
    """A MAC over the parts for one purpose: `length` lower-case base32 letters (5 bits each)."""
    message = "\x1f".join(str(part) for part in parts).encode()
    key = hashlib.sha256(f"{purpose}\x1f{settings.SECRET_KEY}".encode()).digest()
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:length]


def signed(purpose: str, *parts: object, mac: str) -> bool:
    """Whether the MAC fits the parts; compared in constant time."""
    expected = sign(purpose, *parts, length=len(mac)).encode()
    return hmac.compare_digest(expected, mac.encode("utf-8", "surrogatepass")) and len(mac) >= 12


def _fernet() -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hashlib.sha256(f"seal\x1f{settings.SECRET_KEY}".encode()).digest())
    )
