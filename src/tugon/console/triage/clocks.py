"""Every promise on the ticket: how much time is left, whether it was kept, and what it stood still for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.lib.clock import now
from tugon.pages.formats import duration, moment_words
from tugon.sla import clocks
from tugon.sla.models import Clock
from tugon.sla.reckoning import FIRST_RESPONSE, RESOLUTION
from tugon.sla.targets import in_words
from tugon.tickets.models import Ticket

from .parts import Found, Part, Place


@dataclass(frozen=True, slots=True)
class Told:
    """One clock in words. tone: of the colour, which says nothing that the words do not say too."""

    name: str
    icon: str
    tone: str
    words: str
    due_at: datetime | None
    notes: list[str]
    is_open: bool


def reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    return {"clocks": _clocks(ticket.pk)}


def value(ticket: Ticket, agent: Agent, found: Found) -> list[Told] | None:
    """None for a ticket that never promised anything."""
    rows = [told(one) for one in clocks.told(found["clocks"])]
    return rows or None


def told(clock: clocks.Clock) -> Told:
    icon, tone, words = _standing(clock)
    return Told(_name(clock), icon, tone, words, clock.due_at, notes(clock), clock.is_open)


def notes(clock: clocks.Clock) -> list[str]:
    """The clock's history: what was promised, since when, every reason for which it stood still, what was told."""
    target = in_words(clock.target) if clock.target else ""
    lines = [
        _("{target} by “{policy}”").format(target=target, policy=clock.policy)
        if target and clock.policy
        else target,
        _("since {moment}").format(moment=moment_words(clock.started_at, "short")),
    ]
    for why, length in clocks.paused_by(clock):
        lines.append(_("paused {length} {why}").format(length=duration(length, short=True), why=_why(why)))
    if clock.broken_at is not None:
        lines.append(_("was due {moment}").format(moment=moment_words(clock.broken_at, "short")))
    if clock.expected_at is not None:
        lines.append(
            _("the customer was told: {moment}").format(moment=moment_words(clock.expected_at, "short"))
        )
    if clock.ended_at is not None:
        lines.append(_("done {moment}").format(moment=moment_words(clock.ended_at, "short")))
    return [line for line in lines if line]


def _name(clock: clocks.Clock) -> str:
    if clock.kind == FIRST_RESPONSE:
        return _("First answer")
    if clock.kind == RESOLUTION:
        return _("Solution")
    return _("Next answer") if clock.cycle == 1 else _("Next answer ({number})").format(number=clock.cycle)


def _standing(clock: clocks.Clock) -> tuple[str, str, str]:
    """Icon, tone and words."""
    left = duration(abs(clock.left), short=True) if clock.left is not None else ""
    if clock.ended_at is not None:
        if clock.broken_at is None:
            return "circle-check", "success", pgettext("promise", "kept")
        late = duration(max(clock.ended_at - clock.broken_at, clock.ended_at - clock.ended_at), short=True)
        return "circle-alert", "error", _("broken, {length} late").format(length=late)
    if clock.pause is not None:
        words = _("stands still {why}").format(why=_why(clock.pause.why))
        if clock.broken_at is not None:
            return "circle-pause", "error", _("broken; {words}").format(words=words)
        return "circle-pause", "neutral", _("{words}; {left} left").format(words=words, left=left)
    if clock.broken_at is not None or (clock.due_at is not None and clock.due_at < now()):
        length = duration(now() - (clock.due_at or clock.broken_at or now()), short=True)
        return "alarm-clock", "error", _("late by {length}").format(length=length)
    if clock.due_at is None:
        return "clock", "neutral", _("no moment: nobody is open")
    kind = _("{left} of open time left") if clock.is_business else _("{left} left")
    is_soon = (clock.due_at - now()).total_seconds() < 3600
    return "clock", "warning" if is_soon else "neutral", kind.format(left=left)


def _why(why: str) -> str:
    return {
        "waiting": _("while waiting for the customer"),
        "hold": _("on hold"),
        "solved": _("while it was solved"),
        "aside": _("while it was put aside"),
    }.get(why, why)


PARTS = (Part("clocks", Place.PANEL, reads, value),)


@read
def _clocks(ticket: int) -> QuerySet[Clock, Clock]:
    return Clock.objects.filter(ticket=ticket).order_by("id")
