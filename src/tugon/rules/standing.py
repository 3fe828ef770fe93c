"""How a ticket stands, asked field by field: what no condition asks for is never read.

`Standing` is what `matches` asks and what a plan changes on paper; `of_ticket` reads a ticket and its message.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tugon.database.inserting import run
from tugon.tickets.conditions import value_of
from tugon.tickets.models import Message, Ticket

from . import hours
from .context import word_lists
from .wording import Words, only_thanks

if TYPE_CHECKING:
    from tugon.events.models import Event

Reader = Callable[[], Any]


class Standing(Mapping[str, Any]):
    """Field → value, read when first asked. A KeyError means: no such field here."""

    def __init__(self, read: Callable[[str], Any], known: Mapping[str, Any] | None = None) -> None:
        self._read = read
        self._known = dict(known or {})

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            self._known[name] = self._read(name)
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def with_changes(self, changes: Mapping[str, Any]) -> Standing:
        """The same, with these values in place of what stands; on paper only."""
        if not changes:
            return self
        if "status" in changes:
            changes = {**changes, "waiting_for": _waiting_for(changes["status"])}
        return Standing(self._read, {**self._known, **changes})


def _waiting_for(status: str) -> str | None:
    from tugon.tickets.conditions.snapshots import waiting_for

    return waiting_for(status)


@dataclass(slots=True)
class Happened:
    """What began it: the event's name and what it says, and the message it is about. now: aware."""

    now: datetime
    occasion: str = ""
    changed: tuple[str, ...] = ()
    message: Message | None = None
    message_id: int | None = None
    score: int | None = None

    @classmethod
    def from_event(cls, fact: Any, event: Event, *, now: datetime) -> Happened:
        changes = getattr(fact, "changes", None) or {}
        named = {"fields" if name.startswith("fields.") else name for name in changes}
        if event.name == "TagsChanged":
            named.add("tags")
        return cls(
            now=now,
            occasion=event.name,
            changed=tuple(sorted(named)),
            message=event.at_hand.get("message"),
            message_id=getattr(fact, "message_id", None),
            score=getattr(fact, "score", None),
        )


@dataclass(slots=True)
class TicketReader:
    """Reads a ticket's fields, and those of its message, one by one."""

    ticket: Ticket
    happened: Happened
    _message: Message | None = field(default=None)

    def __call__(self, name: str) -> Any:
        read = _READERS.get(name)
        return read(self) if read is not None else value_of(self.ticket, name)

    @property
    def message(self) -> Message | None:
        """What came: the fact's message, else the newest of the customer."""
        if self._message is None:
            self._message = self.happened.message or self._asked()
        return self._message

    def _asked(self) -> Message | None:
        rows = Message.objects.filter(ticket=self.ticket)
        if self.happened.message_id:
            return rows.filter(pk=self.happened.message_id).first()
        return rows.filter(kind=Message.Kind.INCOMING, automatic="").order_by("-created_at", "-id").first()

    def words(self) -> Words:
        """The message's, with the subject where it is the ticket's first."""
        message = self.message
        if message is None:
            return Words(self.ticket.subject)
        return Words(f"{self.ticket.subject}\n{message.body}" if self.is_first() else message.body)

    def is_first(self) -> bool:
        return self.happened.occasion in ("", "TicketOpened") and self.ticket.message_count <= 1

    def who_wrote(self) -> str | None:
        message = self.message
        if message is None:
            return None
        if message.automatic:
            return "machine"
        if message.kind != Message.Kind.INCOMING:
            return "agent"
        return "customer" if message.customer_id == self.ticket.customer_id else "participant"

    def envelope(self, name: str) -> Words:
        envelope = (self.message.envelope if self.message else {}) or {}
        given = envelope.get(name) or []
        rows = given if isinstance(given, list) else [given]
        return Words(" ".join(str(one.get("address", "")) for one in rows if isinstance(one, dict)))

    def has_files(self) -> bool:
        message = self.message
        return message is not None and message.attachments.filter(is_inline=False, redacted_at=None).exists()

    def requests(self, days: int) -> int:
        return requests_of(self.ticket.customer_id, days, self.happened.now)


def of_ticket(ticket: Ticket, happened: Happened) -> Standing:
    """How the ticket stands. No query until somebody asks for what needs one."""
    return Standing(TicketReader(ticket, happened))


def lists_in(words: Words) -> list[str]:
    """Keys of the word lists the words speak of."""
    return [key for key, wanted in word_lists().items() if words.has(wanted)]


def requests_of(customer_id: int | None, days: int, now: datetime) -> int:
    """How many requests a person sent in so many days, this one too; spam does not count. One query."""
    if customer_id is None:
        return 0
    return int(run(_REQUESTS, [customer_id, now - timedelta(days=days), now])[0][0])


_REQUESTS = """
SELECT count(*) FROM tickets_ticket WHERE customer_id = %s::bigint AND NOT is_spam AND merged_into_id IS NULL
  AND created_at >= %s::timestamptz AND created_at <= %s::timestamptz
"""


_READERS: Mapping[str, Callable[[TicketReader], Any]] = {
    "message_text": TicketReader.words,
    "message_lists": lambda reader: lists_in(reader.words()),
    "sender": lambda reader: reader.envelope("from"),
    "recipient": lambda reader: reader.envelope("to"),
    "who_wrote": TicketReader.who_wrote,
    "is_first_message": TicketReader.is_first,
    "message_has_files": TicketReader.has_files,
    "only_thanks": lambda reader: only_thanks(reader.message.body if reader.message else ""),
    "word_count": lambda reader: reader.words().count,
    "changed": lambda reader: list(reader.happened.changed),
    "within_hours": lambda reader: hours.is_open(reader.happened.now),
    "requests_in_7_days": lambda reader: reader.requests(7),
    "requests_in_30_days": lambda reader: reader.requests(30),
    "open_hours_since_answer": lambda reader: hours.open_hours(
        reader.ticket.last_agent_at, reader.happened.now
    ),
    "open_hours_since_customer": lambda reader: hours.open_hours(
        reader.ticket.last_customer_at, reader.happened.now
    ),
    "open_hours_since_opened": lambda reader: hours.open_hours(reader.ticket.created_at, reader.happened.now),
    "rating": lambda reader: reader.happened.score,
}
