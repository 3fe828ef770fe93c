"""Why somebody got a ticket, or nobody yet, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.lib.remember import remembered

from .models import Skill, State

Name = Callable[[int | None], str]


def why_words(why: Iterable[Any], *, agent_name: Name) -> str:
    """All reasons in a line: "has the skill Payouts; least loaded (3 of 20)". why: as `RoutedTicket.why` keeps it."""
    return "; ".join(filter(None, (_one(str(code), dict(values), agent_name) for code, values in why)))


def _one(code: str, values: dict[str, Any], agent_name: Name) -> str:
    words = {
        "no_team": _("it belongs to no team"),
        "nobody_in_rotation": _("nobody of the team is in the rotation"),
        "nobody_available": _("nobody of the team is here"),
        "all_full": _("everybody who is here has as many tickets as they can carry"),
        "waits_for_skill": _("waits for somebody with the skill {skill}"),
        "waits_for_language": _("waits for somebody who speaks {language}"),
        "skill": _("has the skill {skill}"),
        "language": _("speaks {language}"),
        "no_skill_free": _("nobody with the skill {skill} was free in time"),
        "no_language_free": _("nobody who speaks {language} was free in time"),
        "only_one": _("the only one who was free ({load} of {capacity})"),
        "round_robin": _("it was their turn"),
        "least_loaded": _("carries the least ({load} of {capacity})"),
        "last_agent": _("had this customer last"),
        "last_agent_not_free": _("{agent}, who had this customer last, was not free"),
        "best_skilled": _("knows it best ({load} of {capacity})"),
        "best_language": _("speaks it best ({load} of {capacity})"),
    }.get(code, "")
    return words.format(
        skill=skill_name(values.get("skill")),
        language=language_name(str(values.get("language", ""))),
        agent=agent_name(values.get("agent")),
        load=values.get("load", ""),
        capacity=values.get("capacity", ""),
    )


def skill_name(pk: int | None) -> str:
    row = _skills().get(pk or 0)
    return row.name_in(get_language() or "en") if row else _("that is no longer kept")


@remembered
def _skills() -> dict[int, Skill]:
    return {row.pk: row for row in Skill.objects.all()}


def language_name(code: str) -> str:
    """The language's name in the active one: "Filipino"."""
    try:
        name = Locale.parse(get_language() or "en", sep="-").languages.get(code)
    except (UnknownLocaleError, ValueError):
        name = None
    return str(name or code)


def state_icon(state: str) -> tuple[str, str]:
    """(icon, tone): never colour alone."""
    return {
        State.ONLINE: ("circle-check", "success"),
        State.AWAY: ("coffee", "warning"),
        State.UNSEEN: ("circle-help", "neutral"),
        State.CLOSED: ("moon", "neutral"),
        State.OUT: ("log-out", "info"),
    }.get(State(state), ("circle", "neutral"))
