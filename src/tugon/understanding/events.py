"""Facts of understanding. Ids and keys, never the customer's words."""

from dataclasses import dataclass, field
from typing import Any

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class MessageUnderstood:
    """A customer's message was read. changes: aspect → its new value, where that changed; topics and areas by id."""

    ticket_id: int
    message_id: int | None = None
    changes: dict[str, Any] = field(default_factory=dict)


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class ReadingCorrected:
    """A person or a rule said what a ticket is about, how urgent it is or how its writer feels. Kept for good: later
    messages do not change it. `before` and `after` are ids for topics and areas.
    """

    ticket_id: int
    aspect: str
    before: Any = None
    after: Any = None


@fact(about="classifier")
@dataclass(frozen=True, slots=True)
class ClassifierTrained:
    classifier_id: int
    kind: str
    labels: int = 0
