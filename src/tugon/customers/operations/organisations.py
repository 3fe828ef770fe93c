"""Organisations, and the mail domains by which their people are recognised."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.remember import remembered

from .. import fields as custom_fields
from ..errors import DomainInvalid, DomainTaken, NameMissing
from ..events import OrganisationChanged, OrganisationCreated, OrganisationRemoved
from ..models import ContactPoint, Customer, Organisation

PUBLIC_DOMAINS = frozenset(
    """
    gmail.com googlemail.com yahoo.com yahoo.com.ph ymail.com outlook.com hotmail.com live.com msn.com icloud.com me.com
    mac.com aol.com proton.me protonmail.com gmx.com gmx.de gmx.net web.de mail.com mail.ru yandex.ru qq.com 163.com
    126.com naver.com zoho.com fastmail.com hey.com tutanota.com orange.fr free.fr laposte.net
    """.split()  # noqa: SIM905 - a list of words is read as words
)
"""Where anybody can have an address: it says nothing about an organisation."""

_DOMAIN = re.compile(r"(?=.{3,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}")


@transaction.atomic
def create_organisation(
    *, name: str, by: Actor, domains: Sequence[str] = (), notes: str = ""
) -> Organisation:
    """Raises NotAllowed, NameMissing, DomainInvalid, DomainTaken."""
    require(by, "customer.edit")
    organisation = Organisation.objects.create(name=_name(name), notes=notes.strip())
    record(OrganisationCreated(organisation_id=organisation.pk), by=by)
    for domain in domains:
        organisation = add_domain(organisation, domain=domain, by=by)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    *,
    by: Actor,
    name: str | None = None,
    notes: str | None = None,
    fields: dict[str, Any] | None = None,
) -> Organisation:
    """What is already so is passed over. Raises NotAllowed, NameMissing, FieldUnknown, FieldInvalid."""
    require(by, "customer.edit")
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    wanted: dict[str, Any] = {
        "name": row.name if name is None else _name(name),
        "notes": row.notes if notes is None else notes.strip(),
        "fields": {**row.fields, **custom_fields.clean("organisation", fields or {})},
    }
    changed = [key for key, value in wanted.items() if getattr(row, key) != value]
    for key in changed:
        setattr(row, key, wanted[key])
    if changed:
        row.save(update_fields=changed)
        record(OrganisationChanged(organisation_id=row.pk, fields=tuple(changed)), by=by)
    return row


@transaction.atomic
def add_domain(organisation: Organisation, *, domain: str, by: Actor) -> Organisation:
    """People with a proved address there belong to the organisation: new ones, and those known who have none yet.

    A repeat does nothing. Raises NotAllowed, DomainInvalid, DomainTaken.
    """
    require(by, "customer.edit")
    clean = domain.strip().lower().lstrip("@").rstrip(".")
    if not _DOMAIN.fullmatch(clean) or clean in PUBLIC_DOMAINS:
        raise DomainInvalid(domain=domain.strip()[:80])
    other = Organisation.objects.filter(domains__contains=[clean]).exclude(pk=organisation.pk).first()
    if other is not None:
        raise DomainTaken(domain=clean, name=other.name)
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if clean in row.domains:
        return row
    row.domains = [*row.domains, clean]
    row.save(update_fields=["domains"])
    theirs = (
        ContactPoint.objects.verified()
        .filter(kind="email", value__endswith=f"@{clean}")
        .values("customer_id")
    )
    Customer.objects.present().filter(organisation=None, pk__in=theirs).update(organisation=row)
    record(OrganisationChanged(organisation_id=row.pk, fields=("domains",)), by=by)
    return row


@transaction.atomic
def remove_domain(organisation: Organisation, *, domain: str, by: Actor) -> Organisation:
    """No longer recognise people by the domain; who belongs to the organisation stays. A repeat does nothing."""
    require(by, "customer.edit")
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if domain in row.domains:
        row.domains = [one for one in row.domains if one != domain]
        row.save(update_fields=["domains"])
        record(OrganisationChanged(organisation_id=row.pk, fields=("domains",)), by=by)
    return row


@transaction.atomic
def remove_organisation(organisation: Organisation, *, by: Actor) -> None:
    """Take the organisation away; its people and their tickets stay. A repeat does nothing."""
    require(by, "customer.edit")
    row = Organisation.objects.select_for_update().filter(pk=organisation.pk).first()
    if row is not None:
        record(OrganisationRemoved(organisation_id=row.pk), by=by)
        row.delete()


def organisation_of_address(address: str) -> Organisation | None:
    """Whose mail domain this is. One query."""
    domain = address.rpartition("@")[2].lower()
    return _of_domain(domain) if domain else None


@remembered
def _of_domain(domain: str) -> Organisation | None:
    return Organisation.objects.filter(domains__contains=[domain]).first()


def _name(name: str) -> str:
    clean = " ".join(name.split())[:160]
    if not clean:
        raise NameMissing
    return clean
