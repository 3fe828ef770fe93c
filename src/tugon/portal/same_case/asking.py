"""Which open request of the visitor a new one is like, and adding to it instead.

Only ever requests of who is signed in, or that were opened by a letter's link. Who merely types an address is asked
nothing, for the question alone would tell of somebody's history.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from tugon.files.models import Upload
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket
from tugon.understanding.likeness import LEAST, likeness, telling
from tugon.understanding.reading.errors import errors

from .. import operations
from ..forms import ContactForm
from ..identity import visitor

FIELD = "same_case"
"""What the form answers: the number of the request to add to, or NEW."""
NEW = "new"
RECENT = timedelta(days=90)
MOST = 20


def alike(request: HttpRequest, answers: Mapping[str, Any]) -> Ticket | None:
    """The open request that these answers are most like; None where there is none, or the visitor said already that it
    is something else. Two queries at most, none of a stranger.
    """
    known = visitor(request)
    by_link = [one.ticket_id for one in known.granted if one.by_link]
    is_told = request.POST.get(FIELD) == NEW or bool(request.POST.get("about"))
    if is_told or (known.customer is None and not by_link):
        return None
    said = f"{answers.get('subject', '')} {answers.get('description', '')}"
    words, named = telling(said), errors("", said).value
    proved = Q(customer=known.customer) if known.customer is not None else Q(pk__in=by_link)
    rows = known.tickets().active().filter(proved, merged_into=None, updated_at__gte=now() - RECENT)
    best, highest = None, LEAST
    for row in rows.select_related("reading").order_by("-updated_at")[:MOST]:
        reading = getattr(row, "reading", None)
        score = likeness(
            words,
            telling(f"{row.subject} {row.snippet}"),
            errors=named,
            other_errors=reading.errors if reading is not None else (),
        )
        if score >= highest:
            best, highest = row, score
    return best


def chosen(request: HttpRequest) -> Ticket | None:
    """The request to which the visitor wants to add, if they may open it."""
    given = request.POST.get(FIELD, "")
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        return None
    return (
        visitor(request)
        .tickets()
        .active()
        .filter(pk=int(given))
        .select_related("customer", "channel")
        .first()
    )


def add_to(ticket: Ticket, asked: ContactForm, *, uploads: list[Upload], once: str) -> Message:
    """Put everything that was written on the request. Raises what `portal.operations.reply` raises."""
    return operations.reply(ticket, words=_words(asked), uploads=uploads, once=once, by=ticket.customer.actor)


def _words(asked: ContactForm) -> str:
    """Subject, description and every answer, as one message: nothing that was typed is lost."""
    answers = asked.answers()
    subject, description = str(answers.get("subject", "")), str(answers.get("description", ""))
    parts = [description] if subject.casefold() in description.casefold() else [subject, description]
    labels = {name.removeprefix("field_"): str(field.label) for name, field in asked.fields.items()}
    lines = [
        f"{labels.get(key, key)}: {', '.join(map(str, value)) if isinstance(value, list) else value}"
        for key, value in dict(answers.get("fields") or {}).items()
        if value not in (None, "", [])
    ]
    return "\n\n".join(filter(None, [*parts, "\n".join(lines)]))
