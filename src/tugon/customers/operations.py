from typing import Any

from django.db import IntegrityError, transaction

from tugon.accounts import policies
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from . import fields as custom_fields
from .errors import ContactPointTaken
from .events import ContactPointVerified, CustomerBlocked, CustomerChanged, CustomerCreated, CustomerUnblocked
from .models import Audience, ContactPoint, Customer, Organisation

EDITABLE = {"name", "username", "organisation", "audience", "plan", "language", "time_zone", "notes"}


@transaction.atomic
def identify_sender(
    address: str, *, name: str = "", language: str = "", audience: Audience | None = None, authentic: bool = True
) -> Customer:
    """The customer who writes from this address by mail; a new one if nobody is known by it.

    authentic: False when our mail server says the sender is forged (DMARC fail): then the address is only a claim, and
    the letter joins nobody's history.
    """
    value = address.strip().lower()[:320]
    if not authentic:
        return claim(value, name=name, language=language, audience=audience)
    known = (
        ContactPoint.objects.of_address(value).verified().select_related("customer__audience").first()
    )
    if known is not None:
        _fill(known.customer, name=name, language=language)
        return known.customer
    try:
        with transaction.atomic():
            customer = _create(name, language, audience, source="mail")
            ContactPoint.objects.create(
                customer=customer, kind="email", value=value, is_primary=True, verified_at=now()
            )
            _adopt_organisation(customer, value)
            return customer
    except IntegrityError:
        return ContactPoint.objects.of_address(value).verified().get().customer


@transaction.atomic
def claim(
    address: str, *, name: str = "", username: str = "", language: str = "", audience: Audience | None = None
) -> Customer:
    """A new customer who says this address is theirs. Nobody's history is shown or joined until they prove it."""
    customer = _create(name, language, audience, source="claim", username=username)
    if address.strip():
        ContactPoint.objects.create(
            customer=customer, kind="email", value=address.strip().lower()[:320], is_primary=True
        )
    return customer


@transaction.atomic
def verify(contact_point: ContactPoint, *, by: Actor = SYSTEM) -> Customer:
    """The person proved that the contact point is theirs, by a link we sent there.

    If another customer already holds the verified value, the claimant is the same person: the two become one. So do all
    other unverified claims to the value. Returns the customer who holds it now. A repeat does nothing.
    """
    from .merging import merge

    if contact_point.verified_at is not None:
        return contact_point.customer
    holder = (
        ContactPoint.objects.filter(
            kind=contact_point.kind, network=contact_point.network, value=contact_point.value
        )
        .verified()
        .select_related("customer")
        .first()
    )
    if holder is not None:
        if holder.customer_id != contact_point.customer_id:
            merge(contact_point.customer, into=holder.customer, by=by)
        return holder.customer
    contact_point.verified_at = now()
    contact_point.save(update_fields=["verified_at"])
    record(ContactPointVerified(customer_id=contact_point.customer_id, contact_point_id=contact_point.pk), by=by)
    return contact_point.customer


@transaction.atomic
def change(customer: Customer, *, by: Actor, fields: dict[str, Any] | None = None, **values: Any) -> Customer:
    """Set what is known about a customer; `fields` are custom ones. What is already so is passed over."""
    policies.require(by, "customer.edit")
    customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    changed = [name for name, value in values.items() if name in EDITABLE and getattr(customer, name) != value]
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
def add_contact_point(
    customer: Customer, *, kind: str, value: str, by: Actor, network: str = "", verified: bool = False
) -> ContactPoint:
    """Give the customer one more way to be reached. Raises ContactPointTaken when it is proved to be somebody else's."""
    value = value.strip().lower() if kind == "email" else value.strip()
    taken = (
        ContactPoint.objects.filter(kind=kind, network=network, value=value)
        .verified()
        .exclude(customer=customer)
        .select_related("customer")
        .first()
    )
    if taken is not None and verified:
        raise ContactPointTaken(value=value, name=taken.customer.shown_name)
    row, created = ContactPoint.objects.get_or_create(
        customer=customer,
        kind=kind,
        network=network,
        value=value,
        defaults={"verified_at": now() if verified else None},
    )
    if created:
        record(CustomerChanged(customer_id=customer.pk, fields=("contact_points",)), by=by)
    return row


@transaction.atomic
def block(customer: Customer, *, by: Actor) -> None:
    """Keep aside whatever this person sends from now on. A repeat does nothing."""
    policies.require(by, "customer.edit")
    if Customer.objects.filter(pk=customer.pk, blocked_at=None).update(blocked_at=now()):
        record(CustomerBlocked(customer_id=customer.pk), by=by)


@transaction.atomic
def unblock(customer: Customer, *, by: Actor) -> None:
    """Let this person's messages in again. A repeat does nothing."""
    policies.require(by, "customer.edit")
    if Customer.objects.filter(pk=customer.pk).exclude(blocked_at=None).update(blocked_at=None):
        record(CustomerUnblocked(customer_id=customer.pk), by=by)


def _create(name: str, language: str, audience: Audience | None, *, source: str, username: str = "") -> Customer:
    customer = Customer.objects.create(
        name=name.strip()[:160], username=username.strip()[:120], language=language, audience=audience
    )
    record(CustomerCreated(customer_id=customer.pk, source=source), by=SYSTEM)
    return customer


def _fill(customer: Customer, *, name: str, language: str) -> None:
    changed = []
    if not customer.name and name.strip():
        customer.name = name.strip()[:160]
        changed.append("name")
    if not customer.language and language:
        customer.language = language
        changed.append("language")
    if changed:
        customer.save(update_fields=changed)


def _adopt_organisation(customer: Customer, address: str) -> None:
    organisation = Organisation.objects.filter(domains__contains=[address.rpartition("@")[2]]).first()
    if organisation is not None:
        customer.organisation = organisation
        customer.save(update_fields=["organisation"])
