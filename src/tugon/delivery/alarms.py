"""A mailbox stopped working: administrators are told by another way than that mailbox, in words, once."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.channels.models import Mailbox

from .backend import LAST_RESORT, PURPOSE, queue_system_mail


def tell_administrators(mailbox: Mailbox) -> int:
    """Write to everybody who may set up mailboxes; returns to how many. Nobody where it works again by now.

    By another mailbox that works, else by TUGON_EMAIL_URL, else by the default one: a mailbox that cannot receive may
    still send, and what cannot be sent waits.
    """
    if not mailbox.last_error:
        return 0
    others = Mailbox.objects.sending().exclude(pk=mailbox.pk).filter(last_error="")
    way = others.exclude(outgoing=Mailbox.Outgoing.SANDBOX).order_by("id").first()
    agents = list(Agent.objects.with_permission("admin.channels"))
    for agent in agents:
        message = _letter(mailbox, agent)
        if way is None and settings.EMAIL_URL:
            message.extra_headers.pop(PURPOSE)
            get_connection(LAST_RESORT).send_messages([message])
        else:
            queue_system_mail(message, mailbox=way)
    return len(agents)


def _letter(mailbox: Mailbox, agent: Agent) -> EmailMessage:
    with translation.override(agent.language):
        subject = _("The mailbox {address} does not work").format(address=mailbox.address)
        body = _(
            "Hello {name},\n\nsince {moment} UTC Tugon cannot use the mailbox {address}:\n\n{words}\n\n"
            "Nothing is lost: mail waits on its server, and replies wait in Tugon. Look at the mailbox here:\n{link}"
        ).format(
            name=agent.name,
            moment=f"{mailbox.last_error_at:%Y-%m-%d %H:%M}",
            address=mailbox.address,
            words=mailbox.last_error,
            link=f"{settings.BASE_URL}{reverse('administration:mailbox', args=[mailbox.pk])}",
        )
    return EmailMessage(subject, body, to=[agent.email], headers={PURPOSE: "alarm"})
