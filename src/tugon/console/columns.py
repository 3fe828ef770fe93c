"""What rows of a list show in addition, in words: what the view editor offers, and what stands in each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tugon.customers.models import CustomField
from tugon.pages.formats import day, language_name, number
from tugon.tickets.conditions.fields import PREFIX
from tugon.tickets.lists import Page
from tugon.tickets.models import Kind, Priority, Severity
from tugon.tickets.showing import COLUMNS

from .choices import ticket_fields

Said = tuple[str, str]
"""The column's name and its words."""


def column_options(chosen: Sequence[str], language: str) -> list[tuple[str, str, bool]]:
    """Everything a row may show, as (name, label, is chosen); what is chosen first, in its order."""
    labels = _labels(language)
    ordered = [name for name in chosen if name in labels] + [name for name in labels if name not in chosen]
    return [(name, labels[name], name in chosen) for name in ordered]


def more_words(page: Page, language: str) -> dict[int, list[Said]]:
    """By ticket, what its row shows in addition; what is empty is left out. No query without own fields."""
    if not page.more:
        return {}
    labels, own = _labels(language), _own()
    return {
        pk: [
            (labels[name], words)
            for name, value in said.items()
            if name in labels and (words := _words(name, value, own, language))
        ]
        for pk, said in page.more.items()
    }


def _labels(language: str) -> dict[str, str]:
    labels = {
        "number": _("Number"),
        "kind": _("Type"),
        "priority": _("Priority"),
        "severity": _("Severity"),
        "team": _("Team"),
        "assignee": _("Assignee"),
        "tags": _("Tags"),
        "audience": _("Audience"),
        "plan": _("Plan"),
        "organisation": _("Organisation"),
        "channel": _("Channel"),
        "language": _("Language"),
        "created_at": _("Opened"),
        "messages": _("Messages"),
    }
    return labels | {name: row.name_in(language) for name, row in _own().items()}


def _own() -> dict[str, CustomField]:
    return {f"{PREFIX}{row.key}": row for row in ticket_fields()}


def _words(name: str, value: Any, own: Mapping[str, CustomField], language: str) -> str:
    if value is None or value in ("", [], {}):
        return ""
    if name in COLUMNS:
        return _WORDS.get(name, lambda one, _language: str(one))(value, language)
    return _own_words(own[name], value, language)


_WORDS: Mapping[str, Callable[[Any, str], str]] = {
    "number": lambda value, _language: f"#{value}",
    "kind": lambda value, _language: str(Kind(value).label),
    "priority": lambda value, _language: str(Priority(value).label),
    "severity": lambda value, _language: str(Severity(value).label),
    "tags": lambda value, _language: ", ".join(value),
    "audience": lambda value, language: value.get(language) or value.get("en") or "",
    "language": lambda value, _language: language_name(value),
    "created_at": lambda value, _language: day(value, "medium"),
    "messages": lambda value, _language: number(value),
}


def _own_words(row: CustomField, value: Any, language: str) -> str:
    """A company's own field: yes or no, the names of what was chosen, or what was written."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    names = {one["key"]: (one.get("names") or {}) for one in row.choices}

    def named(one: Any) -> str:
        known = names.get(one, {})
        return known.get(language) or known.get("en") or str(one)

    return ", ".join(named(one) for one in value) if isinstance(value, list) else named(value)[:80]
