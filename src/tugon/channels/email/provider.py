"""Letters through a mail provider's API, by django-anymail: our finished letter is taken apart into its pieces."""

import email
import email.policy
from collections.abc import Iterable, Mapping
from email.message import EmailMessage as Parsed
from email.utils import getaddresses
from typing import Any

from anymail.exceptions import (
    AnymailAPIError,
    AnymailError,
    AnymailImproperlyInstalled,
    AnymailRecipientsRefused,
    AnymailRequestsAPIError,
)
from anymail.message import AnymailMessage
from django.core.mail import get_connection
from django.utils.module_loading import import_string

from ..models import Mailbox
from .connections import opened, said
from .errors import MailboxTrouble
from .sending import DEFERRED, FAILED, SENT, Outcome

BACKENDS = {
    "amazon_ses": "anymail.backends.amazon_ses.EmailBackend",
    "brevo": "anymail.backends.brevo.EmailBackend",
    "mailersend": "anymail.backends.mailersend.EmailBackend",
    "mailgun": "anymail.backends.mailgun.EmailBackend",
    "mailjet": "anymail.backends.mailjet.EmailBackend",
    "mandrill": "anymail.backends.mandrill.EmailBackend",
    "postal": "anymail.backends.postal.EmailBackend",
    "postmark": "anymail.backends.postmark.EmailBackend",
    "resend": "anymail.backends.resend.EmailBackend",
    "scaleway": "anymail.backends.scaleway.EmailBackend",
    "sendgrid": "anymail.backends.sendgrid.EmailBackend",
    "sparkpost": "anymail.backends.sparkpost.EmailBackend",
    "unisender_go": "anymail.backends.unisender_go.EmailBackend",
}
KEY_NAMES = {
    "mailjet": "secret_key", "postmark": "server_token", "scaleway": "secret_key", "amazon_ses": "",
    "mailersend": "api_token",
}  # fmt: skip
"""What each provider calls its key, where it is not `api_key`."""
SETTINGS = {
    "amazon_ses": ("configuration_set_name", "message_tag_name"),
    "mailgun": ("sender_domain",),
    "mailjet": ("api_key",),
    "postmark": ("message_stream",),
    "scaleway": ("project_id", "region"),
    "sparkpost": ("subaccount",),
}
"""What a provider may be told besides its key. `api_url` (another region, an own server) holds for all but Amazon's."""
_OWN_PLACE = {
    "from", "to", "cc", "bcc", "subject", "reply-to", "content-type", "content-transfer-encoding", "mime-version",
    "date",
}  # fmt: skip


def settings_known(provider: str) -> tuple[str, ...]:
    """The names that `provider_settings` of this provider may hold."""
    return (*SETTINGS.get(provider, ()), *(() if provider == "amazon_ses" else ("api_url",)))


class ProviderSender:
    """One provider account."""

    def __init__(self, mailbox: Mailbox) -> None:
        if mailbox.provider not in BACKENDS:
            raise MailboxTrouble(
                host=mailbox.provider or mailbox.address, answer="this mail provider is not known"
            )
        known = settings_known(mailbox.provider)
        options: dict[str, Any] = {
            name: value for name, value in mailbox.provider_settings.items() if name in known
        }
        name = KEY_NAMES.get(mailbox.provider, "api_key")
        if name and mailbox.sealed_provider_key:
            options[name] = opened(mailbox, mailbox.sealed_provider_key)
        self.mailbox = mailbox
        try:
            import_string(BACKENDS[mailbox.provider])
        except AnymailImproperlyInstalled as error:  # Amazon's needs boto3, which comes with tugon[s3]
            raise MailboxTrouble(host=mailbox.provider, answer=said(error)) from error
        try:
            self._connection = get_connection(BACKENDS[mailbox.provider], fail_silently=False, **options)
        except Exception as error:  # a provider's library says in its own way which setting is missing
            raise MailboxTrouble(host=mailbox.provider, answer=said(error)) from error

    def send(self, raw: bytes, *, sender: str, recipients: Iterable[str]) -> Mapping[str, Outcome]:
        addresses = list(recipients)
        message = taken_apart(raw, addresses)
        try:
            self._connection.send_messages([message])
        except AnymailRecipientsRefused as error:
            return dict.fromkeys(addresses, Outcome(FAILED, "5.1.1", said(error)))
        except AnymailRequestsAPIError as error:
            status = error.status_code or 0
            if status in (401, 403):
                raise MailboxTrouble(host=self.mailbox.provider, answer=said(error)) from error
            passing = status == 0 or status == 429 or status >= 500
            return dict.fromkeys(
                addresses, Outcome(DEFERRED if passing else FAILED, str(status), said(error))
            )
        except AnymailAPIError as error:
            return dict.fromkeys(addresses, Outcome(DEFERRED, "", said(error)))
        except AnymailError as error:
            return dict.fromkeys(addresses, Outcome(FAILED, "", said(error)))
        return _outcomes(message, addresses)

    def close(self) -> None:
        self._connection.close()


def taken_apart(raw: bytes, recipients: list[str]) -> AnymailMessage:
    """Our letter as django-anymail wants it. Only `recipients` get it, in the roles the letter's head gives them."""
    parsed: Parsed = email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[assignment]
    wanted = {address.lower() for address in recipients}
    named: dict[str, list[str]] = {}
    for role in ("to", "cc"):
        header = parsed[role]
        people = header.addresses if header else ()
        named[role] = [str(person) for person in people if person.addr_spec.lower() in wanted]
    shown = {address.lower() for role in named.values() for _name, address in getaddresses(role)}
    text, page = parsed.get_body(("plain",)), parsed.get_body(("html",))
    message = AnymailMessage(
        subject=str(parsed["Subject"] or ""),
        body=_text(text),
        from_email=str(parsed["From"]),
        to=named["to"],
        cc=named["cc"],
        bcc=[address for address in recipients if address.lower() not in shown],
        reply_to=[str(parsed["Reply-To"])] if parsed["Reply-To"] else [],
        headers={name: str(value) for name, value in parsed.items() if name.lower() not in _OWN_PLACE},
    )
    if page is not None:
        message.attach_alternative(_text(page), "text/html")
    for part in parsed.walk():
        if part.get_content_disposition() in ("attachment", "inline"):
            _attach(message, part)  # type: ignore[arg-type]
    return message


def _text(part: Any) -> str:
    return str(part.get_content()).replace("\r\n", "\n") if part is not None else ""


def _attach(message: AnymailMessage, part: Parsed) -> None:
    content = part.get_payload(decode=True) or b""
    content_id = str(part["Content-ID"] or "").strip("<>")
    name = part.get_filename() or "file"
    if part.get_content_disposition() == "inline" and content_id:
        from email.encoders import encode_base64
        from email.mime.base import MIMEBase

        inline = MIMEBase(part.get_content_maintype(), part.get_content_subtype())
        inline.set_payload(content)
        encode_base64(inline)
        inline.add_header("Content-ID", f"<{content_id}>")
        inline.add_header("Content-Disposition", "inline", filename=name)
        message.attach(inline)
        return
    message.attach(name, content, part.get_content_type())


def _outcomes(message: AnymailMessage, addresses: list[str]) -> dict[str, Outcome]:
    status = message.anymail_status
    known = {address.lower(): found for address, found in (status.recipients or {}).items()}
    outcomes = {}
    for address in addresses:
        found = known.get(address.lower())
        refused = found is not None and found.status in ("rejected", "invalid", "failed")
        remote = str((found.message_id if found else None) or "")
        outcomes[address] = (
            Outcome(FAILED, "5.1.1", f"The provider answered: {found.status}")
            if refused and found
            else Outcome(SENT, remote_id=remote)
        )
    return outcomes
