"""Reads: tickets and people for a question, as one agent may see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.database.planning import with_values
from tugon.database.reading import read
from tugon.lib.clock import now
from tugon.tickets.conditions import compile as compile_conditions
from tugon.tickets.lists import COLUMNS, Row, rows_of
from tugon.tickets.models import Ticket
from tugon.tickets.querysets import Sight, TicketQuerySet

from .models import WINDOW
from .questions import Question, as_conditions, understand

NEAR_WINDOWS = 3
"""Windows looked at one by one; a word that did not fill a page by then is rare enough to ask for everywhere."""

MOST_CANDIDATES = 20_000
"""Word matches examined for one page, before permission and filters; older ones are on the next page."""

_PEOPLE = "SELECT customer_id FROM search_personentry WHERE words @@ to_tsquery('tugon_names', %s) LIMIT 1000"
_IN_NEWEST_WINDOW = """
    WITH newest AS MATERIALIZED (SELECT coalesce(max(ticket_id), 0) AS id FROM search_ticketentry)
    SELECT newest.id, ARRAY(
        SELECT ticket_id FROM search_ticketentry
        WHERE span = newest.id / %(window)s AND words @@ websearch_to_tsquery('tugon', %(text)s)
        ORDER BY ticket_id DESC
    ) FROM newest
"""
_IN_WINDOW = """
    SELECT ticket_id FROM search_ticketentry
    WHERE span = %(span)s AND words @@ websearch_to_tsquery('tugon', %(text)s) AND ticket_id < %(below)s
    ORDER BY ticket_id DESC
"""
_EVERYWHERE = f"""
    WITH found AS MATERIALIZED (
        SELECT ticket_id FROM search_ticketentry
        WHERE words @@ websearch_to_tsquery('tugon', %(text)s)
    )
    SELECT ticket_id FROM found WHERE ticket_id < %(below)s ORDER BY ticket_id DESC LIMIT {MOST_CANDIDATES}
"""  # noqa: S608 - only our own constant is filled in


@dataclass(frozen=True, slots=True)
class Found:
    """One page of tickets, newest first. below: the cursor of the next page, None at the end."""

    question: Question
    tickets: list[Row] = field(default_factory=list)
    below: int | None = None


def find_tickets(typed: str, *, agent: Agent, below: int | None = None, limit: int = 50) -> Found:
    """Tickets the agent may see that fit what was typed, newest first.

    below: only tickets with a smaller number, for the next page. Raises ConditionInvalid for a filter whose value makes
    no sense. Three to six queries, whatever the number of tickets.
    """
    question = understand(typed)
    if question.is_empty:
        return Found(question)
    if question.text and not question.filters and not question.numbers:
        return _found_by_words(question, agent, below=below, limit=limit)
    allowed = _allowed(question, agent)
    rows: list[Row] = []
    if below is None and question.numbers:
        rows = rows_of(Ticket.objects.visible_to(agent).filter(pk__in=question.numbers).order_by("-pk"))
        allowed = allowed.exclude(pk__in=question.numbers)
    if question.text:
        _add_matches(rows, question.text, _asker(allowed), below=below, wanted=limit + 1)
    elif question.filters:
        older = allowed.filter(pk__lt=below) if below else allowed
        rows += rows_of(older.order_by("-pk")[: limit + 1])
    page = rows[:limit]
    return Found(question, page, page[-1].id if len(rows) > limit else None)


def find_people(typed: str, *, agent: Agent, limit: int = 5) -> list[Customer]:
    """Customers whose names, user names or contact points begin with every word typed. Three queries at most."""
    words = [word for word in understand(typed).words if len(word) >= 2][:6]
    if not words or not agent.may("customer.view"):
        return []
    ids = _people_named(" ".join(words))[:200]
    rows = Customer.objects.present().filter(pk__in=ids).select_related("organisation")
    return list(rows.prefetch_related("contact_points").order_by("-created_at")[:limit])


def text_condition(value: str) -> Q:
    """Tickets whose words fit, for the condition language of views ("text contains …")."""
    with with_values(), connection.cursor() as cursor:
        cursor.execute(_EVERYWHERE, {"text": value, "below": 2**62})
        return Q(pk__in=[row[0] for row in cursor.fetchall()])


def _found_by_words(question: Question, agent: Agent, *, below: int | None, limit: int) -> Found:
    """What most people ask: words and nothing else. The statement for the rows is written once."""
    rows: list[Row] = []
    sight = Sight.of(agent)
    _add_matches(
        rows,
        question.text,
        lambda ids, wanted: [Row(*row) for row in _seen(ids, sight=sight).rows()[:wanted]],
        below=below,
        wanted=limit + 1,
    )
    page = rows[:limit]
    return Found(question, page, page[-1].id if len(rows) > limit else None)


@read
def _seen(ids: list[int], *, sight: Sight | None) -> QuerySet[Ticket, tuple[Any, ...]]:
    rows = Ticket.objects.within(sight).filter(merged_into=None, pk__any_of=ids)
    return rows.order_by("-pk").values_list(*COLUMNS)


Asker = Callable[[list[int], int], list[Row]]
"""Gives, of these tickets, the rows that may be shown, newest first, at most so many."""


def _asker(allowed: TicketQuerySet) -> Asker:
    return lambda ids, wanted: rows_of(allowed.filter(pk__in=ids).order_by("-pk")[:wanted])


def _add_matches(rows: list[Row], text: str, ask: Asker, *, below: int | None, wanted: int) -> None:
    """Add the allowed among the word's tickets, newest first, until there are as many as wanted.

    What several windows gave is asked for at once, in portions that grow: most often all of the first may be seen.
    """
    ids: list[int] = []
    size = wanted
    for more in chain(_candidates(text, below), [None]):
        ids += more or ()
        while ids and len(rows) < wanted and (more is None or len(ids) >= wanted - len(rows)):
            rows += ask(ids[:size], wanted - len(rows))
            ids, size = ids[size:], min(4 * size, 1000)
        if len(rows) >= wanted:
            return


def _candidates(text: str, below: int | None) -> Iterator[list[int]]:
    if below is None:
        newest, found = _in_newest_window(text)
        yield found
        span, top, steps = newest // WINDOW - 1, newest + 1, NEAR_WINDOWS - 1
    else:
        span, top, steps = (below - 1) // WINDOW, below, NEAR_WINDOWS
    for step in range(steps):
        if span - step >= 0:
            yield _ids(_IN_WINDOW, span=span - step, text=text, below=top)
    rest = max(0, (span - steps + 1) * WINDOW)
    if rest > 0:
        yield _ids(_EVERYWHERE, text=text, below=rest)


def _in_newest_window(text: str) -> tuple[int, list[int]]:
    with with_values(), connection.cursor() as cursor:
        cursor.execute(_IN_NEWEST_WINDOW, {"text": text, "window": WINDOW})
        newest, found = cursor.fetchone()
        return newest, found


def _ids(statement: str, **values: int | str) -> list[int]:
    with with_values(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _allowed(question: Question, agent: Agent) -> TicketQuerySet:
    tickets = Ticket.objects.visible_to(agent).filter(merged_into=None)
    tickets = tickets.filter(compile_conditions(as_conditions(question), agent=agent, now=now()))
    for name, value, negated in question.filters:
        if name == "number" and value.isdecimal():
            tickets = (tickets.exclude if negated else tickets.filter)(pk=int(value))
        if name == "from":
            people = Q(customer__in=_people_named(value))
            tickets = tickets.exclude(people) if negated else tickets.filter(people)
    return tickets


def _people_named(value: str) -> list[int]:
    """Ids of customers whose names begin with every word, at most 1,000."""
    query = " & ".join(f"'{part}':*" for part in _parts(value))
    if not query:
        return []
    with with_values(), connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [query])
        return [row[0] for row in cursor.fetchall()]


def _parts(word: str) -> list[str]:
    clean = "".join(letter if letter.isalnum() else " " for letter in word)
    return clean.split()
