from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from tugon.accounts.models import Agent
    from tugon.customers.models import Customer

    from .models import Message, Ticket  # noqa: F401


@dataclass(frozen=True, slots=True)
class Sight:
    """What one agent may see of all tickets, as a value: everything, or what its teams, itself and its follows give."""

    everything: bool
    agent: int = 0
    teams: frozenset[int] = frozenset()

    @classmethod
    def of(cls, agent: Agent) -> Sight | None:
        """None for who may see no ticket at all. Two queries at most, none for an agent that is known whole."""
        if agent.may("ticket.view_all"):
            return cls(everything=True)
        return cls(False, agent.pk, agent.team_ids) if agent.may("ticket.view") else None


class TicketQuerySet(models.QuerySet["Ticket"]):
    def locked(self, pk: int) -> Ticket:
        """The ticket, locked until the transaction ends. Raises Ticket.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def visible_to(self, agent: Agent) -> TicketQuerySet:
        """What the agent may see: all, or only the tickets of its teams, its own, and those it follows."""
        return self.within(Sight.of(agent))

    def within(self, sight: Sight | None) -> TicketQuerySet:
        """What is seen with this sight."""
        if sight is None:
            return self.none()
        if sight.everything:
            return self
        follows = self.model.followers.through.objects
        return self.filter(
            Q(team__in=sight.teams)
            | Q(assignee=sight.agent)
            | Q(pk__in=follows.filter(agent=sight.agent).values("ticket_id"))
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
