"""What templates do when something below them happens."""

from __future__ import annotations

from typing import Any

from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.lib.clock import now
from tugon.tickets.events import AgentReplied, MessageRedacted, ReplyWithdrawn, TicketMerged
from tugon.tickets.models import Message

from .models import Template, Translation, Use
from .operations import counting


def on_replied(fact: AgentReplied, _event: Event) -> None:
    """What the writer had put in counts as used."""
    message = Message.objects.select_related("agent").get(pk=fact.message_id)
    if message.agent is not None:
        counting.count_sent(message, by=message.agent.actor)


def on_withdrawn(fact: ReplyWithdrawn, _event: Event) -> None:
    """The answer is a draft again, and what it used with it."""
    counting.take_back(fact.ticket_id, by=SYSTEM)


def on_solved(fact: Any, _event: Event) -> None:
    counting.mark_solved(fact.ticket_id, at=now())


def on_reopened(fact: Any, _event: Event) -> None:
    """Opened again, or the customer said: not yet."""
    counting.mark_reopened(fact.ticket_id, at=now())


def on_rated(fact: Any, _event: Event) -> None:
    """A rating, whoever keeps it: `ticket_id` and `score`."""
    counting.mark_rated(fact.ticket_id, score=fact.score)


def on_merged(fact: TicketMerged, _event: Event) -> None:
    counting.move(fact.message_ids, to=fact.into_id)


def on_redacted(fact: MessageRedacted, _event: Event) -> None:
    """What was removed from a message is not kept here either."""
    Use.objects.filter(message_id=fact.message_id).update(text="")


def mark_fact_changed(fact: Any, _event: Event) -> None:
    """On FactTookEffect: templates that show the fact ask to be read again, until somebody has."""
    shown = Translation.objects.filter(published__fact_keys__contains=[fact.key])
    Template.objects.filter(pk__in=shown.values("template_id")).update(facts_changed_at=now())
