"""What the ticket page offers to choose from: rows of a company, so few, and remembered while nobody changes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Membership, Team
from tugon.customers.models import CustomField
from tugon.lib.remember import remembered
from tugon.tickets.models import Kind, Priority, Severity, State, Ticket

from .words import Names

MOST_COLLEAGUES = 200


class Colleague(NamedTuple):
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """agents: of the ticket's team, or all without one; colleagues: all, to follow or be told."""

    agents: list[Colleague]
    colleagues: list[Colleague]
    teams: list[Team]
    states: list[State]
    fields: list[CustomField]
    kinds: list[tuple[str, str]]
    priorities: list[tuple[int, str]]
    severities: list[tuple[int, str]]

    states_of: Mapping[int, str] = field(default_factory=dict)
    """Of who cannot be given tickets now, in words."""

    @property
    def agent_options(self) -> list[tuple[int, str]]:
        """Agents by name; who is not here says so."""
        return [
            (
                agent.pk,
                f"{agent.name} · {self.states_of[agent.pk]}" if agent.pk in self.states_of else agent.name,
            )
            for agent in self.agents
        ]

    @property
    def team_options(self) -> list[tuple[int, str]]:
        return [(team.pk, team.name) for team in self.teams]

    def names(self, ticket: Ticket, language: str) -> Names:
        """What is read already and need not be read again for the timeline."""
        return Names(
            {agent.pk: agent.name for agent in self.colleagues},
            {team.pk: team.name for team in self.teams},
            {ticket.customer_id: ticket.customer.shown_name},
            {state.pk: state.name_in(language) for state in self.states},
        )


def choices_for(ticket: Ticket) -> Choices:
    """Five queries; none while nothing of it was changed since it was asked for another page."""
    everybody = colleagues()
    agents = everybody
    if ticket.team_id:
        members = _members(ticket.team_id)
        agents = [agent for agent in everybody if agent.pk in members or agent.pk == ticket.assignee_id]
    return Choices(
        agents=agents,
        colleagues=everybody,
        teams=_teams(),
        states=_states(),
        fields=ticket_fields(),
        kinds=[(value, str(label)) for value, label in Kind.choices],
        priorities=[(value, str(label)) for value, label in Priority.choices],
        severities=[(value, str(label)) for value, label in Severity.choices],
    )


@remembered
def colleagues() -> list[Colleague]:
    """Everybody who works here now, by name. One query."""
    rows = Agent.objects.active().by_name().values_list("pk", "name")
    return [Colleague(*row) for row in rows[:MOST_COLLEAGUES]]


@remembered
def _members(team: int) -> frozenset[int]:
    return frozenset(Membership.objects.filter(team=team).values_list("agent_id", flat=True))


@remembered
def _teams() -> list[Team]:
    return list(Team.objects.filter(archived_at=None))


@remembered
def _states() -> list[State]:
    return list(State.objects.filter(archived_at=None))


@remembered
def ticket_fields() -> list[CustomField]:
    """The company's own fields of tickets. One query."""
    return list(CustomField.objects.filter(on="ticket", archived_at=None))


def order_options() -> list[tuple[str, str]]:
    """The orders of lists in words."""
    return [
        ("-updated_at", _("Last change first")),
        ("updated_at", _("Longest untouched first")),
        ("due_at", _("Next promise first")),
        ("-priority", _("Most urgent first")),
        ("-created_at", _("Newest first")),
        ("created_at", _("Oldest first")),
        ("-last_customer_at", _("Latest customer message first")),
        ("last_customer_at", _("Longest waiting first")),
    ]
