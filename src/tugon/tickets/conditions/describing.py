"""Conditions in words, for the screens: "Status is Open or New, and Team is Support"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tugon.customers.models import CustomField

from . import moments
from .context import CONTEXT, field_named
from .fields import DURATIONS, EMPTINESS, OPERATOR_WORDS, POINTS, PREFIX
from .naming import has_names, names_of, resolve
from .parsing import Group, Leaf, Node, leaves


def describe(conditions: Mapping[str, Any] | Group, language: str) -> str:
    """One sentence. At most one query per kind of row that is named. Raises ConditionInvalid."""
    parts = phrases(conditions, language)
    with translation.override(language):
        return _(", and ").join(parts) if parts else _("Every ticket")


def phrases(conditions: Mapping[str, Any] | Group, language: str) -> list[str]:
    """One phrase for each condition that must hold, for a row of labels."""
    tree = resolve(conditions)
    with translation.override(language):
        words = _Words(tree, language)
        return words.of_group(tree)


class _Words:
    def __init__(self, tree: Group, language: str) -> None:
        wanted: dict[str, set[int]] = defaultdict(set)
        custom: set[str] = set()
        for leaf in leaves(tree):
            if leaf.key:
                custom.add(leaf.key)
            elif has_names(leaf.field) and leaf.operator not in EMPTINESS:
                wanted[leaf.field] |= {one for one in leaf.value if isinstance(one, int)}
        self.names = {field: names_of(field, ids, language) for field, ids in wanted.items() if ids}
        rows = CustomField.objects.filter(on="ticket", key__in=custom) if custom else ()
        self.custom = {row.key: row for row in rows}
        self.language = language
        self.chosen: dict[str, dict[Any, str]] = {}

    def of_group(self, tree: Group) -> list[str]:
        parts = [self.of(node) for node in tree.all]
        if tree.any:
            either = _(" or ").join(self.of(node) for node in tree.any)
            parts.append(either if len(tree.any) == 1 else f"({either})")
        parts += [_("not: {condition}").format(condition=self.of(node)) for node in tree.none]
        return parts

    def of(self, node: Node) -> str:
        if isinstance(node, Group):
            parts = self.of_group(node)
            both = _(" and ").join(parts)
            return f"({both})" if len(parts) > 1 else both or _("Every ticket")
        return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> str:
        label, operator = self._label(leaf), str(OPERATOR_WORDS[leaf.operator])
        if leaf.operator in EMPTINESS:
            return f"{label} {operator}"
        if leaf.operator in DURATIONS:
            return f"{label} {operator} {moments.duration_words(leaf.value)}"
        if leaf.operator in POINTS:
            point = {"now": _("now"), "today": _("today")}.get(leaf.value, leaf.value)
            return f"{label} {operator} {point}"
        if isinstance(leaf.value, bool):
            return label if leaf.value else _("not: {condition}").format(condition=label)
        values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
        chosen = _(" or ").join(self._value(leaf, one) for one in values)
        return f"{label} {operator} {chosen}"

    def _label(self, leaf: Leaf) -> str:
        if not leaf.key:
            return str(field_named(leaf.field).label)
        row = self.custom.get(leaf.key)
        return row.name_in(self.language) if row else leaf.field.removeprefix(PREFIX)

    def _value(self, leaf: Leaf, value: Any) -> str:
        if leaf.key:
            return self._custom_value(leaf.key, value)
        field = field_named(leaf.field)
        if value in self._choices(leaf.field):
            return self._choices(leaf.field)[value]
        if value in field.choices:
            return str(field.choices[value]).partition(":")[0]
        if value in field.words:
            return str(field.words[value])
        if isinstance(value, int) and has_names(leaf.field):
            return self.names.get(leaf.field, {}).get(value) or _("(no longer there)")
        if isinstance(value, str) and field.type in ("text", "words"):
            return pgettext("quoted words", "“{words}”").format(words=value)
        return str(value)

    def _choices(self, name: str) -> dict[Any, str]:
        """What values of a context field are called, where they are rows."""
        choices = CONTEXT[name].choices if name in CONTEXT else None
        if choices is None:
            return {}
        if name not in self.chosen:
            self.chosen[name] = dict(choices(self.language))
        return self.chosen[name]

    def _custom_value(self, key: str, value: Any) -> str:
        row = self.custom.get(key)
        for choice in row.choices if row else ():
            if choice.get("key") == value:
                names = choice.get("names") or {}
                return str(names.get(self.language) or names.get("en") or value)
        return str(value)
