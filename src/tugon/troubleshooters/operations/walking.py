"""Walks: begun, answered, ended, and joined to the ticket they led to. Nobody needs a permission to walk."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction

from tugon.customers.models import Customer
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from ..device import known
from ..errors import AnswerMissing, NotOffered, WalkTooLong
from ..events import WalkFinished, WalkJoinedTicket
from ..graph import Outcome
from ..models import Troubleshooter, Version, Walk, write_answers
from ..walking import AnswerUnknown, NoMoreSteps, Place, step, walk

LEFT_AFTER = timedelta(hours=24)
"""Whoever does nothing for so long has left; whoever comes back goes on."""


@transaction.atomic
def begin(
    row: Troubleshooter,
    *,
    language: str,
    facts: Mapping[str, str],
    customer: Customer | None = None,
    by: Actor,
) -> Walk:
    """A walk through the published version. facts: of device and account, kept all the way. Raises NotOffered."""
    version = Version.objects.filter(pk=row.published_id or 0).first()
    if version is None or row.archived_at is not None:
        raise NotOffered
    begun = Walk(
        token=secrets.token_urlsafe(16),
        version=version,
        troubleshooter=row,
        language=language[:16],
        customer=customer,
        facts=known(facts),
        begun_at=now(),
        last_at=now(),
    )
    _stand(begun, begun.place())
    begun.save()
    _tell(begun, by=by)
    return begun


@transaction.atomic
def answer(begun: Walk, *, at_step: int, key: str, by: Actor) -> Walk:
    """Choose an answer at the step reached by `at_step` answers. Another answer than before drops what followed.

    The same once more changes nothing. Raises AnswerMissing, WalkTooLong.
    """
    begun = Walk.objects.locked(begun.token)
    before = begun.given
    try:
        after = step(begun.version.graph, before, begun.facts, at_step=at_step, key=key, at=now())
    except AnswerUnknown:
        raise AnswerMissing from None
    except NoMoreSteps:
        if walk(begun.version.graph, before[:at_step], begun.facts).is_ended:
            return begun
        raise WalkTooLong from None
    if after == before:
        return begun
    ended = (begun.at_node, begun.outcome)
    begun.answers, begun.last_at = write_answers(after), now()
    _stand(begun, begun.place())
    begun.save(update_fields=["answers", "last_at", "at_node", "outcome", "ended_at"])
    if (begun.at_node, begun.outcome) != ended:
        _tell(begun, by=by)
    return begun


@transaction.atomic
def attach(begun: Walk, ticket_id: int, *, by: Actor) -> Walk:
    """Join the walk to the ticket that carries it. A repeat does nothing; a walk that is joined stays so."""
    begun = Walk.objects.locked(begun.token)
    if begun.ticket_id is None:
        begun.ticket_id = ticket_id
        begun.save(update_fields=["ticket_id"])
        joined = WalkJoinedTicket(
            ticket_id=ticket_id, walk_id=begun.pk, troubleshooter_id=begun.troubleshooter_id
        )
        record(joined, by=by)
    return begun


def join(ticket_id: int, *, token: str, by: Actor) -> Walk | None:
    """`attach` for whoever knows only the walk's token; None where there is no such walk."""
    begun = Walk.objects.filter(token=token).first()
    return attach(begun, ticket_id, by=by) if begun else None


def mark_left() -> int:
    """Say of walks that nobody went on with for a day that their people left. Returns how many."""
    quiet = Walk.objects.under_way().filter(last_at__lt=now() - LEFT_AFTER)
    return quiet.update(outcome=Outcome.LEFT)


def _stand(begun: Walk, place: Place) -> None:
    node = place.node
    begun.at_node = node.id if node else ""
    begun.outcome = node.outcome if node is not None and node.is_end else ""
    begun.ended_at = now() if begun.outcome else None


def _tell(begun: Walk, *, by: Actor) -> None:
    if begun.outcome:
        finished = WalkFinished(
            troubleshooter_id=begun.troubleshooter_id,
            walk_id=begun.pk,
            version_id=begun.version_id,
            node=begun.at_node,
            outcome=begun.outcome,
        )
        record(finished, by=by)
