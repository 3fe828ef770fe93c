"""Many tickets at once: look first, then change, then perhaps take it back.

What an action does to each ticket is done by the very operations a person would use, with their permission and their
refusals; a batch only carries them through, remembers how each ticket stood, and can be taken back where nothing
happened since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.realtime.publish import publish

from ..errors import BulkInvalid
from ..events import BatchStarted, BatchUndone
from ..models import Batch, BatchChange, Ticket
from . import bulk_verbs as verbs

CHUNK = 25
"""Tickets changed in one transaction: their rows are locked no longer than it takes."""

MOST_TICKETS = 10_000
MOST_PREVIEWED = 100


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of one ticket. changes: field → (before, after) in plain values; refused: words, or empty."""

    number: int
    subject: str
    changes: Mapping[str, tuple[Any, Any]]
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """total: all tickets chosen; tickets: the first MOST_PREVIEWED of them."""

    total: int
    tickets: list[Foreseen]

    @property
    def refused(self) -> list[Foreseen]:
        return [one for one in self.tickets if one.refused]

    @property
    def unchanged(self) -> list[Foreseen]:
        return [one for one in self.tickets if not one.refused and not one.changes]


@dataclass(frozen=True, slots=True)
class Undone:
    """How many tickets stand as before, and which do not, with words why."""

    number: int
    left: list[tuple[int, str]]


class _Rehearsed(Exception):
    """Ends a rehearsal: everything done in it is rolled back."""


def preview(ids: Iterable[int], action: Mapping[str, Any], *, by: Actor) -> Preview:
    """What the action would do to each ticket, by doing it and rolling it back: nothing is changed, nobody is told.

    Raises NotAllowed, BulkInvalid.
    """
    numbers = _chosen(ids, action, by)
    foreseen: list[Foreseen] = []
    for number in numbers[:MOST_PREVIEWED]:
        try:
            with transaction.atomic():
                ticket, before, after, refused = _apply(number, action, by)
                foreseen.append(Foreseen(number, ticket.subject, verbs.differences(before, after), refused))
                raise _Rehearsed
        except _Rehearsed:
            continue
    return Preview(len(numbers), foreseen)


@transaction.atomic
def start(ids: Iterable[int], action: Mapping[str, Any], *, by: Actor) -> Batch:
    """Write down what is to be done to which tickets; `run` does it. Raises NotAllowed, BulkInvalid."""
    numbers = _chosen(ids, action, by)
    if by.kind is not ActorKind.AGENT:
        raise BulkInvalid(reason=_("only agents change many tickets at once."))
    batch = Batch.objects.create(agent=by.subject, action=dict(action), total=len(numbers), created_at=now())
    BatchChange.objects.bulk_create(BatchChange(batch=batch, ticket_id=number) for number in numbers)
    record(BatchStarted(batch_id=batch.pk, verbs=tuple(sorted(action)), total=len(numbers)), by=by)
    return batch


def run(batch: Batch) -> Batch:
    """Do what is left of the batch, in small transactions; progress is told to `agent:<id>`. Can be called again."""
    by = _actor(batch, "bulk")
    while _run_chunk(batch, by):
        pass
    batch.refresh_from_db()
    return batch


@transaction.atomic
def undo(batch: Batch, *, by: Actor) -> Undone:
    """Put back what the batch changed, ticket by ticket and field by field, where it still is as the batch left it.

    Says what was changed since and therefore left alone. A repeat does nothing. Raises NotAllowed, BulkInvalid.
    """
    require(by, "ticket.bulk")
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if by.kind is ActorKind.AGENT and by.id != batch.agent_id:
        raise BulkInvalid(reason=_("somebody else changed these tickets; only they can take it back."))
    if not batch.is_finished:
        raise BulkInvalid(reason=_("the change is still going on. Wait until it is done."))
    if batch.undone_at is not None:
        return Undone(0, [])
    who = Actor(by.kind, by.id, by.subject, via="undo")
    number, left = 0, []
    for change in batch.changes.filter(refused="").exclude(after={}).order_by("-id"):
        words = _put_back(change, who)
        if words:
            left.append((change.ticket_id, words))
        elif change.before != change.after:
            number += 1
    batch.undone_at = now()
    batch.save(update_fields=["undone_at"])
    record(BatchUndone(batch_id=batch.pk, undone=number, left=len(left)), by=by)
    return Undone(number, left)


def _chosen(ids: Iterable[int], action: Mapping[str, Any], by: Actor) -> list[int]:
    require(by, "ticket.bulk")
    verbs.require_known(action)
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > MOST_TICKETS:
        raise BulkInvalid(reason=_("choose at most {number} tickets.").format(number=MOST_TICKETS))
    rows = Ticket.objects.filter(pk__in=wanted)
    if by.kind is ActorKind.AGENT:
        rows = rows.visible_to(by.subject)
    visible = set(rows.values_list("pk", flat=True))
    numbers = [pk for pk in wanted if pk in visible]
    if not numbers:
        raise BulkInvalid(reason=_("choose at least one ticket."))
    return numbers


def _apply(
    number: int, action: Mapping[str, Any], by: Actor
) -> tuple[Ticket, dict[str, Any], dict[str, Any], str]:
    """Do the action to one ticket, all of it or nothing. Returns how it stood, how it stands, and words if refused."""
    ticket = Ticket.objects.locked(number)
    before = verbs.standing(ticket)
    try:
        with transaction.atomic():
            verbs.perform(ticket, action, by=by)
    except DomainError as error:
        return ticket, before, before, error.message[:300]
    ticket = Ticket.objects.get(pk=number)
    return ticket, before, verbs.standing(ticket), ""


@transaction.atomic
def _run_chunk(batch: Batch, by: Actor) -> bool:
    """The next few tickets. False when none is left. Two who run the same batch take different tickets."""
    rows = list(batch.changes.select_for_update(skip_locked=True, of=("self",)).filter(done_at=None)[:CHUNK])
    for change in rows:
        _ticket, before, after, change.refused = _apply(change.ticket_id, batch.action, by)
        changed = verbs.differences(before, after)
        change.before = {name: before[name] for name in changed}
        change.after = {name: after[name] for name in changed}
        change.done_at = now()
    BatchChange.objects.bulk_update(rows, ["before", "after", "refused", "done_at"])
    _count(batch)
    publish(f"agent:{batch.agent_id}")
    return bool(rows)


def _count(batch: Batch) -> None:
    """How far it is. Tickets that were deleted meanwhile count no more."""
    total, done = batch.changes.count(), batch.changes.exclude(done_at=None).count()
    Batch.objects.filter(pk=batch.pk).update(total=total, done=done)


def _put_back(change: BatchChange, by: Actor) -> str:
    """Words why a ticket, or part of it, was left alone; empty when it stands as before."""
    ticket = Ticket.objects.select_for_update(of=("self",)).filter(pk=change.ticket_id).first()
    if ticket is None:
        return _("it was deleted since.")
    current = verbs.standing(ticket)
    same = {name: value for name, value in change.before.items() if current[name] == change.after[name]}
    try:
        with transaction.atomic():
            verbs.put_back(ticket, same, by=by)
    except DomainError as error:
        return error.message
    moved_on = [str(verbs.LABELS[name]) for name in change.before if name not in same]
    return _("changed since: {fields}.").format(fields=", ".join(moved_on)) if moved_on else ""


def _actor(batch: Batch, via: str) -> Actor:
    return Actor(ActorKind.AGENT, batch.agent_id, batch.agent, via=via)
