from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from tugon.accounts.models import Agent
    from tugon.customers.models import Customer

    from .models import Message, Ticket  # noqa: F401


class TicketQuerySet(models.QuerySet["Ticket"]):
    def locked(self, pk: int) -> Ticket:
        """The ticket, locked until the transaction ends. Raises Ticket.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, agent: Agent) -> TicketQuerySet:
        """What the agent may see: all, or only the tickets of its teams, its own, and those it follows."""
        if agent.may("ticket.view_all"):
            return self
        if not agent.may("ticket.view"):
            return self.none()
        return self.filter(
            Q(team__in=agent.team_ids)
            | Q(assignee=agent)
            | Q(pk__in=agent.followed_tickets.through.objects.filter(agent=agent).values("ticket_id"))
        )

    def of_customer(self, customer: Customer) -> TicketQuerySet:
        """The customer's own tickets as the portal shows them: no spam, no merged shells."""
        return self.filter(customer=customer, is_spam=False, merged_into=None)

    def active(self) -> TicketQuerySet:
        """Not yet solved, not spam."""
        return self.filter(status__in=["new", "open", "waiting", "hold"], is_spam=False)

    def for_list(self) -> TicketQuerySet:
        """With the names a list row shows. One query."""
        return self.select_related("customer", "assignee", "team", "channel", "state")


class MessageQuerySet(models.QuerySet["Message"]):
    def for_customer(self) -> MessageQuerySet:
        """What the customer may read: no notes, nothing that can still be taken back."""
        from tugon.lib.clock import now

        return self.exclude(kind="note").filter(Q(release_at=None) | Q(release_at__lte=now()))

    def for_timeline(self) -> MessageQuerySet:
        """With authors, and attachments with their files. Three queries whatever the length."""
        return self.select_related("agent", "customer", "channel").prefetch_related("attachments__file")
