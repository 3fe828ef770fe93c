"""What allauth asks us: who may sign up (nobody), our words, our limits, and where secrets are kept."""

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tugon.company import settings as company
from tugon.lib import secrets

from . import operations
from .models import Agent, AgentSession

FRESH_SECONDS = 600
"""For so long after signing in, the password is not asked again before something dangerous."""

_SAID = {
    "account/messages/password_changed.txt": _("Your password was changed."),
    "mfa/messages/totp_activated.txt": _("The authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("The authenticator app was removed."),
    "mfa/messages/recovery_codes_generated.txt": _("There are new recovery codes; the old ones are void."),
    "mfa/messages/webauthn_added.txt": _("The passkey was added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey was removed."),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is not active. Ask an administrator of your company."),
        "email_password_mismatch": _("The address or the password is not right. Check both and try again."),
        "incorrect_code": _(
            "This code is not right, or it is too old. Try the next one that your app shows."
        ),
        "incorrect_password": _("That is not your password."),
        "too_many_login_attempts": _(
            "Too many attempts failed. Wait five minutes, or ask for a new password."
        ),
        "rate_limited": _("That was often in a short time. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Agent) -> None:
        super().login(request, user)
        operations.note_signed_in(user)
        if not request.session.session_key:
            request.session.save()
        request.session["noted"] = True
        operations.note_seen(
            user,
            key=request.session.session_key or "",
            address=self.get_client_ip(request),
            user_agent=self.get_http_user_agent(request),
        )

    def logout(self, request: HttpRequest) -> None:
        AgentSession.objects.filter(key=request.session.session_key or "").delete()
        super().logout(request)

    def reauthenticate(self, user: Agent, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Who signed in a moment ago is not asked again."""
        user = context.request.user
        records = get_authentication_records(context.request, user) if user.is_authenticated else []
        return not any(time.time() - record.get("at", 0) < FRESH_SECONDS for record in records)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        words = message or _SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix: str, user: Agent, *args: Any, **kwargs: Any) -> None:
        """allauth says here that a factor came or went. The fact is what we keep; the letter follows from it."""
        if not template_prefix.startswith("mfa/"):
            return
        kind, _dot, change = template_prefix.rpartition("/")[2].rpartition("_")
        what = {"activated": "added", "added": "added", "generated": "added"}.get(change, "removed")
        operations.note_second_factor(user, kind=kind, change=what)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        return str(company.get("name"))

    def _get_site_name(self) -> str:
        return str(company.get("name"))

    def generate_authenticator_name(self, user: Agent, type: str) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey {number}").format(number=number)
