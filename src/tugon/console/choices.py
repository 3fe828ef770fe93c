"""What the ticket page offers to choose from. Read once a page; rows of a company, so few."""

from dataclasses import dataclass

from tugon.accounts.models import Agent, Team
from tugon.customers.models import CustomField
from tugon.tickets.models import Kind, Priority, Severity, State, Ticket


@dataclass(frozen=True, slots=True)
class Choices:
    """agents: of the ticket's team, or all without one."""

    agents: list[Agent]
    teams: list[Team]
    states: list[State]
    fields: list[CustomField]
    kinds: list[tuple[str, str]]
    priorities: list[tuple[int, str]]
    severities: list[tuple[int, str]]

    @property
    def agent_options(self) -> list[tuple[int, str]]:
        return [(agent.pk, agent.name) for agent in self.agents]

    @property
    def team_options(self) -> list[tuple[int, str]]:
        return [(team.pk, team.name) for team in self.teams]


def choices_for(ticket: Ticket) -> Choices:
    """Four queries."""
    agents = Agent.objects.active().by_name()
    if ticket.team_id:
        agents = agents.filter(memberships__team_id=ticket.team_id)
    return Choices(
        agents=list(agents[:200]),
        teams=list(Team.objects.filter(archived_at=None)),
        states=list(State.objects.filter(archived_at=None)),
        fields=list(CustomField.objects.filter(on="ticket", archived_at=None)),
        kinds=[(value, str(label)) for value, label in Kind.choices],
        priorities=[(value, str(label)) for value, label in Priority.choices],
        severities=[(value, str(label)) for value, label in Severity.choices],
    )

