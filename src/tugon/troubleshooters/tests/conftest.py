"""A small troubleshooter that everybody here walks: blank page on any device, another way for iPhones."""

from collections.abc import Callable
from typing import Any

import pytest

from tugon.accounts.models import Agent
from tugon.troubleshooters import operations, references
from tugon.troubleshooters.graph import Graph, read
from tugon.troubleshooters.models import Troubleshooter


def both(words: str) -> dict[str, str]:
    return {"en": words, "fil": f"{words} (fil)"}


DRAWN: dict[str, Any] = {
    "start": "where",
    "titles": both("A video will not play"),
    "summaries": both("Find out why in three steps."),
    "nodes": [
        {"id": "where", "kind": "question", "titles": both("Where do you watch?"),
         "exits": [{"key": "app", "to": "iphone", "labels": both("In the app")},
                   {"key": "web", "to": "sound", "labels": both("In a browser")}]},
        {"id": "iphone", "kind": "condition", "fact": "system", "values": ["ios"],
         "exits": [{"key": "then", "to": "update"}, {"key": "otherwise", "to": "sound"}]},
        {"id": "update", "kind": "action", "titles": both("Update the app"), "bodies": both("Open the **App Store**."),
         "exits": [{"key": "helped", "to": "done"}, {"key": "not_helped", "to": "write"}]},
        {"id": "sound", "kind": "check", "titles": both("Do you see a lock on the video?"),
         "exits": [{"key": "yes", "to": "read"}, {"key": "no", "to": "where"}, {"key": "unsure", "to": "write"}]},
        {"id": "done", "kind": "end", "outcome": "solved", "titles": both("It plays again")},
        {"id": "read", "kind": "end", "outcome": "article", "article": 17, "titles": both("This video is for patrons")},
        {"id": "write", "kind": "end", "outcome": "ticket", "titles": both("We look into it"),
         "subjects": both("Video will not play")},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Article 17 is the one there is."""
    known = [references.Target("17", "Videos for patrons", "/en/help/articles/patrons/")]
    monkeypatch.setitem(references._offered, "article", lambda language: known)


@pytest.fixture
def drawn() -> Graph:
    return read(DRAWN)


@pytest.fixture
def video(lea: Agent, drawn: Graph) -> Troubleshooter:
    """Published, for everybody, at the address video-will-not-play."""
    row = operations.create(titles=dict(drawn.titles), slug="video-will-not-play", graph=drawn, by=lea.actor)
    operations.publish(row, by=lea.actor)
    return Troubleshooter.objects.get(pk=row.pk)


@pytest.fixture
def walking(video: Troubleshooter) -> Callable[..., Any]:
    """Walk it: `walking("app", "helped", system="ios")`; the walk as it stands then."""
    from tugon.events.actors import SYSTEM

    def go(*keys: str, **facts: str) -> Any:
        customer = facts.pop("customer", None)
        walk = operations.begin(video, language="en", facts=facts, customer=customer, by=SYSTEM)  # type: ignore[arg-type]
        for number, key in enumerate(keys):
            walk = operations.answer(walk, at_step=number, key=key, by=SYSTEM)
        return walk

    return go
