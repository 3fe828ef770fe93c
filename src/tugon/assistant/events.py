"""Facts about the assistant. Numbers and names of models, never a word of what was said."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AssistantUsed:
    """A question was sent and answered, or not. outcome: "done", "cancelled", or the code of the trouble.

    sent, received: characters, masked. milliseconds: from sending to the answer. taken_out: citations, links and marks
    that were taken out of the answer.
    """

    ticket_id: int
    asking_id: int
    task: str
    model: str
    outcome: str
    sent: int
    received: int
    milliseconds: int
    taken_out: int = 0


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AssistantWordsTaken:
    """An agent put the machine's words into a draft or a note. into: "reply", "note"."""

    ticket_id: int
    asking_id: int
    task: str
    model: str
    into: str


@fact(about="assistant")
@dataclass(frozen=True, slots=True)
class AssistantSetUp:
    """Somebody decided about it. fields: the names of what changed; the key only by name."""

    assistant_id: int
    fields: tuple[str, ...]
