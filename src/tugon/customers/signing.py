"""Whether a host's word on who somebody is can be believed. Pure: values in, values out.

A JWT (RFC 7519, HS256) with `sub` and `exp`, and perhaps name, email, email_verified, audience, plan, locale; its head
may name the key (`kid`). Or, where a host cannot make one, the HMAC-SHA256 of the person's id, in hex.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import NotAllowed

LONGEST = timedelta(hours=24)
"""A token that holds longer than this could be used by whoever finds it; it is refused."""
LEEWAY = timedelta(seconds=60)
"""How far the host's clock may be from ours."""


class IdentityRefused(NotAllowed):
    code = "identity-refused"
    words = _("Your sign-in from the other site could not be used: {reason}. You can still write to us.")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who the host says somebody is. subject: its own lasting id of the person. key: which secret signed."""

    subject: str
    key: str
    name: str = ""
    email: str = ""
    is_email_verified: bool = False
    audience: str = ""
    plan: str = ""
    language: str = ""


def read_token(token: str, keys: Mapping[str, str], *, at: datetime) -> Signed:
    """Who a JWT names. keys: kid → secret, those that live. at: now, aware. Raises IdentityRefused."""
    kid = _kid(token)
    if kid and kid not in keys:
        raise IdentityRefused(reason=_("it was signed with a key that is not in use"))
    for name in [kid] if kid else list(keys):
        try:
            claims = jwt.decode(
                token,
                keys[name],
                algorithms=["HS256"],
                options={
                    "require": ["exp", "sub"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.InvalidSignatureError:
            continue
        except jwt.PyJWTError as error:
            raise IdentityRefused(reason=_("it cannot be read")) from error
        _require_fresh(claims, at)
        return _signed(claims, name)
    raise IdentityRefused(reason=_("its signature does not fit"))


def read_hash(subject: str, mac: str, keys: Mapping[str, str]) -> Signed:
    """Who a bare id names, when its HMAC-SHA256 (hex) fits one of the secrets. Raises IdentityRefused."""
    for name, secret in keys.items():
        expected = hmac.new(secret.encode(), subject.encode(), hashlib.sha256).hexdigest()
        if subject and hmac.compare_digest(expected.encode(), mac.strip().lower().encode()):
            return Signed(subject[:120], name)
    raise IdentityRefused(reason=_("its signature does not fit"))


def _kid(token: str) -> str:
    try:
        return str(jwt.get_unverified_header(token).get("kid") or "")
    except jwt.PyJWTError as error:
        raise IdentityRefused(reason=_("it cannot be read")) from error


def _require_fresh(claims: Mapping[str, Any], at: datetime) -> None:
    try:
        ends = float(claims["exp"])
        begins = float(claims.get("nbf") or 0)
    except (TypeError, ValueError) as error:
        raise IdentityRefused(reason=_("it cannot be read")) from error
    moment = at.timestamp()
    if ends < moment - LEEWAY.total_seconds() or begins > moment + LEEWAY.total_seconds():
        raise IdentityRefused(reason=_("its time is over"))
    if ends > moment + (LONGEST + LEEWAY).total_seconds():
        raise IdentityRefused(reason=_("it holds for longer than a day"))


def _signed(claims: Mapping[str, Any], key: str) -> Signed:
    def text(name: str, most: int) -> str:
        return str(claims.get(name) or "").replace("\x00", "").strip()[:most]

    if not text("sub", 120):
        raise IdentityRefused(reason=_("it names nobody"))
    return Signed(
        subject=text("sub", 120),
        key=key,
        name=text("name", 160),
        email=text("email", 320).lower(),
        is_email_verified=claims.get("email_verified") is True,
        audience=text("audience", 40),
        plan=text("plan", 40),
        language=text("locale", 16),
    )
