"""Who is this? From an address that mail came from, or that somebody typed, to a customer."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count

from tugon.database.inserting import insert
from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from ..events import ContactPointVerified, CustomerCreated
from ..models import Audience, ContactPoint, Customer
from .organisations import organisation_of_address

MOST_CLAIMS = 100
"""Claims joined at once; a flood of forged forms is left to people."""


@transaction.atomic
def identify_sender(
    address: str,
    *,
    name: str = "",
    language: str = "",
    audience: Audience | None = None,
    authentic: bool = True,
    is_new: bool = False,
) -> Customer:
    """The customer who writes from this address by mail; a new one if nobody is known by it.

    authentic: False when our mail server says the sender is forged (DMARC fail): then the address is only a claim, and
    the letter joins nobody's history. is_new: the caller has just looked, and nobody is known by this address.
    """
    value = address.strip().lower()[:320]
    if not authentic:
        return claim(value, name=name, language=language, audience=audience)
    if not is_new:
        known = ContactPoint.objects.of_address(value).verified().select_related("customer__audience").first()
        if known is not None:
            _fill(known.customer, name=name, language=language)
            return known.customer
    try:
        with transaction.atomic():
            return _create(name, language, audience, source="mail", address=value, verified_at=now())
    except IntegrityError:
        return ContactPoint.objects.of_address(value).verified().get().customer


@transaction.atomic
def claim(
    address: str, *, name: str = "", username: str = "", language: str = "", audience: Audience | None = None
) -> Customer:
    """A new customer who says this address is theirs. Nobody's history is shown or joined until they prove it."""
    value = address.strip().lower()[:320]
    return _create(name, language, audience, source="claim", username=username, address=value)


@transaction.atomic
def verify(contact_point: ContactPoint, *, by: Actor = SYSTEM) -> Customer:
    """The person proved that the contact point is theirs, by a link we sent there.

    If another customer already holds the verified value, the claimant is the same person: the two become one. So do
    those who claimed the value and nothing else: what they wrote is answered to this address. Returns the customer who
    holds it now. A repeat does nothing.
    """
    from ..merging import join

    Customer.objects.select_for_update(of=("self",)).get(pk=contact_point.customer_id)
    contact_point = ContactPoint.objects.select_related("customer").get(pk=contact_point.pk)
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
            join(contact_point.customer, into=holder.customer, by=by)
        _gather_claims(holder, by=by)
        return holder.customer
    contact_point.verified_at = now()
    contact_point.save(update_fields=["verified_at"])
    record(
        ContactPointVerified(customer_id=contact_point.customer_id, contact_point_id=contact_point.pk), by=by
    )
    if contact_point.kind == ContactPoint.Kind.EMAIL:
        _adopt_organisation(contact_point.customer, contact_point.value)
    _gather_claims(contact_point, by=by)
    return contact_point.customer


def _gather_claims(proved: ContactPoint, *, by: Actor) -> None:
    """Join the people of whom nothing is known but an unproved claim to what was now proved."""
    from ..merging import join

    claims = ContactPoint.objects.filter(
        kind=proved.kind, network=proved.network, value=proved.value, verified_at=None
    )
    claimants = Customer.objects.present().filter(pk__in=claims.values("customer_id"), blocked_at=None)
    lone = claimants.annotate(ways=Count("contact_points")).filter(ways=1).exclude(pk=proved.customer_id)
    for claimant in lone.order_by("pk")[:MOST_CLAIMS]:
        join(claimant, into=proved.customer, by=by)


def _create(
    name: str,
    language: str,
    audience: Audience | None,
    *,
    source: str,
    username: str = "",
    address: str = "",
    verified_at: datetime | None = None,
) -> Customer:
    """A new customer, with an address if there is one; who proved it belongs to the organisation of its domain."""
    customer = Customer(
        name=name.strip()[:160], username=username.strip()[:120], language=language, audience=audience
    )
    if verified_at is not None:
        customer.organisation = organisation_of_address(address)
    insert(customer)
    if address:
        insert(
            ContactPoint(
                customer=customer, kind="email", value=address, is_primary=True, verified_at=verified_at
            )
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
    """Who proved an address of an organisation's domain belongs to it, unless somebody decided otherwise before."""
    if customer.organisation_id is None and (organisation := organisation_of_address(address)) is not None:
        customer.organisation = organisation
        customer.save(update_fields=["organisation"])
