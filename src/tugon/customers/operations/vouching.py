"""A host platform vouches for who somebody is."""

from django.db import transaction

from tugon.events.actors import SYSTEM
from tugon.events.operations import record
from tugon.lib.clock import now

from ..events import CustomerChanged, CustomerCreated
from ..models import Audience, ContactPoint, Customer, Plan
from .identifying import verify

HOST = "host"
"""The network of handles that name a person on the host platform."""


@transaction.atomic
def recognise(
    subject: str,
    *,
    name: str = "",
    email: str = "",
    is_email_verified: bool = False,
    audience: str = "",
    plan: str = "",
    language: str = "",
) -> Customer:
    """The customer whom the host platform knows by this id; a new one if nobody is known by it. A repeat changes
    nothing.

    email: joins the history of that address only where the host says it is verified; otherwise it is a claim.
    audience, plan: keys; what the host says counts, unknown ones do not. name, language: fill what is empty.
    """
    handle = (
        ContactPoint.objects.filter(kind="handle", network=HOST, value=subject)
        .verified()
        .select_related("customer")
        .first()
    )
    customer = handle.customer if handle else _known_by(email) if email and is_email_verified else None
    if customer is None:
        customer = Customer.objects.create(name=name[:160], username=subject[:120], language=language)
        record(CustomerCreated(customer_id=customer.pk, source="host"), by=SYSTEM)
    if handle is None:
        ContactPoint.objects.update_or_create(
            customer=customer, kind="handle", network=HOST, value=subject, defaults={"verified_at": now()}
        )
    if email:
        customer = _with_address(customer, email, is_verified=is_email_verified)
    return _told(customer, subject, name=name, audience=audience, plan=plan, language=language)


def _known_by(email: str) -> Customer | None:
    point = ContactPoint.objects.of_address(email).verified().select_related("customer").first()
    return point.customer if point else None


def _with_address(customer: Customer, email: str, *, is_verified: bool) -> Customer:
    point, _is_new = ContactPoint.objects.get_or_create(
        customer=customer, kind="email", network="", value=email
    )
    return verify(point) if is_verified else customer


def _told(
    customer: Customer, subject: str, *, name: str, audience: str, plan: str, language: str
) -> Customer:
    said = {
        "username": subject[:120],
        "name": customer.name or name[:160],
        "language": customer.language or language,
        "audience": (Audience.objects.filter(key=audience).first() if audience else None)
        or customer.audience,
        "plan": (Plan.objects.filter(key=plan).first() if plan else None) or customer.plan,
    }
    changed = sorted(field for field, value in said.items() if getattr(customer, field) != value)
    if changed:
        for field in changed:
            setattr(customer, field, said[field])
        customer.save(update_fields=changed)
        record(CustomerChanged(customer_id=customer.pk, fields=tuple(changed)), by=SYSTEM)
    return customer
