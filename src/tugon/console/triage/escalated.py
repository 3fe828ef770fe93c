"""How high the ticket stands: since when, why, who has it, what comes next; and who is being called for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.escalation.models import Escalation, Page, PageCall
from tugon.tickets.models import Ticket

from .parts import Found, Part, Place

MOST = 6
"""Steps of the history in the panel; the timeline has them all."""


@dataclass(frozen=True, slots=True)
class Raised:
    """current: None where it was lowered. past: what came before, newest first. calling: whom the page called last."""

    current: Escalation | None
    past: Sequence[Escalation]
    pages: Sequence[Page]
    calling: PageCall | None

    @property
    def level(self) -> str:
        """Where it stands, in the reader's language."""
        return self.current.level.name_in(_here()) if self.current else ""

    @property
    def step(self) -> str:
        """What whoever has it does next."""
        return self.current.level.step_in(_here()) if self.current else ""

    @property
    def open_page(self) -> Page | None:
        return next((one for one in self.pages if one.next_call_at is not None), None)

    @property
    def answered_page(self) -> Page | None:
        """Who said: I have it, for the page of where it stands now."""
        if self.current is None:
            return None
        since = self.current.at
        return next((one for one in self.pages if one.acknowledged_at and one.made_at >= since), None)


def _here() -> str:
    return get_language() or "en"


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {
        "escalations": _escalations(ticket.pk),
        "pages": _pages(ticket.pk),
        "page_calls": _calls(ticket.pk),
    }


def raised(found: Found) -> Raised | None:
    """None for a ticket that was never escalated."""
    rows, pages = found["escalations"], found["pages"]
    if not rows and not pages:
        return None
    current = next((row for row in rows if row.ended_at is None), None)
    past = [row for row in rows if row.ended_at is not None]
    return Raised(current, past, pages, next(iter(found["page_calls"]), None))


def _head(ticket: Ticket, agent: Agent, found: Found) -> Raised | None:
    now = raised(found)
    return now if now is not None and (now.current is not None or now.open_page is not None) else None


PARTS = (
    Part("escalated", Place.HEAD, reads, _head),
    Part("escalation", Place.PANEL, reads, lambda ticket, agent, found: raised(found)),
)


@read
def _escalations(ticket: int) -> QuerySet[Escalation, Escalation]:
    rows = Escalation.objects.filter(ticket=ticket).select_related("level", "agent", "ended_by")
    own = [field.name for field in Escalation._meta.concrete_fields]
    return rows.only(*own, "level__names", "level__steps", "agent__name", "ended_by__name").order_by("-id")[
        :MOST
    ]


@read
def _pages(ticket: int) -> QuerySet[Page, Page]:
    rows = Page.objects.filter(ticket=ticket).select_related("rota", "acknowledged_by")
    own = [field.name for field in Page._meta.concrete_fields]
    return rows.only(*own, "rota__name", "acknowledged_by__name").order_by("-id")[:3]


@read
def _calls(ticket: int) -> QuerySet[PageCall, PageCall]:
    rows = PageCall.objects.filter(page__ticket=ticket, page__next_call_at__isnull=False)
    own = [field.name for field in PageCall._meta.concrete_fields]
    return rows.select_related("agent").only(*own, "agent__name").order_by("-id")[:1]
