"""One story on its stage: who plays it, with which words, and its steps."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.tickets.models import Ticket

from .casting import Story
from .house import House

Step = Callable[..., object]
"""Called without arguments, at its moment."""
LATER = (
    *("tugon.search.", "tugon.tickets.live.", "tugon.rules.", "tugon.escalation."),
    *("tugon.priority.", "tugon.routing."),
)
"""Reactions that are made up for in one go."""


@dataclass
class Scene:
    """One story while it is played."""

    story: Story
    house: House
    customer: Customer
    agent: Agent
    rng: Random
    words: dict[str, str]
    ticket: Ticket | None = None
    steps: list[tuple[datetime, Step]] = field(default_factory=list)

    @property
    def is_mail(self) -> bool:
        return self.story.thread.via in ("support", "billing")

    @property
    def address(self) -> str:
        return str(self.customer.contact_points.all()[0].value)

    def standing(self) -> Ticket:
        """The ticket as it is now."""
        assert self.ticket is not None
        return Ticket.objects.get(pk=self.ticket.pk)
