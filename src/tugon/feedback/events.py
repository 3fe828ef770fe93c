"""Facts about what customers thought of an answer."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketRated:
    ticket_id: int
    rating_id: int
    score: int
    agent_id: int | None = None
