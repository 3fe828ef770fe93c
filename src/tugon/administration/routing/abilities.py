"""The grid of people: capacity, skills, languages; and the page of one, where they are set."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tugon.accounts.models import Agent
from tugon.company import settings as company
from tugon.lib.errors import DomainError
from tugon.routing import board
from tugon.routing.capacity import Lane, resolved
from tugon.routing.choosing import primary
from tugon.routing.deciding import abilities, habits
from tugon.routing.errors import AvailabilityRefused
from tugon.routing.models import AgentLanguage, AgentSkill, Availability, Level, Skill
from tugon.routing.operations import set_capacity, set_languages, set_skills
from tugon.routing.wording import language_name

from ..access import needs
from ..navigation import show
from ..registers.rows import here

PERMISSION = "routing.edit"


@needs(PERMISSION)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with what they can carry, do and speak. Nine queries, whatever the number."""
    skills, languages = abilities()
    rows = list(Skill.objects.filter(archived_at=None))
    codes = _codes({code for spoken in languages.values() for code in spoken})
    grid = [
        {
            "agent": seat.agent,
            "lots": seat.lots,
            "own": seat.row.capacity,
            "skills": [_level(skills.get(seat.agent.pk, {}).get(row.pk)) for row in rows],
            "languages": [_level(languages.get(seat.agent.pk, {}).get(code)) for code in codes],
        }
        for seat in board.seats()
    ]
    return show(
        request,
        "routing/people",
        grid=grid,
        skills=[row.name_in(here()) for row in rows],
        languages=[language_name(code) for code in codes],
    )


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    agent = get_object_or_404(Agent.objects.active(), pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            _save(request, agent)
        except DomainError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:routing-people")
    return show(
        request, "routing/person", status=422 if problem else 200, problem=problem, **_shown(request, agent)
    )


@transaction.atomic
def _save(request: HttpRequest, agent: Agent) -> None:
    by, data = request.user.actor, request.POST  # type: ignore[union-attr]
    capacity = {lane: _capacity(data.get(f"lane_{lane}", "")) for lane in Lane.values}
    skills = {
        row.pk: level
        for row in Skill.objects.filter(archived_at=None)
        if (level := _whole(data.get(f"skill_{row.pk}", "")))
    }
    spoken = {
        code: level for code in _all_codes(agent) if (level := _whole(data.get(f"language_{code}", "")))
    }
    other = primary(data.get("other_language", "").strip())[:8]
    if other:
        spoken[other] = Level.GOOD
    set_capacity(agent, capacity, by=by)
    set_skills(agent, skills, by=by)
    set_languages(agent, spoken, by=by)


def _shown(request: HttpRequest, agent: Agent) -> dict[str, Any]:
    row = Availability.objects.filter(agent=agent).first() or Availability(agent=agent)
    house = resolved(habits().capacity, {})
    has = dict(AgentSkill.objects.filter(agent=agent).values_list("skill_id", "level"))
    speaks = dict(AgentLanguage.objects.filter(agent=agent).values_list("language", "level"))
    sent = request.POST

    def shown(name: str, kept: Any) -> str:
        return sent.get(name, "") if sent else str(kept or "")

    return {
        "agent": agent,
        "lanes": [
            (f"lane_{lane}", str(label), shown(f"lane_{lane}", row.capacity.get(lane, "")), house[lane])
            for lane, label in Lane.choices
        ],
        "skills": [
            (f"skill_{one.pk}", one.name_in(here()), shown(f"skill_{one.pk}", has.get(one.pk)))
            for one in Skill.objects.filter(archived_at=None)
        ],
        "languages": [
            (f"language_{code}", language_name(code), shown(f"language_{code}", speaks.get(code)))
            for code in _all_codes(agent)
        ],
        "levels": [("", _("No")), *((str(value), str(label)) for value, label in Level.choices)],
        "other": sent.get("other_language", ""),
    }


def _all_codes(agent: Agent) -> list[str]:
    return _codes(set(AgentLanguage.objects.filter(agent=agent).values_list("language", flat=True)))


def _codes(spoken: set[str]) -> list[str]:
    """The company's languages first, then others somebody speaks."""
    own = [primary(code) for code in company.get("languages")]
    return [*own, *sorted(spoken - set(own))]


def _level(value: int | None) -> str:
    return str(Level(value).label) if value else ""


def _capacity(given: str) -> int | None:
    """None where nothing is given: as everybody."""
    number = _whole(given)
    if number is None and given.strip():
        raise AvailabilityRefused(
            reason=_("“{given}” is no number of tickets.").format(given=given.strip()[:40])
        )
    return number


def _whole(given: str) -> int | None:
    return int(given) if given.strip().isdecimal() and len(given.strip()) < 6 else None
