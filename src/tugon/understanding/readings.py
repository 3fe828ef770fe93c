"""Reads: what a ticket's messages say, and what a company named."""

from __future__ import annotations

from tugon.customers.models import Audience
from tugon.lib.remember import remembered
from tugon.tickets.models import Ticket

from .models import Area, TicketReading, Topic
from .reading.finding import Finder
from .reading.saying import Vocabulary


def of(ticket: Ticket) -> TicketReading | None:
    """The ticket's reading; None where none of its messages was read. One query, none where it came along."""
    try:
        return ticket.reading
    except TicketReading.DoesNotExist:
        return None


@remembered
def vocabulary() -> Vocabulary:
    """Topics and areas in use by their words; the ids are what is found. Two queries."""
    return Vocabulary(
        Finder({row.pk: _words(row.keywords) for row in topics().values() if row.archived_at is None}),
        Finder({row.pk: _words(row.keywords) for row in areas().values() if row.archived_at is None}),
    )


@remembered
def topics() -> dict[int, Topic]:
    """Every topic by id, archived ones too. One query."""
    return {row.pk: row for row in Topic.objects.select_related("team")}


@remembered
def areas() -> dict[int, Area]:
    """Every area by id, archived ones too. One query."""
    return {row.pk: row for row in Area.objects.all()}


@remembered
def _audiences() -> dict[int, tuple[bool, bool]]:
    return {
        row[0]: (row[1], row[2])
        for row in Audience.objects.values_list("pk", "reads_mood", "guides_by_history")
    }


def may_read_mood(ticket: Ticket) -> bool:
    """Whether the mood of this ticket's audience is read at all. One query, remembered."""
    return _audiences().get(ticket.audience_id or 0, (True, True))[0]


def may_guide(ticket: Ticket) -> bool:
    """Whether earlier tickets of this ticket's customer may be counted together. One query, remembered."""
    return _audiences().get(ticket.audience_id or 0, (True, True))[1]


def _words(keywords: dict[str, list[str]]) -> list[str]:
    return [str(word) for words in keywords.values() for word in words]
