"""Tickets that have to do with each other: related, duplicate of, parent of."""

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record

from .. import policies
from ..errors import CannotLink
from ..events import TicketLinked, TicketUnlinked
from ..models import Ticket, TicketLink
from ..models.state import ACTIVE
from ..querysets import TicketQuerySet

SEEN_FROM_TARGET = {"related": "related", "duplicate": "duplicated_by", "parent": "child"}
"""What a link is called on the other ticket's timeline."""

MOST_GENERATIONS = 20


@transaction.atomic
def link(source: Ticket, target: Ticket, *, kind: str, by: Actor) -> TicketLink:
    """Say that `source` is a duplicate of, related to, or the parent of `target`. A repeat does nothing.

    A parent waits for its children: it is not solved while one is open, unless somebody insists.
    Raises NotAllowed, TicketIsMerged, CannotLink.
    """
    for ticket in (source, target):
        policies.require(by, "merge", ticket)
    if kind not in TicketLink.Kind.values:
        raise CannotLink(reason=_("“{kind}” is no kind of link.").format(kind=kind))
    if source.pk == target.pk:
        raise CannotLink(reason=_("it is the same ticket."))
    # In one order, so that two who link the same tickets never wait for each other, nor make a circle together.
    list(
        Ticket.objects.select_for_update()
        .filter(pk__in=[source.pk, target.pk])
        .order_by("pk")
        .values_list("pk")
    )
    existing = _between(source, target, kind)
    if existing is not None:
        return existing
    if kind == TicketLink.Kind.PARENT:
        _require_tree(source, target)
    row = TicketLink.objects.create(source=source, target=target, kind=kind)
    record(TicketLinked(ticket_id=source.pk, other_id=target.pk, kind=kind), by=by)
    record(TicketLinked(ticket_id=target.pk, other_id=source.pk, kind=SEEN_FROM_TARGET[kind]), by=by)
    return row


@transaction.atomic
def unlink(source: Ticket, target: Ticket, *, kind: str, by: Actor) -> None:
    """Take a link away; for related tickets and duplicates the direction does not matter. A repeat does nothing."""
    for ticket in (source, target):
        policies.require(by, "merge", ticket)
    row = _between(source, target, kind)
    if row is not None:
        TicketLink.objects.filter(pk=row.pk).delete()
        record(TicketUnlinked(ticket_id=row.source_id, other_id=row.target_id, kind=kind), by=by)
        record(
            TicketUnlinked(ticket_id=row.target_id, other_id=row.source_id, kind=SEEN_FROM_TARGET[kind]),
            by=by,
        )


def open_children(ticket: Ticket) -> TicketQuerySet:
    """Tickets right below this one that are not solved."""
    below = TicketLink.objects.filter(source=ticket, kind=TicketLink.Kind.PARENT).values("target_id")
    return Ticket.objects.filter(pk__in=below, status__in=ACTIVE, is_spam=False)


def _between(source: Ticket, target: Ticket, kind: str) -> TicketLink | None:
    rows = TicketLink.objects.filter(kind=kind)
    found = rows.filter(source=source, target=target).first()
    if found is None and kind != TicketLink.Kind.PARENT:
        found = rows.filter(source=target, target=source).first()
    return found


def _require_tree(parent: Ticket, child: Ticket) -> None:
    """One parent each, and nobody its own ancestor."""
    above = TicketLink.objects.filter(kind=TicketLink.Kind.PARENT)
    other = above.filter(target=child).values_list("source_id", flat=True).first()
    if other is not None:
        raise CannotLink(
            reason=_("#{child} already has the parent #{parent}.").format(child=child.pk, parent=other)
        )
    ancestor: int | None = parent.pk
    for _generation in range(MOST_GENERATIONS):
        ancestor = above.filter(target=ancestor).values_list("source_id", flat=True).first()
        if ancestor is None:
            return
        if ancestor == child.pk:
            break
    raise CannotLink(reason=_("#{child} would stand above itself.").format(child=child.pk))
