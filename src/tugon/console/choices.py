"""What the ticket page offers to choose from. Read once a page; rows of a company, so few."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent, Membership, Team
from tugon.customers.models import CustomField
from tugon.tickets.models import Kind, Priority, Severity, State, Ticket

from .words import Names


@dataclass(frozen=True, slots=True)
class Choices:
    """agents: of the ticket's team, or all without one; colleagues: all, to follow or be told."""

    agents: list[Agent]
    colleagues: list[Agent]
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

    def names(self, ticket: Ticket, language: str) -> Names:
        """What is read already and need not be read again for the timeline."""
        return Names(
            {agent.pk: agent.name for agent in self.colleagues},
            {team.pk: team.name for team in self.teams},
            {ticket.customer_id: ticket.customer.shown_name},
            {state.pk: state.name_in(language) for state in self.states},
        )


def choices_for(ticket: Ticket) -> Choices:
    """Four queries."""
    members = Membership.objects.filter(agent=OuterRef("pk"), team_id=ticket.team_id or 0)
    colleagues = list(Agent.objects.active().by_name().annotate(is_in_team=Exists(members))[:200])
    agents = colleagues
    if ticket.team_id:
        agents = [agent for agent in colleagues if agent.is_in_team or agent.pk == ticket.assignee_id]
    return Choices(
        agents=agents,
        colleagues=colleagues,
        teams=list(Team.objects.filter(archived_at=None)),
        states=list(State.objects.filter(archived_at=None)),
        fields=list(CustomField.objects.filter(on="ticket", archived_at=None)),
        kinds=[(value, str(label)) for value, label in Kind.choices],
        priorities=[(value, str(label)) for value, label in Priority.choices],
        severities=[(value, str(label)) for value, label in Severity.choices],
    )


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
