"""Names leave with the commit, once, and not with a rollback. Heard through PostgreSQL itself."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import transaction

from tugon.realtime.hub import _connection_parameters
from tugon.realtime.publish import CHANNEL, PAYLOAD, publish
from tugon.realtime.topics import Topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard() -> Iterator[psycopg.Connection]:
    with psycopg.connect(**_connection_parameters(), autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield listening


def payloads(heard: psycopg.Connection, *, wait: float = 0.3) -> list[str]:
    return [notification.payload for notification in heard.notifies(timeout=wait)]


def test_a_transaction_says_each_name_once_and_all_in_one_message(heard):
    with transaction.atomic():
        publish(Topic("ticket", 1), "queue:7")
        with transaction.atomic():
            publish("ticket:1", "agent:3")
        assert payloads(heard, wait=0.1) == []
    assert payloads(heard) == ["ticket:1 queue:7 agent:3"]


def test_a_rollback_tells_nobody(heard):
    with transaction.atomic():
        publish("ticket:1")
        transaction.set_rollback(True)
    assert payloads(heard) == []


def test_a_savepoint_that_is_rolled_back_takes_no_later_name_with_it(heard):
    with transaction.atomic():
        with transaction.atomic():
            publish("ticket:1")
            transaction.set_rollback(True)
        publish("ticket:2")
    assert payloads(heard) == ["ticket:2"]


def test_what_is_said_outside_of_a_transaction_is_said_at_once(heard):
    publish("ticket:5")
    assert payloads(heard) == ["ticket:5"]


def test_more_names_than_one_message_holds_are_split(heard):
    names = [f"ticket:{number}" for number in range(1500)]
    with transaction.atomic():
        publish(*names)
    messages = payloads(heard)
    assert len(messages) == 3
    assert all(len(message.encode()) <= PAYLOAD for message in messages)
    assert " ".join(messages).split() == names


def test_what_is_not_a_name_is_refused_before_it_can_reach_sql(heard):
    with pytest.raises(ValueError, match="not a topic"):
        publish("ticket:1'; DROP TABLE tickets; --")
    assert payloads(heard) == []
