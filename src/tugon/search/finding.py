"""Reads: tickets and people for a question, as one agent may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.lib.clock import now
from tugon.tickets.conditions import compile as compile_conditions
from tugon.tickets.models import Ticket
from tugon.tickets.querysets import TicketQuerySet

from .models import WINDOW
from .questions import Question, as_conditions, understand

NEAR_WINDOWS = 3
"""Windows looked at one by one; a word that did not fill a page by then is rare enough to ask for everywhere."""

MOST_CANDIDATES = 20_000
"""Word matches examined for one page, before permission and filters; older ones are on the next page."""

_PEOPLE = "SELECT customer_id FROM search_personentry WHERE words @@ to_tsquery('tugon_names', %s) LIMIT 1000"
_NEWEST = "SELECT coalesce(max(ticket_id), 0) FROM search_ticketentry"
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
    tickets: list[Ticket] = field(default_factory=list)
    below: int | None = None


def find_tickets(typed: str, *, agent: Agent, below: int | None = None, limit: int = 50) -> Found:
    """Tickets the agent may see that fit what was typed, newest first.

    below: only tickets with a smaller number, for the next page. Raises ConditionInvalid for a filter whose value makes
    no sense. Two to five queries, whatever the number of tickets.
    """
    question = understand(typed)
    if question.is_empty:
        return Found(question)
    allowed = _allowed(question, agent)
    tickets: list[Ticket] = []
    if below is None and question.numbers:
        tickets = list(
            Ticket.objects.visible_to(agent).filter(pk__in=question.numbers).for_list().order_by("-pk")
        )
    if not question.text:
        rows = (
            _page(allowed.filter(pk__lt=below) if below else allowed, limit + 1) if question.filters else []
        )
        tickets += [row for row in rows if row not in tickets]
        return _cut(question, tickets, limit)
    for ids in _candidates(question.text, below):
        for start in range(0, len(ids), 1000):
            chunk = ids[start : start + 1000]
            rows = _page(allowed.filter(pk__in=chunk), limit + 1 - len(tickets))
            tickets += [row for row in rows if row not in tickets]
            if len(tickets) > limit:
                return _cut(question, tickets, limit)
    return _cut(question, tickets, limit)


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
    with connection.cursor() as cursor:
        cursor.execute(_EVERYWHERE, {"text": value, "below": 2**62})
        return Q(pk__in=[row[0] for row in cursor.fetchall()])


def _candidates(text: str, below: int | None) -> Iterator[list[int]]:
    top = below if below is not None else _ids(_NEWEST)[0] + 1
    span = (top - 1) // WINDOW
    for step in range(NEAR_WINDOWS):
        if span - step >= 0:
            yield _ids(_IN_WINDOW, span=span - step, text=text, below=top)
    rest = max(0, (span - NEAR_WINDOWS + 1) * WINDOW)
    if rest > 0:
        yield _ids(_EVERYWHERE, text=text, below=rest)


def _ids(statement: str, **values: int | str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def _allowed(question: Question, agent: Agent) -> TicketQuerySet:
    tickets = Ticket.objects.visible_to(agent).filter(merged_into=None)
    tickets = tickets.filter(compile_conditions(as_conditions(question), agent=agent, now=now()))
    for name, value, negated in question.filters:
        if name == "number" and value.isdigit():
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
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [query])
        return [row[0] for row in cursor.fetchall()]


def _parts(word: str) -> list[str]:
    clean = "".join(letter if letter.isalnum() else " " for letter in word)
    return clean.split()


def _page(tickets: TicketQuerySet, limit: int) -> list[Ticket]:
    return list(tickets.for_list().order_by("-pk")[:limit])


def _cut(question: Question, tickets: list[Ticket], limit: int) -> Found:
    page = tickets[:limit]
    return Found(question, page, page[-1].pk if len(tickets) > limit and page else None)
