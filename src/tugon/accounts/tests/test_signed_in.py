import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from tugon.accounts.models import Agent, Role

pytestmark = pytest.mark.django_db

PAGE = "/-/profile"


@pytest.fixture
def agent() -> Agent:
    return Agent.objects.create_user("ana@example.org", "Ana", password="correct horse battery")


@pytest.fixture
def browser(agent: Agent) -> Client:
    browser = Client()
    browser.force_login(agent)
    for _ in range(2):  # from the second page on the session brings its agent along
        assert browser.get(PAGE).status_code == 200
    return browser


def test_who_asks_is_one_statement(browser, django_assert_num_queries):
    from tugon.accounts.signed_in import SessionStore, agent_of_session

    session = SessionStore(browser.cookies["sessionid"].value)
    with django_assert_num_queries(1):
        agent = agent_of_session(session)
        assert (agent.name, agent.permissions, agent.team_ids) == ("Ana", frozenset(), frozenset())


def test_an_ended_session_is_over_at_once(browser):
    Session.objects.all().delete()
    assert browser.get(PAGE).status_code == 302


def test_another_password_ends_the_session(browser, agent):
    agent.set_password("another horse")
    agent.save()
    assert browser.get(PAGE).status_code == 302


def test_a_deactivated_agent_is_out_at_once(browser, agent):
    Agent.objects.filter(pk=agent.pk).update(is_active=False)
    assert browser.get(PAGE).status_code == 302


def test_a_session_that_changes_hands_is_its_new_agents(browser, agent):
    other = Agent.objects.create_user("ben@example.org", "Ben", password="correct horse battery")
    other.roles.add(Role.objects.create(name="Tester", permissions=["ticket.view"]))
    browser.force_login(other)
    assert b"Ben" in browser.get(PAGE).content
    assert b"Ben" in browser.get(PAGE).content
