import pytest

from tugon.realtime import topics
from tugon.realtime.identity import Identity
from tugon.realtime.topics import Topic, allowed, may_subscribe

AGENT = Identity("a", agent_id=3)
CUSTOMER = Identity("c", customer_id=9)


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    monkeypatch.setattr(topics, "_rules", {})
    may_subscribe("ticket", lambda who, id: who.agent_id is not None or id == "42")


@pytest.mark.parametrize("name", ["ticket:1042", "queue:mine", "presence:ticket:1042", "agent:3"])
def test_a_name_is_read_and_written_the_same(name):
    assert str(Topic.parse(name)) == name


@pytest.mark.parametrize(
    "name", ["", "ticket", "ticket:", ":1", "Ticket:1", "ticket:1 2", "ticket:1\n", "x:" + "1" * 99]
)
def test_what_is_not_a_name_is_not_a_topic(name):
    assert Topic.parse(name) is None


def test_a_kind_nobody_registered_is_refused():
    assert allowed(AGENT, [Topic("payroll", "1")]) == set()


def test_the_rule_of_the_kind_decides():
    asked = [Topic("ticket", "42"), Topic("ticket", "43")]
    assert allowed(CUSTOMER, asked) == {Topic("ticket", "42")}
    assert allowed(AGENT, asked) == set(asked)


def test_who_looks_at_a_ticket_is_told_to_agents_only():
    looking = Topic("ticket", "42").presence
    assert str(looking) == "presence:ticket:42"
    assert allowed(AGENT, [looking]) == {looking}
    assert allowed(CUSTOMER, [looking]) == set()
