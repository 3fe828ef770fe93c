"""The only writers of the billing directory."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.company import settings as company
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.facts.referencing import require_known
from tugon.lib.clock import now

from . import finding
from .errors import DescriptorInvalid, DescriptorTaken, ProcessorInvalid, ProcessorTaken
from .events import (
    ContactRouteAdded,
    ContactRouteChanged,
    ContactRouteRemoved,
    DescriptorAdded,
    DescriptorRemoved,
    LookupsSettled,
    ProcessorArchived,
    ProcessorChanged,
    ProcessorCreated,
    ProcessorRestored,
    ProcessorReviewed,
)
from .models import ChargeLookup, ContactRoute, Descriptor, Processor
from .noise import core
from .routes import clean, countries_of, languages_of

PERMISSION = "billing.edit"
FIELDS = (
    *("name", "abouts", "notes", "only_we_can", "have_ready", "countries", "languages", "review_every_days"),
    *("can_cancel", "can_refund", "can_receipt", "can_update_card"),
)


@transaction.atomic
def create(*, by: Actor, name: str, **details: Any) -> Processor:
    """Make a processor. details: any of FIELDS. Raises NotAllowed, ProcessorInvalid, ProcessorTaken, FactUnknown."""
    require(by, PERMISSION)
    given = _clean({"name": name, **details})
    row = Processor(**given, created_at=now(), review_due_on=today())
    row.review_due_on = today() + timedelta(days=row.review_every_days)
    row.reviewed_at = now()
    _save(row)
    record(ProcessorCreated(processor_id=row.pk, name=row.name), by=by)
    return row


@transaction.atomic
def change(processor: Processor, *, by: Actor, **details: Any) -> Processor:
    """Change what differs. Raises NotAllowed, ProcessorInvalid, ProcessorTaken."""
    require(by, PERMISSION)
    row = _locked(processor)
    given = _clean(details)
    changes = {
        name: [getattr(row, name), value] for name, value in given.items() if getattr(row, name) != value
    }
    if not changes:
        return row
    for name in changes:
        setattr(row, name, given[name])
    if "review_every_days" in changes:
        since = row.reviewed_at or row.created_at
        row.review_due_on = since.date() + timedelta(days=row.review_every_days)
    _save(row)
    record(ProcessorChanged(processor_id=row.pk, changes=changes), by=by)
    return row


@transaction.atomic
def mark_reviewed(processor: Processor, *, by: Actor) -> Processor:
    """Somebody checked that everything is right; it comes up again after its days. Raises NotAllowed."""
    require(by, PERMISSION)
    row = _locked(processor)
    row.reviewed_at, row.review_due_on = now(), today() + timedelta(days=row.review_every_days)
    row.save(update_fields=["reviewed_at", "review_due_on", "updated_at"])
    record(ProcessorReviewed(processor_id=row.pk, due_on=row.review_due_on.isoformat()), by=by)
    return row


@transaction.atomic
def archive(processor: Processor, *, by: Actor) -> Processor:
    """Customers no longer find it; its history stays. Raises NotAllowed."""
    require(by, PERMISSION)
    row = _locked(processor)
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at", "updated_at"])
        record(ProcessorArchived(processor_id=row.pk), by=by)
        _forget()
    return row


@transaction.atomic
def restore(processor: Processor, *, by: Actor) -> Processor:
    """Raises NotAllowed."""
    require(by, PERMISSION)
    row = _locked(processor)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at", "updated_at"])
        record(ProcessorRestored(processor_id=row.pk), by=by)
        _forget()
    return row


@transaction.atomic
def add_descriptor(
    processor: Processor, *, pattern: str, by: Actor, kind: str = Descriptor.Kind.CARD
) -> Descriptor:
    """Say what the processor prints. A repeat returns what is there. What was looked for in vain and is found now is
    settled. Raises NotAllowed, DescriptorInvalid, DescriptorTaken.
    """
    require(by, PERMISSION)
    row = _locked(processor)
    words = " ".join(pattern.split())[:120]
    normal = " ".join(core(words))
    if len(normal.replace(" ", "")) < finding.SHORTEST or kind not in Descriptor.Kind.values:
        raise DescriptorInvalid(pattern=words)
    other = (
        Descriptor.objects.filter(normal=normal).exclude(processor=row).select_related("processor").first()
    )
    if other is not None:
        raise DescriptorTaken(pattern=words, name=other.processor.name)
    found, is_new = Descriptor.objects.get_or_create(
        processor=row, normal=normal, defaults={"pattern": words, "kind": kind, "created_at": now()}
    )
    if is_new:
        record(DescriptorAdded(processor_id=row.pk, pattern=words), by=by)
        _forget()
        _settle_found(row, by)
    return found


@transaction.atomic
def remove_descriptor(descriptor: Descriptor, *, by: Actor) -> None:
    """Raises NotAllowed."""
    require(by, PERMISSION)
    row = _locked(descriptor.processor)
    removed, _each = Descriptor.objects.filter(pk=descriptor.pk).delete()
    if removed:
        record(DescriptorRemoved(processor_id=row.pk, pattern=descriptor.pattern), by=by)
        _forget()


@transaction.atomic
def set_route(
    processor: Processor, *, by: Actor, route: ContactRoute | None = None, **details: Any
) -> ContactRoute:
    """Add a way to reach the processor, or change one. Raises NotAllowed, RouteInvalid.

    details: kind, value, hours, zone, languages, countries, position.
    """
    require(by, PERMISSION)
    row = _locked(processor)
    given = clean(details)
    if route is None:
        same = row.routes.filter(kind=given["kind"], value=given["value"]).first()
        route = same or ContactRoute(processor=row)
    changes = {
        name: [getattr(route, name), value] for name, value in given.items() if getattr(route, name) != value
    }
    is_new = route.pk is None
    if not changes and not is_new:
        return route
    for name, value in given.items():
        setattr(route, name, value)
    route.save()
    if is_new:
        record(ContactRouteAdded(processor_id=row.pk, kind=route.kind, value=route.value), by=by)
    else:
        record(ContactRouteChanged(processor_id=row.pk, value=route.value, changes=changes), by=by)
    return route


@transaction.atomic
def remove_route(route: ContactRoute, *, by: Actor) -> None:
    """Raises NotAllowed."""
    require(by, PERMISSION)
    removed, _each = ContactRoute.objects.filter(pk=route.pk).delete()
    if removed:
        record(
            ContactRouteRemoved(processor_id=route.processor_id, kind=route.kind, value=route.value), by=by
        )


@transaction.atomic
def set_aside(normal: str, *, by: Actor) -> int:
    """What people asked is nobody of ours; how many lookups leave the list. Raises NotAllowed."""
    require(by, PERMISSION)
    count = ChargeLookup.objects.open().filter(normal=normal).update(settled_at=now())
    if count:
        record(LookupsSettled(processor_id=0, normal=normal, count=count), by=by)
    return count


def today() -> date:
    """The company's day."""
    return now().astimezone(ZoneInfo(company.get("zone"))).date()


def _settle_found(row: Processor, by: Actor) -> None:
    entries, settled = finding.index(), 0
    for group in ChargeLookup.objects.open().grouped()[:500]:
        normal = str(group["normal"])
        found = finding.find(normal, entries)
        if found and found[0].entry.processor_id == row.pk:
            settled += ChargeLookup.objects.open().filter(normal=normal).update(settled_at=now())
    if settled:
        record(LookupsSettled(processor_id=row.pk, normal="", count=settled), by=by)


def _locked(processor: Processor) -> Processor:
    return Processor.objects.select_for_update().get(pk=processor.pk)


def _clean(details: dict[str, Any]) -> dict[str, Any]:
    given = {name: details[name] for name in FIELDS if name in details}
    if "name" in given:
        given["name"] = " ".join(str(given["name"]).split())
        if not 2 <= len(given["name"]) <= 120:
            raise ProcessorInvalid(reason=_("Write a name of 2 to 120 characters."))
    for name in ("abouts", "only_we_can", "have_ready"):
        if name in given:
            given[name] = {code: text.strip()[:2000] for code, text in given[name].items() if text.strip()}
            require_known(*given[name].values())
    if "countries" in given:
        given["countries"] = countries_of(given["countries"], ProcessorInvalid)
    if "languages" in given:
        given["languages"] = languages_of(given["languages"], ProcessorInvalid)
    if not 1 <= given.get("review_every_days", 1) <= 3650:
        raise ProcessorInvalid(reason=_("Write from 1 to 3650 days."))
    return given


def _save(row: Processor) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ProcessorTaken(name=row.name) from error
    _forget()


def _forget() -> None:
    finding.forget()
    transaction.on_commit(finding.forget)
