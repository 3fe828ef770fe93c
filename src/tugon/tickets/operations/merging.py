"""Two tickets about one problem: one takes the other's messages, and gives them back exactly when asked."""

from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import CannotMerge, CannotUndo
from ..events import MergeUndone, TicketMerged, TicketReceivedMerge
from ..models import Draft, Merge, Message, MessageKey, Participant, State, Status, Ticket
from ..models.state import ACTIVE, DONE
from .deciding import move_to
from .recounting import recount

KEPT = ("status", "state_id", "solved_at", "closed_at", "snoozed_until", "updated_at", "last_customer_at")
"""Columns of the source that a merge changes and undo puts back."""


@transaction.atomic
def merge(source: Ticket, *, into: Ticket, by: Actor, across_customers: bool = False) -> Merge:
    """Move all messages of `source` into another ticket, which also takes its tags, followers and people in copy.

    The source stays as a closed shell that points there; what still arrives for it goes on to the target. A target
    that was solved opens again when the source was not. across_customers: the two are different people, who will then
    read each other's words. A repeat returns the merge that stands. Raises NotAllowed, CannotMerge.
    """
    source, target = _locked(source.pk, into.pk)
    if source.merged_into_id is not None and source.merged_into_id == target.pk:
        policies.require(by, "unmerge", source)
        return Merge.objects.filter(source=source, target=target, undone_at=None).latest("pk")
    _require_mergeable(source, target, across_customers, by)
    row = Merge.objects.create(
        source=source,
        target=target,
        before={
            "source": {name: _plain(getattr(source, name)) for name in KEPT},
            "target": {"status": target.status, "state_id": target.state_id},
            "moved_from": _moved_from(source),
        },
        merged_by_id=by.id,
        merged_at=now(),
    )
    row.message_ids = _move_messages(source, target)
    row.before |= _unite(source, target)
    was_active = source.status in ACTIVE and not source.is_spam
    _make_shell(source, target)
    recount(target)
    if was_active and target.status in DONE:
        move_to(target, Status.OPEN, by=by)
    row.before["left"] = target.status
    row.save()
    record(TicketMerged(ticket_id=source.pk, into_id=target.pk, message_ids=tuple(row.message_ids)), by=by)
    record(TicketReceivedMerge(ticket_id=target.pk, from_id=source.pk), by=by)
    return row


@transaction.atomic
def undo_merge(merge: Merge, *, by: Actor) -> Ticket:
    """Take two tickets apart again; returns the source as it was.

    Only what the merge moved and is still on the target goes back: messages that came since stay there, as do tags and
    followers that somebody has touched. A repeat does nothing. Raises NotAllowed, CannotUndo.
    """
    source, target = _locked(merge.source_id, merge.target_id)
    row = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    for ticket in (source, target):
        policies.require(by, "unmerge", ticket)
    if row.undone_at is not None:
        return source
    if target.merged_into_id is not None:
        reason = _("#{number} was itself merged into #{other} since. Undo that first.")
        raise CannotUndo(reason=reason.format(number=target.pk, other=target.merged_into_id))
    _return_messages(row, source, target)
    _disunite(row.before, source, target)
    source.merged_into = None
    for name, value in row.before["source"].items():
        setattr(source, name, parse_datetime(value) if value and name.endswith(("_at", "_until")) else value)
    source.save(update_fields=["merged_into", *(name.removesuffix("_id") for name in KEPT)])
    for ticket in (source, target):
        recount(ticket)
    before = row.before["target"]
    if target.status == row.before["left"] != before["status"]:
        state = State.objects.filter(pk=before["state_id"]).first()
        move_to(target, before["status"], by=by, state=state, checks=False, is_undo=True)
    row.undone_at = now()
    row.save(update_fields=["undone_at"])
    record(MergeUndone(ticket_id=target.pk, from_id=source.pk), by=by)
    record(MergeUndone(ticket_id=source.pk, from_id=target.pk), by=by)
    return source


def _locked(source_id: int, target_id: int) -> tuple[Ticket, Ticket]:
    """Both tickets, locked in one order so that two merges never wait for each other."""
    ids = sorted({source_id, target_id})
    rows = {
        row.pk: row
        for row in Ticket.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    return rows[source_id], rows[target_id]


def _require_mergeable(source: Ticket, target: Ticket, across_customers: bool, by: Actor) -> None:
    if source.pk == target.pk:
        raise CannotMerge(reason=_("it is the same ticket."))
    for ticket in (source, target):
        policies.require(by, "merge", ticket)
    if source.customer_id != target.customer_id and not across_customers:
        raise CannotMerge(reason=_("they belong to different people, who would read each other's words."))


def _make_shell(source: Ticket, target: Ticket) -> None:
    moment = now()
    source.merged_into, source.status, source.state = target, Status.CLOSED, State.default_of(Status.CLOSED)
    source.solved_at, source.closed_at = source.solved_at or moment, source.closed_at or moment
    source.snoozed_until, source.updated_at = None, moment
    source.save(
        update_fields=[
            "merged_into",
            "status",
            "state",
            "solved_at",
            "closed_at",
            "snoozed_until",
            "updated_at",
        ]
    )
    recount(source)


def _moved_from(source: Ticket) -> dict[str, int]:
    rows = Message.objects.filter(ticket=source).exclude(moved_from=None).values_list("pk", "moved_from_id")
    return {str(pk): ticket_id for pk, ticket_id in rows if ticket_id is not None}


def _move_messages(source: Ticket, target: Ticket) -> list[int]:
    ids = list(Message.objects.filter(ticket=source).order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).update(ticket=target, moved_from=source)
    MessageKey.objects.filter(message__in=ids).update(ticket=target)
    return ids


def _return_messages(row: Merge, source: Ticket, target: Ticket) -> None:
    ids = list(Message.objects.filter(pk__in=row.message_ids, ticket=target).values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).update(ticket=source, moved_from=None)
    MessageKey.objects.filter(message__in=ids).update(ticket=source)
    for pk, ticket_id in row.before.get("moved_from", {}).items():
        if Ticket.objects.filter(pk=ticket_id).exists():
            Message.objects.filter(pk=int(pk), ticket=source).update(moved_from=ticket_id)


def _unite(source: Ticket, target: Ticket) -> dict[str, Any]:
    """Add the source's tags, followers, people in copy and drafts to the target's. Returns what was added."""
    tags = [tag for tag in source.tags if tag not in target.tags]
    there = set(target.followers.values_list("pk", flat=True))
    followers = [pk for pk in source.followers.values_list("pk", flat=True) if pk not in there]
    known = target.participants.values("address")
    participants = list(source.participants.exclude(address__in=known).values_list("pk", flat=True))
    written = {(draft.agent_id, draft.kind) for draft in target.drafts.all()}
    drafts = [draft.pk for draft in source.drafts.all() if (draft.agent_id, draft.kind) not in written]
    target.tags = [*target.tags, *tags]
    target.updated_at = now()
    target.save(update_fields=["tags", "updated_at"])
    target.followers.add(*followers)
    Participant.objects.filter(pk__in=participants).update(ticket=target)
    Draft.objects.filter(pk__in=drafts).update(ticket=target)
    return {"tags": tags, "followers": followers, "participants": participants, "drafts": drafts}


def _disunite(before: dict[str, Any], source: Ticket, target: Ticket) -> None:
    target.tags = [tag for tag in target.tags if tag not in before["tags"]]
    target.updated_at = now()
    target.save(update_fields=["tags", "updated_at"])
    target.followers.remove(*before["followers"])
    held = source.participants.values_list("address", flat=True)
    back = Participant.objects.filter(pk__in=before["participants"], ticket=target).exclude(
        address__in=list(held)
    )
    back.update(ticket=source)
    for draft in Draft.objects.filter(pk__in=before["drafts"], ticket=target):
        if not Draft.objects.filter(ticket=source, agent=draft.agent_id, kind=draft.kind).exists():
            Draft.objects.filter(pk=draft.pk).update(ticket=source)


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
