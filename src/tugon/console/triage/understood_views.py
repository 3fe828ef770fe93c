"""Correcting what was read; what others wrote of the same, gathered under one problem; guidance for who struggles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.helpcenter import languages
from tugon.helpcenter.readers import Reader
from tugon.lib.errors import Invalid
from tugon.pages.render import page
from tugon.pages.toasts import toast
from tugon.search.knowledge.suggesting import suggest
from tugon.tickets.models import Ticket
from tugon.understanding import duplicates, operations, readings
from tugon.understanding.fields import REPEATED

from ..access import agent_of, agents_only, find_ticket
from ..views.tickets import after_change

NUMBERS = ("topic", "area", "urgency", "mood")


@require_POST
@agents_only
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """`aspect` and its `value`; with `back`, the words decide again."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    aspect = request.POST.get("aspect", "")
    if request.POST.get("back"):
        operations.take_back(ticket, by=agent.actor, aspect=aspect)
        return toast(after_change(request, number), _("The words decide again."))
    operations.correct(ticket, by=agent.actor, aspect=aspect, value=_value(request, aspect))
    return toast(after_change(request, number), _("Noted. Tugon learns from it."))


@require_POST
@agents_only
def apart(request: HttpRequest, number: int) -> HttpResponse:
    """It is not the same case as `other`."""
    ticket = find_ticket(request, number)
    given = request.POST.get("other", "")
    if given.isdecimal():
        operations.set_apart(ticket, int(given), by=agent_of(request).actor)
    return after_change(request, number)


@require_GET
@agents_only
def more(request: HttpRequest, number: int) -> HttpResponse:
    """Loaded after the ticket stands: who else has this, and articles for what this person struggles with."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    found = duplicates.elsewhere(ticket, agent)
    problem = duplicates.problem_of(ticket, *(one.ticket for one in found)) if found else None
    context = {"ticket": ticket, "found": found, "problem": problem, "guidance": _guidance(ticket)}
    return page(request, "console/triage/understood_more.html", context)


@require_POST
@agents_only
def gather(request: HttpRequest, number: int) -> HttpResponse:
    """Make the ticket and the `others` parts of one problem."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    numbers = [int(one) for one in request.POST.getlist("others") if one.isdecimal()]
    others = Ticket.objects.visible_to(agent).filter(pk__in=numbers[:50]).select_related("team")
    problem = operations.gather(ticket, list(others), by=agent.actor)
    words = _("Parts of #{number} now: what you write there is for all of them.").format(number=problem.pk)
    return toast(after_change(request, number), words, tone="success")


def _guidance(ticket: Ticket) -> list[tuple[str, str]]:
    """Articles about what this person has repeated difficulty with, as (title, address). Nothing where their audience
    wants no guidance from history, or there is no such difficulty.
    """
    reading = readings.of(ticket)
    if reading is None or reading.repeats < REPEATED or not readings.may_guide(ticket):
        return []
    language = ticket.language if languages.known(ticket.language) else languages.offered()[0]
    named = [
        row.name_in(language)
        for row in (
            readings.areas().get(reading.area_id or 0),
            readings.topics().get(reading.topic_id or 0),
        )
        if row is not None
    ]
    found = suggest(f"{' '.join(named)} {ticket.subject}", language=language, reader=Reader.agent(), limit=3)
    return [(one.title, one.url) for one in found]


def _value(request: HttpRequest, aspect: str) -> int | str | None:
    given = request.POST.get("value", "")
    if aspect not in NUMBERS:
        return given
    if not given:
        return None
    if not given.isdecimal():
        raise Invalid(reason=_("choose one of the list."))
    return int(given)
