"""What the editor offers to choose from: teams, people, states, fields, templates, levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tugon.accounts.models import Agent, Team
from tugon.customers.models import CustomField
from tugon.rules import reaching
from tugon.rules.actions import offered
from tugon.rules.actions.giving import STRATEGIES
from tugon.rules.actions.setting import PROPERTIES, property_names
from tugon.rules.actions.telling import WHO
from tugon.rules.letters import PARTS
from tugon.rules.naming import template_names
from tugon.tickets.conditions.fields import FIELDS
from tugon.tickets.models import State, Status

MOST = 300
Choices = list[tuple[Any, str]]


@dataclass(frozen=True, slots=True)
class Offers:
    """(value, words) each; fields also carry their kind and choices."""

    actions: Choices
    properties: Choices
    values: dict[str, Choices]
    states: Choices
    teams: Choices
    agents: Choices
    strategies: Choices
    who: Choices
    templates: Choices
    levels: Choices
    fields: list[CustomField]
    parts: list[str]


def offers_for(kind: str, language: str) -> Offers:
    """Everything the actions' inputs offer. Six queries."""
    states = [(f"status:{value}", str(label)) for value, label in Status.choices]
    rows = State.objects.filter(archived_at=None)
    return Offers(
        actions=[(one.do, str(one.label)) for one in offered(kind)],
        properties=[(name, str(FIELDS[name].label)) for name in PROPERTIES],
        values={name: list(choices.items()) for name, choices in property_names().items()},
        states=states + [(f"state:{row.pk}", row.name_in(language)) for row in rows],
        teams=list(Team.objects.filter(archived_at=None).values_list("pk", "name")),
        agents=[(row.pk, row.name) for row in Agent.objects.active().by_name()[:MOST]],
        strategies=[(value, str(words)) for value, words in STRATEGIES.items()],
        who=[(value, str(words)) for value, words in WHO.items()],
        templates=list(template_names().items()),
        levels=list(reaching.levels(language)),
        fields=list(CustomField.objects.filter(on="ticket", archived_at=None)),
        parts=list(PARTS),
    )
