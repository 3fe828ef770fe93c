"""Facts about tickets. Ids, statuses and keys, no personal data: erasing a person leaves the numbers right."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tugon.events.facts import fact


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketOpened:
    ticket_id: int
    customer_id: int
    message_id: int | None = None
    channel_id: int | None = None
    is_silent: bool = False


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class CustomerWrote:
    """A customer's or participant's message joined a ticket that already existed."""

    ticket_id: int
    message_id: int
    automatic: str = ""
    is_silent: bool = False


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AgentReplied:
    ticket_id: int
    message_id: int
    release_at: datetime | None = None
    is_first: bool = False


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class ReplyWithdrawn:
    ticket_id: int
    message_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AutomaticReplySent:
    """Tugon itself wrote to the customer: an acknowledgement, a resolution told."""

    ticket_id: int
    message_id: int
    purpose: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class NoteAdded:
    ticket_id: int
    message_id: int
    mentioned_ids: tuple[int, ...] = ()
    mentioned_team_ids: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketAssigned:
    ticket_id: int
    from_id: int | None
    to_id: int | None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketTransferred:
    """Moved to another team, perhaps with a note that says why."""

    ticket_id: int
    from_team_id: int | None
    to_team_id: int | None
    note_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class StatusChanged:
    ticket_id: int
    from_status: str
    to_status: str
    state_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketChanged:
    """Plain fields changed: field → [before, after]. The subject and custom fields (`fields.<key>`) are named without
    their values, which may be personal.
    """

    ticket_id: int
    changes: dict[str, list[Any]] = field(default_factory=dict)


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TagsChanged:
    ticket_id: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketSnoozed:
    ticket_id: int
    until: datetime


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketWoke:
    """The snooze ended: by its time, by a message, or by hand."""

    ticket_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketSolved:
    ticket_id: int
    resolution_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketReopened:
    ticket_id: int
    message_id: int | None = None


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class SolutionConfirmed:
    """The customer said: yes, it is solved."""

    ticket_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class SolutionRejected:
    """The customer said: no, not yet."""

    ticket_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketClosed:
    ticket_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketMerged:
    """This ticket's messages moved into another."""

    ticket_id: int
    into_id: int
    message_ids: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketReceivedMerge:
    ticket_id: int
    from_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class MergeUndone:
    """Recorded about both tickets, each naming the other."""

    ticket_id: int
    from_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketSplit:
    """A message, and what followed if asked, became a ticket of its own."""

    ticket_id: int
    new_ticket_id: int
    message_ids: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketLinked:
    ticket_id: int
    other_id: int
    kind: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketUnlinked:
    ticket_id: int
    other_id: int
    kind: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class FollowersChanged:
    ticket_id: int
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class ParticipantChanged:
    """Somebody joined or left the ticket by e-mail: participant row and its standing."""

    ticket_id: int
    participant_id: int
    standing: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class MessageRedacted:
    ticket_id: int
    message_id: int
    reason: str = ""


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class AttachmentRedacted:
    ticket_id: int
    message_id: int
    attachment_id: int
    reason: str = ""


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketMarkedSpam:
    ticket_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketUnmarkedSpam:
    ticket_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class CustomerOfTicketChanged:
    ticket_id: int
    from_id: int
    to_id: int


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class TicketDeleted:
    """The ticket and everything on it is gone for good."""

    ticket_id: int
    customer_id: int


@fact(about="batch")
@dataclass(frozen=True, slots=True)
class BatchStarted:
    """Many tickets are being changed at once: the names of what is done to them."""

    batch_id: int
    verbs: tuple[str, ...]
    total: int


@fact(about="batch")
@dataclass(frozen=True, slots=True)
class BatchUndone:
    batch_id: int
    undone: int
    left: int


@fact(about="state")
@dataclass(frozen=True, slots=True)
class StateCreated:
    state_id: int
    status: str


@fact(about="state")
@dataclass(frozen=True, slots=True)
class StateChanged:
    state_id: int
    fields: tuple[str, ...] = ()


@fact(about="state")
@dataclass(frozen=True, slots=True)
class StateArchived:
    state_id: int


@fact(about="view")
@dataclass(frozen=True, slots=True)
class ViewCreated:
    view_id: int


@fact(about="view")
@dataclass(frozen=True, slots=True)
class ViewChanged:
    view_id: int
    fields: tuple[str, ...] = ()


@fact(about="view")
@dataclass(frozen=True, slots=True)
class ViewDeleted:
    view_id: int
