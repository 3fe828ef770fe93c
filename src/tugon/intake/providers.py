"""What mail providers post to us: letters that came, and what became of ours. django-anymail knows their formats.

The address they post to carries a secret of its mailbox, so that is who they are; where the mailbox has a
signing key, the provider's signature is checked too.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tugon.channels.models import Mailbox
from tugon.lib import secrets
from tugon.lib.errors import Invalid, NotAllowed

_VIEWS = {
    "brevo": ("brevo", "BrevoInboundWebhookView", "BrevoTrackingWebhookView"),
    "mailersend": ("mailersend", "MailerSendInboundWebhookView", "MailerSendTrackingWebhookView"),
    "mailgun": ("mailgun", "MailgunInboundWebhookView", "MailgunTrackingWebhookView"),
    "mailjet": ("mailjet", "MailjetInboundWebhookView", "MailjetTrackingWebhookView"),
    "mandrill": ("mandrill", "MandrillCombinedWebhookView", "MandrillCombinedWebhookView"),
    "postmark": ("postmark", "PostmarkInboundWebhookView", "PostmarkTrackingWebhookView"),
    "resend": ("resend", "ResendInboundWebhookView", "ResendTrackingWebhookView"),
    "sendgrid": ("sendgrid", "SendGridInboundWebhookView", "SendGridTrackingWebhookView"),
    "sparkpost": ("sparkpost", "SparkPostInboundWebhookView", "SparkPostTrackingWebhookView"),
}
_SIGNED_WITH = {
    "mailersend": ("signing_secret", "inbound_secret"),
    "mailgun": ("webhook_signing_key",),
    "mandrill": ("webhook_key",),
    "resend": ("signing_secret",),
    "sendgrid": ("tracking_webhook_verification_key",),
}
"""What django-anymail calls the key with which a provider signs. Providers that are not here do not sign."""
_REPORTS = {
    "bounced": "bounce",
    "rejected": "bounce",
    "failed": "bounce",
    "deferred": "delay",
    "complained": "complaint",
    "delivered": "delivered",
}


class SignatureWrong(NotAllowed):
    code = "webhook-signature-wrong"
    words = _("The provider's signature does not fit. Check the signing key in the mailbox's settings.")


class NotUnderstood(Invalid):
    code = "webhook-not-understood"
    words = _("This is not what {provider} sends here: {reason}")


@dataclass(frozen=True, slots=True)
class Posted:
    """A letter a provider hands over. `envelope`: SMTP sender and recipients as far as the provider tells."""

    raw: bytes
    place: str
    envelope: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tracked:
    """What a provider tells of a letter of ours. `kind`: bounce, delay, complaint or delivered."""

    kind: str
    letter_id: str
    recipient: str
    words: str
    place: str

    @property
    def is_permanent(self) -> bool:
        return self.kind in ("bounce", "complaint")


def posted(request: HttpRequest, mailbox: Mailbox) -> list[Posted]:
    """The letters in a request. A body of type message/rfc822 is one letter as it is, from whoever knows the secret.

    Raises SignatureWrong, NotUnderstood.
    """
    if (request.content_type or "").lower() == "message/rfc822":
        sent_to = request.GET.getlist("to")[:20]
        return [Posted(request.body, "", {"from": request.GET.get("from", ""), "to": sent_to})]
    return [
        _posted(request, event) for event in _events(request, mailbox, is_tracking=False) if _message(event)
    ]


def tracked(request: HttpRequest, mailbox: Mailbox) -> list[Tracked]:
    """What became of letters of ours; opens and clicks are not asked for. Raises SignatureWrong, NotUnderstood."""
    found = []
    for event in _events(request, mailbox, is_tracking=True):
        kind = _REPORTS.get(getattr(event, "event_type", ""))
        if kind and getattr(event, "message_id", None):
            said = event.mta_response or event.description or event.reject_reason or ""
            found.append(
                Tracked(
                    kind,
                    str(event.message_id),
                    str(event.recipient or "").lower(),
                    str(said)[:500],
                    str(event.event_id or "")[:200],
                )
            )
    return found


def _events(request: HttpRequest, mailbox: Mailbox, *, is_tracking: bool) -> Iterable[Any]:
    view = _view(mailbox, is_tracking=is_tracking)
    try:
        if mailbox.sealed_provider_signing_key:
            view.run_validators(request)
        return list(view.parse_events(request))
    except AnymailWebhookValidationFailure as error:
        raise SignatureWrong from error
    except (
        AnymailError,
        ImproperlyConfigured,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        AssertionError,
    ) as error:
        raise NotUnderstood(
            provider=mailbox.provider or "—", reason=f"{type(error).__name__}: {error}"[:200]
        ) from error


def _view(mailbox: Mailbox, *, is_tracking: bool) -> Any:
    try:
        module, inbound, tracking = _VIEWS[mailbox.provider.lower()]
    except KeyError:
        raise NotUnderstood(
            provider=mailbox.provider or "—", reason="no provider is set for this mailbox"
        ) from None
    found = getattr(import_module(f"anymail.webhooks.{module}"), tracking if is_tracking else inbound)
    quiet = type(found.__name__, (found,), {"warn_if_no_basic_auth": False})
    # A view that insists on a key it was not given gets one that fits nothing; it is not asked to check then.
    key = secrets.unseal(mailbox.sealed_provider_signing_key) if mailbox.sealed_provider_signing_key else ""
    names = _SIGNED_WITH.get(module, ()) if key else _required(module, is_tracking=is_tracking)
    wanted = {name: key or "unset" for name in names if hasattr(found, name)}
    if module in ("brevo", "resend") and not is_tracking:
        wanted["api_key"] = secrets.unseal(mailbox.sealed_provider_key)
    return quiet(**wanted)


def _required(module: str, *, is_tracking: bool) -> tuple[str, ...]:
    if module == "mailgun":
        return ("webhook_signing_key",)
    if module == "mailersend":
        return ("signing_secret",) if is_tracking else ("inbound_secret",)
    return ()


def _message(event: Any) -> Any:
    return getattr(event, "message", None)


def _posted(request: HttpRequest, event: Any) -> Posted:
    message = event.message
    envelope = {
        "from": message.envelope_sender or "",
        "to": [message.envelope_recipient] if message.envelope_recipient else [],
    }
    return Posted(_raw(request, event) or message.as_bytes(), str(event.event_id or ""), envelope)


def _raw(request: HttpRequest, event: Any) -> bytes:
    """The letter as the provider got it, where the provider was asked to pass it on whole."""
    said = event.esp_event
    if isinstance(said, dict):
        nested = said.get("msg") or said.get("content") or {}
        text = said.get("RawEmail") or (nested.get("raw_msg") if isinstance(nested, dict) else "")
    else:
        text = request.POST.get("body-mime") or request.POST.get("email") or ""
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else b""


def as_payload(tracked: Tracked) -> bytes:
    """What the ledger keeps of a provider's report."""
    return json.dumps({name: getattr(tracked, name) for name in Tracked.__slots__}, sort_keys=True).encode()
