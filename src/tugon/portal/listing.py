"""My requests: pages of a list that stays quick however long it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.http import urlencode

from tugon.tickets.models import Ticket
from tugon.tickets.models.state import ACTIVE
from tugon.tickets.querysets import TicketQuerySet

from .words import Standing, standing

PAGE = 20
TABS = ("open", "finished")


@dataclass(frozen=True, slots=True)
class Line:
    ticket: Ticket
    standing: Standing


@dataclass(frozen=True, slots=True)
class Listing:
    """One page. older: the address's query for the next one, empty at the end."""

    tab: str
    lines: list[Line]
    counts: dict[str, int]
    older: str
    is_first: bool


def listing(mine: TicketQuerySet, *, tab: str, before: str = "") -> Listing:
    """A page of the requests, newest change first. Two queries. before: from `Listing.older`."""
    tab = tab if tab in TABS else "open"
    place = _place(before)
    rows = mine.filter(_in(tab)).select_related("state").order_by("-updated_at", "-pk")
    if place:
        rows = rows.filter(Q(updated_at__lt=place[0]) | Q(updated_at=place[0], pk__lt=place[1]))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    return Listing(
        tab=tab,
        lines=[Line(ticket, standing(ticket)) for ticket in shown],
        counts=mine.aggregate(**{name: Count("pk", filter=_in(name)) for name in TABS}),
        older=urlencode({"tab": tab, "before": _mark(shown[-1])}) if len(found) > PAGE else "",
        is_first=place is None,
    )


def _in(tab: str) -> Q:
    return Q(status__in=ACTIVE) if tab == "open" else ~Q(status__in=ACTIVE)


def _mark(ticket: Ticket) -> str:
    return f"{ticket.updated_at.isoformat()}~{ticket.pk}"


def _place(mark: str) -> tuple[datetime, int] | None:
    moment, _sign, pk = mark.partition("~")
    try:
        place: Any = (datetime.fromisoformat(moment), int(pk))
    except ValueError:
        return None
    return place if place[0].tzinfo else None
