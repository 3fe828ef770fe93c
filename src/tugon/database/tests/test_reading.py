from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from tugon.accounts.models import Agent, Membership, Role, Team
from tugon.database.reading import gather, read

pytestmark = pytest.mark.django_db


@read
def agents_of(team: int) -> QuerySet[Agent, Agent]:
    return Agent.objects.filter(teams=team).order_by("name")


@read
def memberships(team: int, *, leading: bool = False) -> QuerySet[Membership, Membership]:
    found = Membership.objects.filter(team=team).select_related("agent", "team").order_by("agent__name")
    return found.filter(leads=True) if leading else found


@read
def sessions(after: datetime) -> QuerySet[Session, Session]:
    return Session.objects.filter(expire_date__gt=after)


@pytest.fixture
def team() -> Team:
    team = Team.objects.create(name="Billing")
    for name in ("Ana", "Ben"):
        agent = Agent.objects.create_user(f"{name}@example.org".lower(), name)
        Agent.objects.filter(pk=agent.pk).update(joined_at=datetime(2026, 3, 4, 5, 6, 7, 89, UTC))
        Membership.objects.create(team=team, agent=agent, leads=name == "Ben")
    return team


def test_a_read_gives_what_django_gives(team):
    plain = list(Agent.objects.filter(teams=team).order_by("name"))
    asked = agents_of(team.pk).rows()
    names = [field.attname for field in Agent._meta.concrete_fields]
    assert [[getattr(one, name) for name in names] for one in asked] == [
        [getattr(one, name) for name in names] for one in plain
    ]


def test_several_reads_are_one_statement_and_related_rows_come_along(team, django_assert_num_queries):
    gather(agents_of(1), memberships(1), memberships(1, leading=True))
    with django_assert_num_queries(1):
        agents, both, leads = gather(
            agents_of(team.pk), memberships(team.pk), memberships(team.pk, leading=True)
        )
        assert [one.agent.name for one in both] == [one.name for one in agents] == ["Ana", "Ben"]
        assert [one.agent.name for one in leads] == ["Ben"]
        assert {one.team.name for one in both} == {"Billing"}


def test_nothing_found_is_an_empty_list():
    assert agents_of(2**40).rows() == []


def test_values_are_values_whatever_they_hold(team):
    @read
    def named(name: str) -> QuerySet[Agent, tuple[int, str]]:
        return Agent.objects.filter(name=name).values_list("pk", "name")

    assert named("Ana' OR 1=1 -- %s").rows() == []
    assert [name for _pk, name in named("Ana").rows()] == ["Ana"]


def test_one_column_comes_bare_and_lists_stay_lists():
    @read
    def permissions(role: int) -> QuerySet[Role, list[str]]:
        return Role.objects.filter(pk=role).values_list("permissions", flat=True)

    role = Role.objects.create(name="Tester", permissions=["ticket.view"])
    assert permissions(role.pk).rows() == [["ticket.view"]]


def test_moments_are_values_too():
    Session.objects.create(session_key="k", session_data="", expire_date=datetime(2026, 12, 1, tzinfo=UTC))
    assert len(sessions(datetime(2026, 11, 30, tzinfo=UTC)).rows()) == 1
    assert sessions(datetime(2026, 12, 2, tzinfo=UTC)).rows() == []


def test_a_list_of_numbers_is_one_value(team, django_assert_num_queries):
    @read
    def some(ids: list[int]) -> QuerySet[Agent, Agent]:
        return Agent.objects.filter(pk__any_of=ids).order_by("name")

    ids = list(Agent.objects.values_list("pk", flat=True))
    assert [one.name for one in some(ids).rows()] == ["Ana", "Ben"]
    assert [one.name for one in some(ids[:1]).rows()] == ["Ana"]
