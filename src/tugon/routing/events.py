"""Facts about who is there and who got what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tugon.events.facts import fact


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentBecameAvailable:
    agent_id: int
    was: str


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentBecameUnavailable:
    """state: away, unseen, closed, out."""

    agent_id: int
    state: str
    until: datetime | None = None


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AvailabilityChanged:
    """Somebody said something of an agent: the names of what."""

    agent_id: int
    fields: tuple[str, ...]


@fact(about="agent")
@dataclass(frozen=True, slots=True)
class AgentSkillsChanged:
    agent_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketRouted:
    """Tugon chose who gets the ticket. why: codes and what they name, in order."""

    ticket_id: int
    to_id: int
    strategy: str
    why: tuple[Any, ...] = ()


@fact(about="team")
@dataclass(frozen=True, slots=True)
class TeamRoutingChanged:
    team_id: int
    fields: tuple[str, ...] = ()
