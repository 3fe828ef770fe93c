"""What was learnt speaks: it decides where it is as sure as it proved to have to be, and suggests below."""

from __future__ import annotations

from collections.abc import Sequence

from tugon.accounts.models import Team
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.tickets.models import Ticket
from tugon.tickets.operations import transfer

from .. import readings
from ..learning.features import text_of
from ..learning.kept import Guess, Learnt
from ..learning.training import SUGGESTS
from ..learnt import learnt
from ..merging import RANKS, put
from ..models import Classifier, TicketReading

VIA = "understanding"
SURE_TOPIC = 0.8
"""Sureness of a topic at which its team gets a ticket that has none."""


def guess(reading: TicketReading, *, subject: str, body: str) -> None:
    """Topic and team by the words. Changes the reading, does not save it. No query of its own beyond `learnt`."""
    text = text_of(subject, body)
    for kind in Classifier.Kind.values:
        known = learnt(kind)
        if known is not None:
            hear(reading, kind, known.guess(text))


def hear_with_vector(reading: TicketReading, text: str, vector: Sequence[float], *, model: str) -> None:
    """Topic and team by words and meaning, where both were learnt from with the same embedder."""
    for kind in Classifier.Kind.values:
        known: Learnt | None = learnt(kind)
        if known is not None and known.embedder == model:
            hear(reading, kind, known.guess(text, vector=vector))


def hear(reading: TicketReading, kind: str, found: Guess | None) -> None:
    """Take a guess in: as the topic where it is sure enough, as a suggestion below."""
    if found is None or found.confidence < SUGGESTS:
        return
    if kind == Classifier.Kind.TOPIC and found.applies:
        evidence = [[word, -1, -1] for word in found.because]
        if put(reading, "topic", found.value, found.confidence, by="classifier", evidence=evidence):
            reading.suggested = {name: one for name, one in reading.suggested.items() if name != "topic"}
        return
    if kind == Classifier.Kind.TOPIC and (
        found.value == reading.topic_id or RANKS[str(reading.decided_by.get("topic", ""))] >= RANKS["rule"]
    ):
        return
    reading.suggested = {
        **reading.suggested,
        kind: {
            "value": found.value,
            "confidence": round(found.confidence, 3),
            "because": list(found.because),
            "applies": found.applies,
        },
    }


def place(ticket: Ticket, reading: TicketReading) -> None:
    """Give a ticket of no team to the one that what was learnt is sure of, or to the team of its topic. Rules may move
    it on: they come after.
    """
    if ticket.team_id is not None or ticket.is_spam:
        return
    team, via = _team_for(reading)
    if team is None or team.archived_at is not None:
        return
    moved = transfer(ticket, to=team, by=Actor(ActorKind.SYSTEM, via=via))
    ticket.team, ticket.updated_at = team, moved.updated_at


def _team_for(reading: TicketReading) -> tuple[Team | None, str]:
    suggested = reading.suggested.get("team")
    if suggested and suggested.get("applies"):
        found = Team.objects.filter(pk=suggested["value"]).first()
        if found is not None:
            return found, f"{VIA}: {suggested['confidence']:.0%}"
    topic = readings.topics().get(reading.topic_id or 0)
    if topic is not None and topic.team is not None and reading.topic_confidence >= SURE_TOPIC:
        return topic.team, f"{VIA}: {topic.key}"
    return None, SYSTEM.via
