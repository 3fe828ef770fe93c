from typing import Any

from django.db import transaction

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import fields as custom_fields
from ..errors import FieldUnknown, PersonGone
from ..events import CustomerBlocked, CustomerChanged, CustomerUnblocked
from ..models import Customer

EDITABLE = ("name", "username", "organisation", "audience", "plan", "language", "time_zone", "notes")


@transaction.atomic
def change(customer: Customer, *, by: Actor, fields: dict[str, Any] | None = None, **values: Any) -> Customer:
    """Set what is known about a customer; `fields` are custom ones. What is already so is passed over.

    Raises NotAllowed, PersonGone, FieldUnknown, FieldInvalid.
    """
    require(by, "customer.edit")
    for name in values:
        if name not in EDITABLE:
            raise FieldUnknown(key=name)
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    if customer.merged_into_id or customer.erased_at:
        raise PersonGone
    changed = [name for name, value in values.items() if getattr(customer, name) != value]
    for name in changed:
        setattr(customer, name, values[name])
    cleaned = custom_fields.clean("customer", fields or {})
    if any(customer.fields.get(key) != value for key, value in cleaned.items()):
        customer.fields = {**customer.fields, **cleaned}
        changed.append("fields")
    if changed:
        customer.save(update_fields=changed)
        record(CustomerChanged(customer_id=customer.pk, fields=tuple(changed)), by=by)
    return customer


@transaction.atomic
def block(customer: Customer, *, by: Actor) -> None:
    """Keep aside whatever this person sends from now on. A repeat does nothing."""
    require(by, "customer.edit")
    if Customer.objects.filter(pk=customer.pk, blocked_at=None).update(blocked_at=now()):
        record(CustomerBlocked(customer_id=customer.pk), by=by)


@transaction.atomic
def unblock(customer: Customer, *, by: Actor) -> None:
    """Let this person's messages in again. A repeat does nothing."""
    require(by, "customer.edit")
    if Customer.objects.filter(pk=customer.pk).exclude(blocked_at=None).update(blocked_at=None):
        record(CustomerUnblocked(customer_id=customer.pk), by=by)
