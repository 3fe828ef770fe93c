"""Ways to reach a customer: added, preferred, removed. They are proved by `identifying.verify`."""

from django.db import transaction

from tugon.accounts.policies import require
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed

from ..errors import ContactPointTaken, LastContactPoint, PersonGone
from ..events import CustomerChanged
from ..models import ContactPoint, Customer
from ..normalising import normalise

_FACT = ("contact_points",)


@transaction.atomic
def add_contact_point(
    customer: Customer, *, kind: str, value: str, by: Actor, network: str = "", verified: bool = False
) -> ContactPoint:
    """Give the customer one more way to be reached; the first of a kind is its primary one. A repeat does nothing.

    verified: an agent vouches for it; a customer has to prove it. Raises NotAllowed, PersonGone, ContactPointInvalid,
    and ContactPointTaken when it is proved to be somebody else's.
    """
    _require(by, customer)
    if verified and by.kind is ActorKind.CUSTOMER:
        raise NotAllowed
    value = normalise(kind, value)
    _lock(customer)
    same = ContactPoint.objects.filter(kind=kind, network=network, value=value)
    taken = same.verified().exclude(customer=customer).select_related("customer").first()
    if taken is not None and verified:
        raise ContactPointTaken(value=value, name=taken.customer.shown_name)
    row = same.filter(customer=customer).first()
    if row is not None and (row.verified_at or not verified):
        return row
    if row is None:
        is_first = not ContactPoint.objects.filter(customer=customer, kind=kind).exists()
        row = ContactPoint(customer=customer, kind=kind, network=network, value=value, is_primary=is_first)
    row.verified_at = now() if verified else None
    row.save()
    record(CustomerChanged(customer_id=customer.pk, fields=_FACT), by=by)
    return row


@transaction.atomic
def make_primary(point: ContactPoint, *, by: Actor) -> ContactPoint:
    """Prefer this one among those of its kind. A repeat does nothing. Raises NotAllowed, PersonGone."""
    _require(by, point.customer)
    _lock(point.customer)
    point = ContactPoint.objects.get(pk=point.pk)
    if not point.is_primary:
        ContactPoint.objects.filter(customer=point.customer_id, kind=point.kind).update(is_primary=False)
        point.is_primary = True
        point.save(update_fields=["is_primary"])
        record(CustomerChanged(customer_id=point.customer_id, fields=_FACT), by=by)
    return point


@transaction.atomic
def remove_contact_point(point: ContactPoint, *, by: Actor) -> None:
    """Forget one way to reach the customer; the next of its kind becomes primary. A repeat does nothing.

    Raises NotAllowed, PersonGone, and LastContactPoint: somebody nobody can reach cannot be answered.
    """
    _require(by, point.customer)
    _lock(point.customer)
    row = ContactPoint.objects.filter(pk=point.pk).first()
    if row is None:
        return
    others = ContactPoint.objects.filter(customer=row.customer_id).exclude(pk=row.pk)
    if not others.exists():
        raise LastContactPoint
    row.delete()
    successor = (
        others.filter(kind=row.kind).order_by("-verified_at", "pk").first() if row.is_primary else None
    )
    if successor is not None:
        successor.is_primary = True
        successor.save(update_fields=["is_primary"])
    record(CustomerChanged(customer_id=row.customer_id, fields=_FACT), by=by)


def _require(by: Actor, customer: Customer) -> None:
    """Agents need the permission; customers may change their own."""
    if by.kind is ActorKind.CUSTOMER:
        if by.id != customer.pk:
            raise NotAllowed
        return
    require(by, "customer.edit")


def _lock(customer: Customer) -> None:
    row = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if row.merged_into_id or row.erased_at:
        raise PersonGone
