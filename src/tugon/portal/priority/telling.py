"""The table in the words of customers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugon.priority.deciding import Decided
from tugon.priority.models import Reach, Threat
from tugon.priority.wording import raise_words
from tugon.sla.choosing import first_of, policies
from tugon.sla.models import Policy
from tugon.sla.targets import in_words
from tugon.tickets.models import Priority, Severity


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: how many people, and the priority (level, words) for each severity."""

    people: str
    range: str
    cells: list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Promised:
    """One priority and what it promises; empty where nothing is."""

    level: int
    words: str
    first: str
    next: str
    solution: str


def rows(known: Decided) -> list[Row]:
    """From everyone to one person: the greatest first."""
    return [
        Row(
            str(Reach(reach).label),
            _range(known, reach),
            [(level, str(Priority(level).label)) for level in cells],
        )
        for reach, cells in sorted(enumerate(known.table.cells, 1), reverse=True)
    ]


def severities() -> list[tuple[str, str]]:
    """(word, what it means), the mildest first."""
    return [
        (word.strip(), meaning.strip())
        for word, _colon, meaning in (str(one.label).partition(":") for one in Severity)
    ]


def threats(known: Decided) -> list[tuple[str, str]]:
    """(threat, what it does) of those that do something."""
    found = []
    for level, rule in enumerate(known.table.threats, 1):
        at_least = str(Priority(rule.at_least).label)
        words = (
            ngettext(
                "raises the priority by %(num)s step, at least to %(least)s",
                "raises the priority by %(num)s steps, at least to %(least)s",
                rule.steps,
            )
            % {"num": rule.steps, "least": at_least}
            if rule.steps
            else _("makes it at least %(least)s") % {"least": at_least}
        )
        found.append((str(Threat(level).label), words))
    return found


def raises(known: Decided) -> list[str]:
    return [
        raise_words({"key": lift.key, "names": lift.names, "steps": lift.steps, "at_most": lift.at_most})
        for lift in known.lifts.values()
    ]


def promised() -> list[Promised]:
    """What each priority promises, the most urgent first. One query."""
    listed = policies()
    chosen = {level: first_of(listed, {"fields": {}, "priority": level}).pk for level in Priority.values}
    kept = Policy.objects.in_bulk([pk for pk in chosen.values() if pk])
    found = []
    for level in reversed(Priority.values):
        policy = kept.get(chosen[level] or 0) or Policy()
        found.append(
            Promised(
                level,
                str(Priority(level).label),
                _target(policy.first_response),
                _target(policy.next_response),
                _target(policy.resolution),
            )
        )
    return found


def _target(written: str) -> str:
    return in_words(written) if written else ""


def _range(known: Decided, reach: int) -> str:
    table = known.table
    match reach:
        case Reach.ONE:
            return (
                _("fewer than {number} people").format(number=table.several_from)
                if table.several_from > 2
                else ""
            )
        case Reach.SEVERAL:
            return _("from {number} people").format(number=table.several_from)
        case Reach.MANY:
            return _("from {number} people").format(number=table.many_from)
    return _("from {number} people").format(number=table.everyone_from) if table.everyone_from else ""
