from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import policies
from ..errors import FieldValueInvalid, UnknownField
from ..events import TagsChanged, TicketChanged
from ..models import Kind, Priority, Severity, Tag, Ticket
from ..models.ticket import Side
from ..tagging import tag_word

CHANGEABLE: dict[str, Any] = {
    "subject": None,
    "kind": Kind.values,
    "priority": Priority.values,
    "severity": [None, *Severity.values],
    "side": Side.values,
    "language": None,
}
"""Plain fields that `change` may set, with their choices; None: free text."""

LONGEST = {"subject": 500, "language": 16}


@transaction.atomic
def change(ticket: Ticket, *, by: Actor, **values: Any) -> Ticket:
    """Set plain fields: subject, kind, priority, severity, side, language. What is already so is passed over.

    Raises UnknownField, FieldValueInvalid.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    values = {name: _clean(name, value) for name, value in values.items()}
    changes = {
        name: [getattr(ticket, name), value]
        for name, value in values.items()
        if getattr(ticket, name) != value
    }
    if not changes:
        return ticket
    for name, (_before, after) in changes.items():
        setattr(ticket, name, after)
    ticket.updated_at = now()
    ticket.save(update_fields=[*changes, "updated_at"])
    told = {name: [] if name == "subject" else change for name, change in changes.items()}
    record(TicketChanged(ticket_id=ticket.pk, changes=told), by=by)
    return ticket


@transaction.atomic
def set_tags(ticket: Ticket, *, by: Actor, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Ticket:
    """Add and remove tags: lower-case words joined by hyphens, at most 60 letters. A repeat does nothing."""
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    added = [tag for tag in dict.fromkeys(map(tag_word, add)) if tag and tag not in ticket.tags]
    removed = [tag for tag in dict.fromkeys(map(tag_word, remove)) if tag in ticket.tags]
    if not added and not removed:
        return ticket
    ticket.tags = [tag for tag in ticket.tags if tag not in removed] + added
    ticket.updated_at = now()
    ticket.save(update_fields=["tags", "updated_at"])
    for tag in added:
        Tag.objects.get_or_create(name=tag)
    Tag.objects.filter(name__in=added).update(used=F("used") + 1)
    record(TagsChanged(ticket_id=ticket.pk, added=tuple(added), removed=tuple(removed)), by=by)
    return ticket


@transaction.atomic
def set_fields(ticket: Ticket, *, by: Actor, values: dict[str, Any]) -> Ticket:
    """Set custom fields by key; each value is checked against its field's type.

    Raises NotAllowed, and of customers.errors FieldUnknown, FieldInvalid.
    """
    from tugon.customers.fields import clean

    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "edit", ticket)
    cleaned = clean("ticket", values)
    changed = {key: value for key, value in cleaned.items() if ticket.fields.get(key) != value}
    if not changed:
        return ticket
    ticket.fields = {**ticket.fields, **changed}
    ticket.updated_at = now()
    ticket.save(update_fields=["fields", "updated_at"])
    record(TicketChanged(ticket_id=ticket.pk, changes={f"fields.{key}": [] for key in changed}), by=by)
    return ticket


def _clean(name: str, value: Any) -> Any:
    if name not in CHANGEABLE:
        raise UnknownField(key=name)
    choices = CHANGEABLE[name]
    if choices is not None and value not in choices:
        raise FieldValueInvalid(value=value, field=name, reason=", ".join(str(choice) for choice in choices))
    if choices is None:
        value = " ".join(str(value).split())[: LONGEST[name]]
        if name == "subject" and not value:
            raise FieldValueInvalid(value="", field=name, reason=_("write some words"))
    return value
