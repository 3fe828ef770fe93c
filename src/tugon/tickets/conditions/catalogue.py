"""What a condition editor offers: fields, their operators and values, as plain data in the language active now."""

from dataclasses import dataclass
from typing import Any

from tugon.accounts.models import Agent, Team
from tugon.channels.models import Channel
from tugon.customers.models import Audience, CustomField, Organisation, Plan

from ..models import State, Tag
from .context import CONTEXT
from .fields import (
    CUSTOM_OPERATORS,
    DURATIONS,
    EMPTINESS,
    FIELDS,
    LISTS,
    OPERATOR_WORDS,
    POINTS,
    PREFIX,
    Operator,
)
from .registering import PROVIDED

MOST_CHOICES = 200


@dataclass(frozen=True, slots=True)
class OperatorOffer:
    """needs: what stands beside it: "values" (several), "value" (one), "duration", "point" or "" (nothing)."""

    name: str
    label: str
    needs: str


@dataclass(frozen=True, slots=True)
class FieldOffer:
    """choices: (value, label); empty where one writes freely (or there are too many to list)."""

    name: str
    label: str
    type: str
    operators: tuple[OperatorOffer, ...]
    choices: tuple[tuple[Any, str], ...]


def catalogue(language: str, *, context: bool = False) -> list[FieldOffer]:
    """Every field a condition may ask about. Nine queries, whatever is configured, and those of added fields.

    context: also what only rules can ask about: the message that came, its writer, the hour.
    """
    rows = _rows(language)
    offers = []
    for field in FIELDS.values():
        choices = [(value, str(label)) for value, label in field.choices.items()]
        choices += [(word, str(label)) for word, label in field.words.items()]
        choices += rows.get(field.name, [])
        provided = PROVIDED.get(field.name)
        if provided and provided.choices:
            choices += provided.choices(language)
        offers.append(
            FieldOffer(
                field.name, str(field.label), str(field.type), _offers(field.operators), tuple(choices)
            )
        )
    if context:
        offers = _of_context(language) + offers
    return offers + [
        _custom(row, language) for row in CustomField.objects.filter(on="ticket", archived_at=None)
    ]


def _of_context(language: str) -> list[FieldOffer]:
    return [
        FieldOffer(
            one.field.name,
            str(one.field.label),
            str(one.field.type),
            _offers(one.field.operators),
            (
                *((value, str(label)) for value, label in one.field.choices.items()),
                *(one.choices(language) if one.choices else ()),
            ),
        )
        for one in CONTEXT.values()
    ]


def _rows(language: str) -> dict[str, list[tuple[Any, str]]]:
    agents = [(row.pk, row.name) for row in Agent.objects.active().by_name()[:MOST_CHOICES]]
    return {
        "team": [(row.pk, row.name) for row in Team.objects.filter(archived_at=None)],
        "assignee": agents,
        "followers": agents,
        "state": [(row.pk, row.name_in(language)) for row in State.objects.filter(archived_at=None)],
        "audience": [(row.pk, row.name_in(language)) for row in Audience.objects.all()],
        "plan": [(row.pk, row.name) for row in Plan.objects.all()],
        "channel": [(row.pk, row.name) for row in Channel.objects.all()],
        "organisation": [(row.pk, row.name) for row in Organisation.objects.all()[:MOST_CHOICES]],
        "tags": [(row.name, row.name) for row in Tag.objects.all()[:MOST_CHOICES]],
    }


def _custom(row: CustomField, language: str) -> FieldOffer:
    choices = tuple(
        (
            one["key"],
            (one.get("names") or {}).get(language) or (one.get("names") or {}).get("en") or one["key"],
        )
        for one in row.choices
    )
    operators = _offers(CUSTOM_OPERATORS[row.kind])
    return FieldOffer(f"{PREFIX}{row.key}", row.name_in(language), row.kind, operators, choices)


def _offers(operators: tuple[Operator, ...]) -> tuple[OperatorOffer, ...]:
    return tuple(OperatorOffer(str(one), str(OPERATOR_WORDS[one]), _needs(one)) for one in operators)


def _needs(operator: Operator) -> str:
    if operator in EMPTINESS:
        return ""
    if operator in LISTS:
        return "values"
    if operator in DURATIONS:
        return "duration"
    return "point" if operator in POINTS else "value"
