"""A letter that comes back: what the recipient's server would report (RFC 3464), by the same path as arriving mail."""

import secrets
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.utils.translation import gettext_lazy as _

from tugon.channels.models import Mailbox
from tugon.delivery.models import Outgoing
from tugon.intake import operations as intake
from tugon.intake.models import Received
from tugon.lib.clock import now
from tugon.lib.errors import Conflict

from .writing_in import NotAMailbox


class NothingToReturn(Conflict):
    code = "nothing-to-return"
    words = _("The bytes of this letter are no longer kept, so nothing can come back. Take a newer one.")


def bounce(outgoing: Outgoing) -> Received:
    """Have the recipient's server say that nobody has this address. Raises NothingToReturn, NotAMailbox."""
    recipient = outgoing.deliveries.order_by("pk").first()
    if not outgoing.raw or recipient is None:
        raise NothingToReturn
    head = BytesHeaderParser(policy=SMTP).parsebytes(bytes(outgoing.raw))
    ours = parseaddr(str(head["From"]))[1]
    mailbox = Mailbox.objects.receiving(ours)
    if mailbox is None:
        raise NotAMailbox(address=ours)
    letter = report(head, ours=ours, recipient=recipient.recipient)
    return intake.process(
        intake.store(mailbox.channel, letter, via="sandbox", envelope={"from": "", "to": [ours]})
    )


def report(head: Message, *, ours: str, recipient: str) -> bytes:
    """The report of a server that knows no such person. head: of the letter that comes back. RFC 3461, 3464."""
    server = f"mx.{recipient.rpartition('@')[2]}"
    letter = MIMEMultipart("report")
    letter.set_param("report-type", "delivery-status")
    letter["From"] = f"Mail Delivery System <mailer-daemon@{server}>"
    letter["To"] = ours
    letter["Subject"] = "Undelivered Mail Returned to Sender"
    letter["Date"] = format_datetime(now())
    letter["Message-ID"] = f"<{secrets.token_hex(10)}@{server}>"
    letter["Auto-Submitted"] = "auto-replied"
    letter.attach(MIMEText(f"The address {recipient} does not exist here. Nothing was delivered.\n"))
    letter.attach(_status(server, recipient))
    returned = EmailMessage()
    for name in ("From", "To", "Subject", "Date", "Message-ID"):
        if head[name]:
            returned[name] = str(head[name])
    letter.attach(MIMEMessage(returned, "rfc822-headers"))
    return letter.as_bytes()


def _status(server: str, recipient: str) -> Message:
    """Two blocks of fields: of the server, and of the recipient (RFC 3464, 2.1)."""
    of_server, of_recipient = Message(), Message()
    of_server["Reporting-MTA"] = f"dns; {server}"
    of_recipient["Final-Recipient"] = f"rfc822; {recipient}"
    of_recipient["Action"] = "failed"
    of_recipient["Status"] = "5.1.1"
    of_recipient["Diagnostic-Code"] = "smtp; 550 5.1.1 no such user"
    part = Message()
    part["Content-Type"] = "message/delivery-status"
    part.set_payload([of_server, of_recipient])
    return part
