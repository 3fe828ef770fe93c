"""Between a form of conditions (`console/parts/condition.html`) and the condition language.

The form has rows `c-<n>-group`, `c-<n>-field`, `c-<n>-is`, `c-<n>-value` (several values repeat the name), and
durations `c-<n>-number` with `c-<n>-unit`. Groups are all, any, none. Conditions nested deeper than that are shown in
words and kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from .catalogue import FieldOffer, OperatorOffer

GROUPS = ("all", "any", "none")
MOST_ROWS = 30


@dataclass(frozen=True, slots=True)
class Row:
    """One condition as the editor shows it."""

    number: int
    group: str
    offer: FieldOffer
    operator: OperatorOffer
    values: Sequence[str] = field(default=())
    number_of: str = ""
    unit: str = "days"

    @property
    def name(self) -> str:
        return f"c-{self.number}"


def rows_of(conditions: dict[str, Any], offers: list[FieldOffer]) -> list[Row]:
    """The editor's rows for stored conditions; nested groups are left out (see `is_nested`)."""
    found: list[Row] = []
    for group in GROUPS:
        for leaf in conditions.get(group, ()):
            if "field" in leaf:
                found.append(
                    make_row(len(found), group, leaf["field"], leaf.get("is", ""), leaf.get("value"), offers)
                )
    return found


def is_nested(conditions: dict[str, Any]) -> bool:
    """Whether there are groups within groups, which the editor keeps but does not take apart."""
    return any("field" not in leaf for group in GROUPS for leaf in conditions.get(group, ()))


def make_row(number: int, group: str, name: str, operator: str, value: Any, offers: list[FieldOffer]) -> Row:
    """One row; an unknown field or operator becomes the first there is."""
    offer = next((one for one in offers if one.name == name), offers[0])
    chosen = next((one for one in offer.operators if one.name == operator), offer.operators[0])
    if chosen.needs == "duration":
        match = re.fullmatch(r"\s*(\d+)\s*(\w+?)s?\s*", str(value or ""))
        count, unit = (match[1], f"{match[2]}s") if match else ("2", "days")
        return Row(number, group, offer, chosen, (), count, unit)
    values = (
        [str(one) for one in value] if isinstance(value, list) else [] if value is None else [_text(value)]
    )
    return Row(number, group, offer, chosen, values)


def rows_sent(data: QueryDict, offers: list[FieldOffer]) -> list[Row]:
    """The rows as the form sent them."""
    numbers = sorted({int(match[1]) for name in data if (match := re.fullmatch(r"c-(\d{1,3})-field", name))})
    rows: list[Row] = []
    for number in numbers[:MOST_ROWS]:
        name = f"c-{number}"
        if data.get("remove") == str(number):
            continue
        row = make_row(
            len(rows),
            data.get(f"{name}-group", "all"),
            data.get(f"{name}-field", ""),
            data.get(f"{name}-is", ""),
            None,
            offers,
        )
        values = [value for value in data.getlist(f"{name}-value") if value != ""]
        rows.append(
            Row(
                row.number,
                row.group if row.group in GROUPS else "all",
                row.offer,
                row.operator,
                values,
                data.get(f"{name}-number", "2"),
                data.get(f"{name}-unit", "days"),
            )
        )
    return rows


def conditions_of(rows: Sequence[Row], kept: dict[str, Any] | None = None) -> dict[str, Any]:
    """The condition language for these rows; nested groups of `kept` stay."""
    conditions: dict[str, Any] = {group: [] for group in GROUPS}
    for row in rows:
        leaf: dict[str, Any] = {"field": row.offer.name, "is": row.operator.name}
        if row.operator.needs:
            leaf["value"] = _value(row)
        conditions[row.group].append(leaf)
    for group in GROUPS:
        conditions[group] += [leaf for leaf in (kept or {}).get(group, ()) if "field" not in leaf]
    return {group: leaves for group, leaves in conditions.items() if leaves}


def _value(row: Row) -> Any:
    if row.operator.needs == "duration":
        return f"{row.number_of or 0} {row.unit}"
    typed = [_typed(row.offer, value) for value in row.values]
    if row.operator.needs == "values":
        if row.offer.choices:
            return typed
        return [part.strip() for value in row.values for part in value.split(",") if part.strip()]
    return typed[0] if typed else ""


def _typed(offer: FieldOffer, value: str) -> Any:
    if offer.type in ("flag", "boolean"):
        return value in ("true", "True", "1", "on")
    for known, _label in offer.choices:
        if str(known) == value:
            return known
    if offer.type == "number" and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return value


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
