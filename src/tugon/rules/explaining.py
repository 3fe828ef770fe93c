"""Why a rule fitted a ticket or did not: each of its conditions with whether it holds. For "why did this happen"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tugon.lib.errors import DomainError
from tugon.tickets.conditions import Group, matches, phrases

from .compiled import Compiled, rulebook
from .models import Rule
from .occasions import OCCASIONS
from .standing import Standing


@dataclass(frozen=True, slots=True)
class Explained:
    """parts: (condition in words, whether it holds now)."""

    rule: Rule
    version: int
    occasions: tuple[str, ...]
    parts: tuple[tuple[str, bool], ...]

    @property
    def fits(self) -> bool:
        return all(holds for _words, holds in self.parts)


def explain(one: Compiled, standing: Standing, *, now: datetime, language: str) -> Explained:
    """Weigh every condition by itself, on a ticket that stands so. now: aware."""
    parts = [
        (words, matches(part, standing, now))
        for part in _parts(one.definition.conditions)
        for words in phrases(part, language)
    ]
    if not one.definition.is_active(now):
        parts.append((_("It works now (its schedule)"), False))
    labels = tuple(str(OCCASIONS[name].label) for name in one.definition.on)
    return Explained(one.rule, one.version.number, labels, tuple(parts))


def explain_all(standing: Standing, *, now: datetime, language: str, without: set[int]) -> list[Explained]:
    """Every working trigger and automation but these, on a ticket that stands so."""
    found = []
    book = rulebook()
    for one in (*book.by_kind.get("trigger", ()), *book.by_kind.get("automation", ())):
        if one.rule.pk in without:
            continue
        try:
            found.append(explain(one, standing, now=now, language=language))
        except DomainError:
            continue
    return found


def _parts(tree: Group) -> list[Group]:
    """The conditions one by one: each of `all`, the `any` together, each of `none`."""
    found = [Group(all=(node,)) for node in tree.all]
    found += [Group(any=tree.any)] if tree.any else []
    return found + [Group(none=(node,)) for node in tree.none]
