import logging
import traceback
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction

from tugon.database.inserting import insert
from tugon.database.together import is_together
from tugon.lib.clock import now

from .actors import Actor
from .facts import to_data
from .models import Event, FailedReaction
from .reactions import Consequence, consequences_of, effects_of

logger = logging.getLogger(__name__)

DEEPEST = 10
"""A rule's change is a new event one deeper; at this depth the chain is cut, so that no loop runs for ever."""

_cause: ContextVar[Event | None] = ContextVar("cause", default=None)


def record(fact: Any, *, by: Actor, **at_hand: Any) -> Event:
    """Write one fact and let who is wired to it react. Must be called inside the transaction that made it true.

    A reaction that raises is rolled back to its savepoint and kept as a `FailedReaction`; the fact stands. Where all
    stands or falls together (`database.together`) it raises through instead, and who began that does it otherwise.
    at_hand: rows just written that reactions would ask for, as they stand in the database.
    Raises RuntimeError outside a transaction: a fact without its change would be a lie.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{type(fact).__name__} recorded outside a transaction")
    cause = _cause.get()
    event = Event(
        name=type(fact).__name__,
        subject_kind=fact.subject,
        subject_id=getattr(fact, f"{fact.subject}_id"),
        data=to_data(fact),
        actor_kind=by.kind,
        actor_id=by.id,
        via=by.via,
        depth=0 if cause is None else min(cause.depth + 1, DEEPEST),
        cause=cause,
        at=now(),
    )
    insert(event)
    event.at_hand = at_hand
    if event.depth < DEEPEST:
        _react(fact, event)
    else:
        logger.warning("Reactions to %s were cut at depth %s", event, DEEPEST)
    return event


def retry(failure: FailedReaction, *, by: Actor) -> bool:
    """Run one failed reaction again. True when it went well; otherwise the new error is kept."""
    event = failure.event
    reactions = dict(consequences_of(type(event.fact))) | {
        effect.name: effect.defer for effect in effects_of(type(event.fact))
    }
    reaction = reactions.get(failure.reaction)
    if reaction is None:
        _settle(failure)
        return True
    with transaction.atomic():
        if _run(failure.reaction, reaction, event.fact, event):
            _settle(failure)
            return True
    return False


def _react(fact: Any, event: Event) -> None:
    """Run the reactions in their order: in one savepoint together, which nearly always holds. Where one raises, all are
    rolled back and each runs again in a savepoint of its own, so that only the one that fails is lost.
    """
    reactions = [
        *consequences_of(type(fact)),
        *((effect.name, effect.defer) for effect in effects_of(type(fact))),
    ]
    token = _cause.set(event)
    try:
        if is_together():
            for _name, reaction in reactions:
                reaction(fact, event)
            return
        if len(reactions) > 1 and _run_together(reactions, fact, event):
            return
        for name, reaction in reactions:
            _run(name, reaction, fact, event)
    finally:
        _cause.reset(token)


def _run_together(reactions: list[tuple[str, Consequence]], fact: Any, event: Event) -> bool:
    try:
        with transaction.atomic():
            for _name, reaction in reactions:
                reaction(fact, event)
    except Exception as error:
        logger.info("A reaction to %s raised %r; each runs by itself now", event, error)
        return False
    return True


def _run(name: str, reaction: Consequence, fact: Any, event: Event) -> bool:
    try:
        with transaction.atomic():
            reaction(fact, event)
    except Exception:
        logger.exception("Reaction %s failed on %s", name, event)
        _keep(name, event, traceback.format_exc())
        return False
    return True


def _keep(name: str, event: Event, error: str) -> None:
    failure, created = FailedReaction.objects.get_or_create(
        event=event, reaction=name, defaults={"error": error, "failed_at": now()}
    )
    if not created:
        failure.error, failure.failed_at, failure.attempts = error, now(), failure.attempts + 1
        failure.save(update_fields=["error", "failed_at", "attempts"])


def _settle(failure: FailedReaction) -> None:
    failure.resolved_at = now()
    failure.save(update_fields=["resolved_at"])
