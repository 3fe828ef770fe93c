from datetime import timedelta

import pytest
from django.db import connection

from tugon.lib.clock import now
from tugon.realtime import presence, topics
from tugon.realtime.models import Presence
from tugon.realtime.topics import Topic, may_subscribe

pytestmark = pytest.mark.django_db
TICKET = Topic("ticket", 1042)
ANA, BEN = 1, 2


@pytest.fixture
def told(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(presence, "publish", lambda *topics: names.extend(map(str, topics)))
    return names


def states() -> list[tuple[int, str]]:
    return [(one.agent_id, one.state) for one in presence.present(TICKET)]


def test_only_a_change_is_told(told):
    presence.arrive(TICKET, agent_id=BEN, state="viewing")
    told.clear()
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    assert told == ["presence:ticket:1042"]
    presence.arrive(TICKET, agent_id=ANA, state="writing")
    assert told == ["presence:ticket:1042"] * 2
    assert states() == [(ANA, "writing"), (BEN, "viewing")]


def test_who_is_alone_tells_nobody(told):
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    presence.arrive(TICKET, agent_id=ANA, state="writing")
    assert told == []


def test_who_writes_stands_before_who_views(told):
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    presence.arrive(TICKET, agent_id=BEN, state="writing")
    assert states() == [(BEN, "writing"), (ANA, "viewing")]


def test_leaving_is_told_once(told):
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    told.clear()
    presence.leave(TICKET, agent_id=ANA)
    presence.leave(TICKET, agent_id=ANA)
    assert told == ["presence:ticket:1042"]
    assert states() == []


def test_the_last_word_of_a_page_does_not_end_the_one_that_follows_it(told):
    first = presence.arrive(TICKET, agent_id=ANA, state="viewing")
    second = presence.arrive(TICKET, agent_id=ANA, state="viewing")
    presence.leave(TICKET, agent_id=ANA, at=first)
    assert states() == [(ANA, "viewing")]
    presence.leave(TICKET, agent_id=ANA, at=second)
    assert states() == []


def test_who_falls_silent_is_gone_and_the_others_are_told_by_the_next_heartbeat(told):
    presence.arrive(TICKET, agent_id=ANA, state="writing")
    Presence.objects.update(at=now() - timedelta(seconds=46))
    assert states() == []
    told.clear()
    presence.arrive(Topic("ticket", 7), agent_id=BEN, state="viewing")
    assert told == ["presence:ticket:1042"]


def test_a_silent_one_who_comes_back_is_news(told):
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    Presence.objects.update(at=now() - timedelta(seconds=46))
    presence.arrive(TICKET, agent_id=BEN, state="viewing")
    told.clear()
    presence.arrive(TICKET, agent_id=ANA, state="viewing")
    assert told == ["presence:ticket:1042"]


def test_no_disk_waits_for_presence():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'realtime_presence'")
        assert cursor.fetchone() == ("u",)


@pytest.fixture
def agent(django_user_model):
    return django_user_model.objects.create(email="ana@example.test", name="Ana")


def test_a_heartbeat_of_an_agent_is_kept_and_leaving_removes_it(client, agent, told, monkeypatch):
    monkeypatch.setattr(topics, "_rules", {})
    may_subscribe("ticket", lambda who, id: who.agent_id == agent.pk and id == "1042")
    client.force_login(agent)
    assert client.post("/-/presence", {"topic": "ticket:1042", "state": "writing"}).status_code == 204
    assert states() == [(agent.pk, "writing")]
    assert client.post("/-/presence", {"topic": "ticket:7", "state": "viewing"}).status_code == 403
    assert client.post("/-/presence", {"topic": "ticket:1042", "state": "asleep"}).status_code == 400
    assert client.post("/-/presence", {"topic": "ticket:1042", "state": "left"}).status_code == 204
    assert states() == []


def test_a_stranger_is_nowhere(client):
    assert client.post("/-/presence", {"topic": "ticket:1042", "state": "viewing"}).status_code == 401
    assert states() == []
