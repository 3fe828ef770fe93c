"""Two customers who are one person: merged, and taken apart again exactly as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from . import holdings
from .errors import CannotMergeCustomers, CannotUndoMerge
from .events import CustomerMergeUndone, CustomersMerged
from .models import ContactPoint, Customer, CustomerMerge

FILLED = ("name", "username", "organisation_id", "audience_id", "plan_id", "language", "time_zone")
"""Taken over from the source where the target has nothing."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Perhaps the same person. reason: "contact", "username" or "name", the stronger first."""

    customer: Customer
    reason: str


def merge(source: Customer, *, into: Customer, by: Actor) -> CustomerMerge:
    """Make `into` hold all that `source` had: contact points, tickets, and what was known where it was not.

    A repeat returns the merge that stands. Raises NotAllowed, CannotMergeCustomers.
    """
    require(by, "customer.merge")
    return join(source, into=into, by=by)


@transaction.atomic
def join(source: Customer, *, into: Customer, by: Actor) -> CustomerMerge:
    """`merge` for who needs no permission: the person proved to be both. Raises CannotMergeCustomers."""
    source, target = _locked(source.pk, into.pk)
    if source.merged_into_id == target.pk:
        return CustomerMerge.objects.filter(source=source, target=target, undone_at=None).latest("pk")
    _require_mergeable(source, target)
    moved: dict[str, Any] = _move_contact_points(source, target)
    for kind, holding in holdings.registered().items():
        moved[kind] = list(holding.move(source.pk, target.pk, by))
    before = _fill(source, target)
    source.merged_into = target
    source.save(update_fields=["merged_into"])
    row = CustomerMerge.objects.create(
        source=source, target=target, moved=moved, before=before, merged_by_id=by.id, merged_at=now()
    )
    record(CustomersMerged(customer_id=target.pk, from_id=source.pk, merge_id=row.pk), by=by)
    return row


@transaction.atomic
def undo(merge: CustomerMerge, *, by: Actor) -> Customer:
    """Take apart what a merge joined; returns the customer who stands alone again.

    Only what the merge moved and is still there goes back; what came since stays. A repeat does nothing.
    Raises NotAllowed, CannotUndoMerge.
    """
    require(by, "customer.merge")
    source, target = _locked(merge.source_id, merge.target_id)
    row = CustomerMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if row.undone_at is not None:
        return source
    if target.merged_into_id is not None:
        reason = _("{name} was merged into somebody else since. Undo that first.")
        raise CannotUndoMerge(reason=reason.format(name=target.shown_name))
    if source.erased_at or target.erased_at:
        raise CannotUndoMerge(reason=_("one of the two was erased since."))
    source.merged_into = None
    source.save(update_fields=["merged_into"])
    _unfill(target, row.before)
    for kind, holding in holdings.registered().items():
        if row.moved.get(kind):
            holding.move_back(row.moved[kind], target.pk, source.pk, by)
    _return_contact_points(row.moved, source, target)
    row.undone_at = now()
    row.save(update_fields=["undone_at"])
    record(CustomerMergeUndone(customer_id=target.pk, from_id=source.pk, merge_id=row.pk), by=by)
    return source


def possible_duplicates(customer: Customer, *, limit: int = 5) -> list[Candidate]:
    """Others who may be the same person: same address or number, same user name, same name. Three queries at most.

    A hint for people to judge, never a reason to merge by itself: an address may be merely claimed.
    """
    points = list(customer.contact_points.all())
    same_point = Q(pk__in=[])
    for point in points:
        same_point |= Q(contact_points__kind=point.kind, contact_points__value=point.value)
    questions = [("contact", same_point if points else None)]
    questions.append(("username", Q(username=customer.username) if customer.username else None))
    questions.append(("name", Q(name__iexact=customer.name) if " " in customer.name.strip() else None))
    found: dict[int, Candidate] = {}
    others = Customer.objects.present().exclude(pk=customer.pk)
    for reason, question in questions:
        if question is not None and len(found) < limit:
            for other in others.filter(question).exclude(pk__in=found).distinct().order_by("-pk")[:limit]:
                found[other.pk] = Candidate(other, reason)
    return list(found.values())[:limit]


def _locked(source_id: int, target_id: int) -> tuple[Customer, Customer]:
    """Both rows, locked in one order so that two merges never wait for each other."""
    ids = sorted({source_id, target_id})
    rows = {
        row.pk: row
        for row in Customer.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    }
    return rows[source_id], rows[target_id]


def _require_mergeable(source: Customer, target: Customer) -> None:
    if source.pk == target.pk:
        raise CannotMergeCustomers(reason=_("both are the same person."))
    if source.erased_at or target.erased_at:
        raise CannotMergeCustomers(reason=_("one of the two was erased."))
    for customer in (source, target):
        if customer.merged_into_id is not None:
            reason = _("{name} was already merged into somebody else.").format(name=customer.shown_name)
            raise CannotMergeCustomers(reason=reason)


def _move_contact_points(source: Customer, target: Customer) -> dict[str, Any]:
    """Move them; where the target has the same value, only its proof moves. Returns what is needed to undo."""
    theirs = {(one.kind, one.network, one.value): one for one in target.contact_points.all()}
    kinds = {one.kind for one in theirs.values() if one.is_primary}
    moved: list[int] = []
    demoted: list[int] = []
    proofs: list[list[Any]] = []
    for point in source.contact_points.all():
        same = theirs.get((point.kind, point.network, point.value))
        if same is None:
            if point.is_primary and point.kind in kinds:
                demoted.append(point.pk)
                point.is_primary = False
            point.customer = target
            point.save(update_fields=["customer", "is_primary"])
            moved.append(point.pk)
        elif point.verified_at and not same.verified_at:
            proofs.append([point.pk, same.pk, point.verified_at.isoformat()])
            _move_proof(point, same, point.verified_at)
    return {"contact_points": moved, "demoted": demoted, "proofs": proofs}


def _return_contact_points(moved: dict[str, Any], source: Customer, target: Customer) -> None:
    # Somebody may have given the source the same value again meanwhile: then the moved one stays.
    held = {(one.kind, one.network, one.value) for one in source.contact_points.all()}
    for point in ContactPoint.objects.filter(pk__in=moved.get("contact_points", []), customer=target):
        if (point.kind, point.network, point.value) not in held:
            point.customer = source
            point.is_primary = point.is_primary or point.pk in moved.get("demoted", [])
            point.save(update_fields=["customer", "is_primary"])
    for source_point, target_point, verified_at in moved.get("proofs", []):
        back = ContactPoint.objects.filter(pk=source_point, customer=source, verified_at=None).first()
        given = (
            ContactPoint.objects.filter(pk=target_point, customer=target).exclude(verified_at=None).first()
        )
        if back is not None and given is not None:
            _move_proof(given, back, datetime.fromisoformat(verified_at))


def _move_proof(holder: ContactPoint, receiver: ContactPoint, verified_at: datetime) -> None:
    holder.verified_at = None
    holder.save(update_fields=["verified_at"])
    receiver.verified_at = verified_at
    receiver.save(update_fields=["verified_at"])


def _fill(source: Customer, target: Customer) -> dict[str, list[Any]]:
    """Take over what the target lacks. Returns column → [before, after]."""
    changes: dict[str, list[Any]] = {}
    for name in FILLED:
        before, offered = getattr(target, name), getattr(source, name)
        if before in (None, "") and offered not in (None, ""):
            changes[name] = [before, offered]
    if source.notes and source.notes not in target.notes:
        changes["notes"] = [target.notes, "\n\n".join(filter(None, [target.notes, source.notes]))]
    custom = {key: value for key, value in source.fields.items() if target.fields.get(key) in (None, "", [])}
    if custom:
        changes["fields"] = [{key: target.fields.get(key) for key in custom}, custom]
        target.fields = {**target.fields, **custom}
    for name, (_before, after) in changes.items():
        if name != "fields":
            setattr(target, name, after)
    if changes:
        target.save(update_fields=[name.removesuffix("_id") for name in changes])
    return changes


def _unfill(target: Customer, changes: dict[str, list[Any]]) -> None:
    """Put back what was filled, where nobody changed it since."""
    touched = []
    for name, (before, after) in changes.items():
        if name == "fields":
            same = {key for key, value in after.items() if target.fields.get(key) == value}
            kept = {key: value for key, value in target.fields.items() if key not in same}
            target.fields = kept | {key: before[key] for key in same if before.get(key) is not None}
            touched.append(name)
        elif getattr(target, name) == after:
            setattr(target, name, before)
            touched.append(name.removesuffix("_id"))
    if touched:
        target.save(update_fields=touched)
