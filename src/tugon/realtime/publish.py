"""Telling open screens, at commit, that something changed."""

import re
from collections.abc import Iterable, Iterator

from django.db import connection
from django.utils.crypto import salted_hmac

from tugon.realtime.topics import Topic

CHANNEL = "tugon_topics"
_name = re.compile(r"[a-z_:]+:[A-Za-z0-9_-]{1,64}")
PAYLOAD = 7900  # bytes; PostgreSQL refuses payloads of 8000 (NOTIFY, "payload")


class _Publication:
    """The topics of one transaction, sent by one statement after its commit.

    After, not inside: PostgreSQL lets one transaction at a time commit with a NOTIFY in it, so a NOTIFY inside would
    make all who write wait for each other's disk.
    """

    def __init__(self, topics: Iterable[str]) -> None:
        self.topics = dict.fromkeys(topics)

    def __call__(self) -> None:
        connection.ensure_connection()
        # Past Django's cursor and without parameters: one round trip of the simple protocol, half the cost.
        # Names hold no quote: `publish` has seen to it.
        for payload in _payloads(self.topics):
            connection.connection.execute(f"NOTIFY {CHANNEL}, '{payload}'")


def publish(*topics: Topic | str) -> None:
    """Tell everyone who listens that these topics changed, once this transaction commits. A rollback tells nobody."""
    names = [str(topic) for topic in topics]
    if not names:
        return
    if wrong := [name for name in names if not _name.fullmatch(name)]:
        raise ValueError(f"not a topic: {wrong[0]!r}")
    waiting = _waiting()
    if waiting:
        waiting.topics.update(dict.fromkeys(names))
    else:
        connection.on_commit(_Publication(names), robust=True)


def publish_revocation(session_key: str) -> None:
    """Have the streams of this session look again whether it still stands. Call where a session is ended."""
    publish(session_topic(session_key))


def session_topic(session_key: str) -> Topic:
    """The topic of a session's own life. Holds no secret: NOTIFY can be heard by every role of the database."""
    return Topic(
        "session", salted_hmac("tugon.realtime.session", session_key, algorithm="sha256").hexdigest()[:40]
    )


def _waiting() -> _Publication | None:
    """What this transaction already has to say, unless a savepoint that is over could still take it back.

    A savepoint inside may add to it: if it is rolled back, a screen fetches once too often.
    """
    inside = set(connection.savepoint_ids)
    for entry in reversed(connection.run_on_commit):
        savepoints, hook = entry[0], entry[1]
        if isinstance(hook, _Publication) and set(savepoints) <= inside:
            return hook
    return None


def _payloads(topics: Iterable[str]) -> Iterator[str]:
    """Names separated by blanks, in parts that PostgreSQL takes."""
    part: list[str] = []
    size = 0
    for topic in topics:
        length = len(topic.encode()) + 1
        if part and size + length > PAYLOAD:
            yield " ".join(part)
            part, size = [], 0
        part.append(topic)
        size += length
    if part:
        yield " ".join(part)
