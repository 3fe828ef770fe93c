"""Asking a person at their mail provider for a lasting permission: RFC 6749 §4.1 with PKCE (RFC 7636).

`begin` says where to send the browser; the provider sends it back with a code, which `finish` turns into tokens.
"""

import base64
import hashlib
import hmac
import secrets as random
from dataclasses import asdict, dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tugon.company.configuring import configure
from tugon.events.actors import Actor
from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.lib.errors import Invalid

from ..models import Mailbox
from .oauth import ask, require_encrypted

PERMISSION = "admin.channels"
GOOGLE = "https://mail.google.com/"
MICROSOFT = (
    "https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access"
)
PRESETS = {
    "imap.gmail.com": {
        "oauth_authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oauth_token_url": "https://oauth2.googleapis.com/token",
        "oauth_scope": GOOGLE,
    },
    "outlook.office365.com": {
        "oauth_authorize_url": "https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize",
        "oauth_token_url": "https://login.microsoftonline.com/organizations/oauth2/v2.0/token",
        "oauth_scope": MICROSOFT,
    },
}
"""IMAP server → what its provider's pages say (Google: OAuth 2.0 for Web Server Applications; Microsoft: Authenticate
an IMAP, POP or SMTP connection using OAuth)."""


class ConsentNotReady(Invalid):
    code = "consent-not-ready"
    words = _("Save the client ID, the address for consent and the address for tokens first, then connect.")


class ConsentRefused(Invalid):
    code = "consent-refused"
    words = _("The provider gave no permission: {answer}. Nothing changed; you can try again.")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is kept in the session while the person is at the provider. state, verifier: random, good once."""

    mailbox_id: int
    state: str
    verifier: str

    def kept(self) -> dict[str, str | int]:
        return asdict(self)


def begin(mailbox: Mailbox, *, comes_back_to: str) -> tuple[str, Asking]:
    """Where the browser goes, and what to keep until it is back.

    comes_back_to: our address, as registered at the provider. Raises ConsentNotReady, TokenRefused.
    """
    if not (mailbox.oauth_client_id and mailbox.oauth_authorize_url and mailbox.oauth_token_url):
        raise ConsentNotReady
    require_encrypted(mailbox, mailbox.oauth_authorize_url)
    asking = Asking(mailbox.pk, random.token_urlsafe(24), random.token_urlsafe(48))
    challenge = base64.urlsafe_b64encode(hashlib.sha256(asking.verifier.encode()).digest()).rstrip(b"=")
    query = {
        "response_type": "code",
        "client_id": mailbox.oauth_client_id,
        "redirect_uri": comes_back_to,
        "scope": mailbox.oauth_scope,
        "state": asking.state,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
        "login_hint": mailbox.imap_user or mailbox.address,
        # Google gives a lasting permission only with both of these; others pass over what they do not know.
        "access_type": "offline",
        "prompt": "consent",
    }
    joint = "&" if "?" in mailbox.oauth_authorize_url else "?"
    return f"{mailbox.oauth_authorize_url}{joint}{urlencode(query)}", asking


@transaction.atomic
def finish(asking: Asking, *, state: str, code: str, error: str, comes_back_to: str, by: Actor) -> Mailbox:
    """Turn the code into tokens and keep them sealed. Raises ConsentRefused, NotAllowed, MailboxTrouble.

    state, code, error: as the provider sent them.
    """
    if not hmac.compare_digest(state.encode(), asking.state.encode()):
        raise ConsentRefused(answer=_("the answer belongs to another attempt"))
    if error or not code:
        raise ConsentRefused(answer=error[:200] or _("the answer holds no code"))
    mailbox = Mailbox.objects.select_related("channel").get(pk=asking.mailbox_id)
    answer = ask(
        mailbox,
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": comes_back_to,
            "client_id": mailbox.oauth_client_id,
            "client_secret": secrets.unseal(mailbox.sealed_oauth_client_secret)
            if mailbox.sealed_oauth_client_secret
            else "",
            "code_verifier": asking.verifier,
        },
    )
    if not answer.get("refresh_token"):
        raise ConsentRefused(answer=_("it gave a permission for an hour only, without a refresh token"))
    kept = {
        "sign_in": Mailbox.Sign.OAUTH2,
        "sealed_oauth_refresh_token": secrets.seal(answer["refresh_token"]),
        "sealed_oauth_access_token": secrets.seal(answer["access_token"]),
        "oauth_expires_at": now() + timedelta(seconds=int(answer.get("expires_in") or 3600)),
        "oauth_consented_at": now(),
    }
    return configure(mailbox, kept, permission=PERMISSION, by=by)
