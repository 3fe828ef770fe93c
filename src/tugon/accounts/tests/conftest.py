import pytest

from tugon.accounts import starting
from tugon.accounts.models import Agent, Role, Team

PASSWORD = "a quiet river at dawn"


@pytest.fixture
def roles(db) -> dict[str, Role]:
    starting.create_roles()
    return {role.name: role for role in Role.objects.all()}


@pytest.fixture
def ada(roles) -> Agent:
    """The administrator."""
    agent = Agent.objects.create_user("ada@example.org", "Ada Lim", PASSWORD, joined_at="2026-01-01T00:00Z")
    agent.roles.add(roles["Administrator"])
    return agent


@pytest.fixture
def ben(roles) -> Agent:
    """An agent."""
    agent = Agent.objects.create_user("ben@example.org", "Ben Cruz", PASSWORD, joined_at="2026-01-01T00:00Z")
    agent.roles.add(roles["Agent"])
    return agent


@pytest.fixture
def support(db) -> Team:
    return Team.objects.create(name="Support")
