"""Rules in words: what they name, what they say line by line, and what would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tugon.accounts.models import Agent, Team
from tugon.customers.models import CustomField
from tugon.lib.errors import DomainError
from tugon.templates.models import Translation
from tugon.tickets.conditions import describe, phrases
from tugon.tickets.conditions.fields import FIELDS
from tugon.tickets.models import State, Status

from . import reaching
from .actions import ACTIONS, Names
from .actions.setting import property_names
from .definitions import Definition, read
from .occasions import OCCASIONS

ONCE_WORDS = {
    "turn": lambda: _("Once for each time somebody writes"),
    "ever": lambda: _("Once for each ticket"),
    "no": lambda: _("Every time it looks, where something would change"),
}


def all_names(language: str) -> Names:
    """What everything that rules name is called. Six queries."""
    with translation.override(language):
        return Names(
            {
                **property_names(),
                "status": {value: str(label) for value, label in Status.choices},
                "team": dict(Team.objects.values_list("pk", "name")),
                "agent": {**dict(Agent.objects.values_list("pk", "name")), "me": _("you")},
                "state": {row.pk: row.name_in(language) for row in State.objects.all()},
                "field": {row.key: row.name_in(language) for row in CustomField.objects.filter(on="ticket")},
                "template": template_names(),
                "level": {int(value): name for value, name in reaching.levels(language)},
            }
        )


def template_names() -> dict[str, str]:
    """Key → title of the reply templates that can be used. One query."""
    rows = Translation.objects.usable().values_list("template__key", "title")
    return dict(sorted(rows, key=lambda row: row[1]))


def lines(given: Mapping[str, Any] | None, *, kind: str, names: Names, language: str) -> list[str]:
    """A definition line by line: when, if, then. What cannot be read says so."""
    with translation.override(language):
        try:
            definition = read(given, kind=kind)
            conditions = phrases(definition.conditions, language)
        except DomainError as error:
            return [error.message]
        found = [_("When: {occasion}").format(occasion=OCCASIONS[name].label) for name in definition.on]
        found += _by_time(definition) if kind == "automation" else []
        found += [_("If: {condition}").format(condition=one) for one in conditions or [_("Every ticket")]]
        found += [_("Then: {action}").format(action=one.words(names)) for one in definition.actions]
        return found + _schedule(definition)


def in_short(given: Mapping[str, Any] | None, *, kind: str, language: str) -> str:
    """The conditions in one sentence, for lists."""
    try:
        return describe(read(given, kind=kind).conditions, language)
    except DomainError as error:
        return error.message


def difference(before: Iterable[str], after: Iterable[str]) -> list[tuple[str, str]]:
    """(sign, line): "+" is new, "-" is gone, " " stays. What is gone stands where it stood."""
    old, new = list(before), list(after)
    found: list[tuple[str, str]] = []
    for tag, gone, gone_to, come, come_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(" ", line) for line in new[come:come_to]]
        else:
            found += [("-", line) for line in old[gone:gone_to]] + [("+", line) for line in new[come:come_to]]
    return found


def changes_in_words(changes: Mapping[str, Any], names: Names) -> list[str]:
    """ "Priority: Normal → High", in the language active now."""
    return [
        _("{field}: {before} → {after}").format(
            field=_label(name), before=_value(name, pair[0], names), after=_value(name, pair[1], names)
        )
        for name, pair in changes.items()
        if name != "set_aside"
    ]


def step_words(step: Mapping[str, Any], names: Names) -> str:
    """What one step of a log line was, in the language active now; its name where it can be read no longer."""
    action = ACTIONS.get(str(step.get("do")))
    try:
        return action.read(step.get("action") or {}).words(names) if action else str(step.get("do"))
    except DomainError:
        return str(action.label) if action else str(step.get("do"))


def _by_time(definition: Definition) -> list[str]:
    every = definition.every
    if every % 60:
        looks = ngettext("Looks every {number} minute", "Looks every {number} minutes", every)
        return [looks.format(number=every), ONCE_WORDS[definition.once]()]
    looks = ngettext("Looks every {number} hour", "Looks every {number} hours", every // 60)
    return [looks.format(number=every // 60), ONCE_WORDS[definition.once]()]


def _schedule(definition: Definition) -> list[str]:
    found = []
    if definition.starts:
        found.append(_("From {moment}").format(moment=date_format(definition.starts, "DATETIME_FORMAT")))
    if definition.ends:
        found.append(_("Until {moment}").format(moment=date_format(definition.ends, "DATETIME_FORMAT")))
    if definition.stops:
        found.append(_("Then no further rule is asked"))
    return found


def _label(name: str) -> str:
    beside = {"fields": _("Fields"), "set_aside": _("Ledger")}
    return str(FIELDS[name].label) if name in FIELDS else beside.get(name, name)


def _value(name: str, value: Any, names: Names) -> str:
    if value in (None, "", []):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_value(name, one, names) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{names.of('field', key)}: {one}" for key, one in value.items() if one)
    kind = {"assignee": "agent", "followers": "agent"}.get(name, name)
    return names.of(kind, value)
