"""Do the mail servers let us in? Signs in to each and leaves; reads and sends nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tugon.channels.email.connections import hang_up, open_imap, open_smtp
from tugon.channels.email.errors import MailboxTrouble
from tugon.channels.models import Mailbox

KEPT = gettext_lazy("Nothing is lost: mail stays on its server, or in our queue, and is tried again.")


@dataclass(frozen=True)
class Answer:
    """mailbox: its address and the direction. works: it lets us in now. words: what it said otherwise."""

    mailbox: str
    works: bool
    words: str
    advice: str = ""


def examine_mailboxes() -> Iterator[Answer]:
    """For each mailbox in use, each direction that speaks to a server."""
    for mailbox in (
        Mailbox.objects.filter(channel__is_enabled=True).select_related("channel").order_by("address")
    ):
        if mailbox.imap_host:
            yield _tried(mailbox, "in", mailbox.imap_host, lambda one: hang_up(open_imap(one)))
        if mailbox.outgoing == Mailbox.Outgoing.SMTP and mailbox.smtp_host:
            yield _tried(mailbox, "out", mailbox.smtp_host, lambda one: open_smtp(one).quit())


def _tried(mailbox: Mailbox, way: str, host: str, attempt: Callable[[Mailbox], object]) -> Answer:
    name = f"{mailbox.address} ({way})"
    try:
        attempt(mailbox)
    except MailboxTrouble as trouble:
        return Answer(name, False, str(trouble), str(KEPT))
    return Answer(name, True, _("{host} lets us in.").format(host=host))
