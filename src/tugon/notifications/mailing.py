"""The letter an agent gets about what they have not looked at."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.lib.clock import now

from .kinds import KINDS
from .models import Notification

MOST_LINES = 30


@transaction.atomic
def mail_unread_to(agent_id: int) -> int:
    """Write one letter of everything still to be mailed; nothing when all was read. Returns the number of lines."""
    agent = Agent.objects.active().filter(pk=agent_id).first()
    rows = list(
        Notification.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(agent_id=agent_id, mails=True)
        .select_related("ticket")
        .order_by("id")
    )
    if agent is None or not rows:
        return 0
    names = actor_names(rows)
    with translation.override(agent.language):
        lines = [f"{line(row, names)}\n{_address(row)}" for row in rows[:MOST_LINES]]
        if len(rows) > MOST_LINES:
            lines.append(_("… and {count} more.").format(count=len(rows) - MOST_LINES))
        subject = ngettext("{count} thing to look at", "{count} things to look at", len(rows)).format(
            count=len(rows)
        )
        if len(rows) == 1:
            subject = line(rows[0], names)
        address = f"{settings.BASE_URL}{reverse('accounts:notices')}"
        foot = _("You choose what is mailed to you here: {address}").format(address=address)
        send_mail(" ".join(subject.split()), "\n\n".join([*lines, foot]), None, [agent.email])
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(mails=False, mailed_at=now())
    return len(rows)


def actor_names(rows: list[Notification]) -> dict[tuple[str, int], str]:
    """Names of who did what, by (kind, id). Two queries at most."""
    agents = {row.actor_id for row in rows if row.actor_kind == "agent" and row.actor_id}
    customers = {row.actor_id for row in rows if row.actor_kind == "customer" and row.actor_id}
    names: dict[tuple[str, int], str] = {}
    if agents:
        names |= {
            ("agent", pk): name for pk, name in Agent.objects.filter(pk__in=agents).values_list("pk", "name")
        }
    if customers:
        names |= {("customer", row.pk): row.shown_name for row in Customer.objects.filter(pk__in=customers)}
    return names


def line(row: Notification, names: dict[tuple[str, int], str]) -> str:
    """One notification in words, in the language active now."""
    who = names.get((row.actor_kind, row.actor_id or 0), "Tugon")
    ticket = f"#{row.ticket_id} {row.ticket.subject}" if row.ticket else ""
    return str(KINDS[row.kind].words).format(who=who, ticket=ticket)


def _address(row: Notification) -> str:
    if row.ticket_id is None:
        return f"{settings.BASE_URL}{reverse(row.place)}"
    return f"{settings.BASE_URL}{reverse('console:ticket', args=[row.ticket_id])}"
