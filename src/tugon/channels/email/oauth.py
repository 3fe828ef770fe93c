"""Access tokens for mailboxes of Google, Microsoft and others: RFC 6749 §6 refresh, used by SASL XOAUTH2.

A refresh token that was withdrawn or ran out raises `TokenRefused`, which becomes the mailbox's alarm: nobody has to
find out after ten silent days.
"""

import contextlib
import json
import urllib.error
import urllib.parse
import urllib.request
from datetime import timedelta
from typing import Any

from django.db import transaction

from tugon.lib import secrets
from tugon.lib.clock import now

from ..models import Mailbox
from .errors import MailboxTrouble, SecretUnreadable, TokenRefused

EARLY = timedelta(minutes=2)
"""A token that ends this soon is renewed already."""
PATIENCE = 20
"""Seconds to wait for the token server."""


def access_token(mailbox: Mailbox, *, renew: bool = False) -> str:
    """A token that is good for some minutes; asks the token server when the kept one is not.

    renew: ask even though the kept one looks good, because the mail server refused it. Raises TokenRefused,
    MailboxTrouble.
    """
    with transaction.atomic():
        row = Mailbox.objects.select_for_update(of=("self",)).get(pk=mailbox.pk)
        kept = "" if renew else _kept(row)
        if kept:
            return kept
        answer = _refresh(row)
        row.sealed_oauth_access_token = secrets.seal(answer["access_token"])
        row.oauth_expires_at = now() + timedelta(seconds=int(answer.get("expires_in") or 3600))
        if answer.get("refresh_token"):  # Microsoft hands out a new one each time
            row.sealed_oauth_refresh_token = secrets.seal(answer["refresh_token"])
        row.save(
            update_fields=["sealed_oauth_access_token", "oauth_expires_at", "sealed_oauth_refresh_token"]
        )
    return str(answer["access_token"])


def sasl(user: str, token: str) -> str:
    """The initial response of XOAUTH2, before base64."""
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def _kept(mailbox: Mailbox) -> str:
    """The kept token where it is good for some minutes more, else ""."""
    if not mailbox.oauth_expires_at or mailbox.oauth_expires_at - EARLY <= now():
        return ""
    with contextlib.suppress(ValueError):  # sealed with a former key: a new one is asked for
        return secrets.unseal(mailbox.sealed_oauth_access_token)
    return ""


def _refresh(mailbox: Mailbox) -> dict[str, Any]:
    try:
        fields = _fields(mailbox)
    except ValueError as error:
        raise SecretUnreadable(address=mailbox.address) from error
    return ask(mailbox, fields)


def ask(mailbox: Mailbox, fields: dict[str, str]) -> dict[str, Any]:
    """What the mailbox's token server answers to these fields: at least an access token.

    Raises TokenRefused, MailboxTrouble.
    """
    host = urllib.parse.urlsplit(mailbox.oauth_token_url).hostname or mailbox.oauth_token_url
    body = urllib.parse.urlencode({name: value for name, value in fields.items() if value}).encode()
    require_encrypted(mailbox, mailbox.oauth_token_url)
    request = urllib.request.Request(  # noqa: S310 - checked above
        mailbox.oauth_token_url, data=body, headers={"Accept": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:  # noqa: S310
            answer = json.loads(response.read(1_000_000))
    except urllib.error.HTTPError as error:
        said = _said(error.read(100_000))
        if error.code in (400, 401, 403):
            raise TokenRefused(user=mailbox.address, answer=said) from error
        raise MailboxTrouble(host=host, answer=said or f"HTTP {error.code}") from error
    except (OSError, ValueError) as error:
        raise MailboxTrouble(host=host, answer=str(error)) from error
    if not isinstance(answer, dict) or not answer.get("access_token"):
        raise TokenRefused(user=mailbox.address, answer="the answer holds no access token")
    return answer


def require_encrypted(mailbox: Mailbox, address: str) -> None:
    """Raises TokenRefused where secrets would travel in the clear to another machine."""
    if not address.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise TokenRefused(user=mailbox.address, answer=f"{address} does not begin with https://")


def _fields(mailbox: Mailbox) -> dict[str, str]:
    return {
        "grant_type": "refresh_token",
        "client_id": mailbox.oauth_client_id,
        "client_secret": secrets.unseal(mailbox.sealed_oauth_client_secret),
        "refresh_token": secrets.unseal(mailbox.sealed_oauth_refresh_token),
    }


def _said(body: bytes) -> str:
    try:
        answer = json.loads(body)
    except ValueError:
        return body[:200].decode(errors="replace")
    if not isinstance(answer, dict):
        return ""
    return str(answer.get("error_description") or answer.get("error") or "")[:300]
