"""Names leave with the commit, once, and not with a rollback. Heard through PostgreSQL itself."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

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
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish("ticket:1")
        1 / 0
    assert payloads(heard) == []


def test_a_savepoint_that_is_rolled_back_takes_no_later_name_with_it(heard):
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            publish("ticket:1")
            1 / 0
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


def test_a_transaction_pays_one_query_after_its_commit():
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        for number in range(20):
            publish(f"ticket:{number}")
    assert [query["sql"][:9] for query in queries.captured_queries if "pg_notify" in query["sql"]] == ["SELECT pg"]
    assert "pg_notify" in queries.captured_queries[-1]["sql"]
