"""Django's way to send mail, for letters that are on no ticket: sign-in links, invitations, resets, notices.

They leave by the company's default mailbox, in the same queue and with the same known fate as replies, so nothing
leaves unseen. Without a mailbox that can send they leave by TUGON_EMAIL_URL where that is set, else they are held.
"""

from collections.abc import Sequence
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import gettext as _

from tugon.channels.email.compose import OWN
from tugon.channels.email.headers import is_address
from tugon.channels.models import Mailbox
from tugon.company import settings as company
from tugon.intake.identity import instance
from tugon.lib.clock import now

from .models import Delivery, Outgoing
from .tasks import send_at
from .writing import new_message_id

LAST_RESORT = "django.core.mail.backends.smtp.EmailBackend"
PURPOSE = "X-Tugon-Purpose"
"""A caller may say what the letter is for; the header itself does not leave."""


class SystemMailBackend(BaseEmailBackend):
    """Queues each message for every recipient; returns how many messages were queued."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        if settings.EMAIL_URL and Mailbox.objects.default() is None:
            for message in email_messages:
                message.extra_headers.pop(PURPOSE, None)
            return get_connection(LAST_RESORT).send_messages(email_messages) or 0
        return sum(bool(queue_system_mail(message)) for message in email_messages)


@transaction.atomic
def queue_system_mail(message: EmailMessage, *, mailbox: Mailbox | None = None) -> list[Delivery]:
    """Keep the letter and plan its delivery; it is sent by a worker after commit. mailbox: else the default one."""
    addresses = list(dict.fromkeys(parseaddr(str(one))[1] for one in message.recipients()))
    wanted = [address for address in addresses if is_address(address)]
    if not wanted:
        return []
    mailbox = mailbox or Mailbox.objects.default()
    purpose = str(message.extra_headers.pop(PURPOSE, "") or "notice")[:24]
    letter = _letter(message, mailbox)
    held = "" if mailbox else _("No mailbox is set up to send. Connect one, then send this letter again.")
    rows = [_row(letter, mailbox, address, message, purpose=purpose, held=held) for address in wanted]
    deliveries = Delivery.objects.bulk_create(rows)
    if not held:
        send_at(None)
    return deliveries


def _letter(message: EmailMessage, mailbox: Mailbox | None) -> Outgoing:
    if mailbox is not None:
        message.from_email = formataddr((company.get("name"), mailbox.address))
        message.extra_headers.setdefault("Message-ID", new_message_id(mailbox, 0))
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    message.extra_headers.setdefault("X-Auto-Response-Suppress", "All")
    message.extra_headers[OWN] = instance()
    written = message.message()
    return Outgoing.objects.create(
        mailbox=mailbox,
        letter_id=str(written["Message-ID"] or "")[:255],
        subject=str(message.subject)[:500],
        return_address=mailbox.address if mailbox else "",
        raw=written.as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django adds linesep
    )


def _row(
    letter: Outgoing, mailbox: Mailbox | None, address: str, message: EmailMessage, *, purpose: str, held: str
) -> Delivery:
    role = Delivery.Role.TO
    for name, candidate in (("cc", Delivery.Role.CC), ("bcc", Delivery.Role.BCC)):
        if any(parseaddr(str(one))[1] == address for one in getattr(message, name)):
            role = candidate
    return Delivery(
        letter=letter,
        mailbox=mailbox,
        purpose=purpose,
        recipient=address[:320],
        role=role,
        state=Delivery.State.HELD if held else Delivery.State.QUEUED,
        reason=held,
        queued_at=now(),
        next_attempt_at=None if held else now(),
    )
