"""How many people reported a problem: distinct customers of the tickets linked to it."""

from django.db.models import Q

from tugon.tickets.models import Kind, Ticket, TicketLink


def people_affected(ticket: Ticket) -> int:
    """The ticket's own customer, and those of its parts and its duplicates, each once. One query.

    Spam and merged shells count not; nor do the parts of a task, which are work and no reports.
    """
    links = TicketLink.objects
    duplicates = links.filter(target=ticket, kind=TicketLink.Kind.DUPLICATE).values("source_id")
    reports = Q(pk__in=duplicates)
    if ticket.kind != Kind.TASK:
        parts = links.filter(source=ticket, kind=TicketLink.Kind.PARENT).values("target_id")
        reports |= Q(pk__in=parts)
    rows = Ticket.objects.filter(reports, is_spam=False, merged_into=None)
    return 1 + rows.exclude(customer=ticket.customer_id).values("customer_id").distinct().count()


def problems_of(ticket_id: int) -> list[int]:
    """Tickets that this one is a report of: its parent, and what it is a duplicate of. One query."""
    rows = TicketLink.objects.filter(
        Q(target=ticket_id, kind=TicketLink.Kind.PARENT) | Q(source=ticket_id, kind=TicketLink.Kind.DUPLICATE)
    ).values_list("kind", "source_id", "target_id")
    return [source if kind == TicketLink.Kind.PARENT else target for kind, source, target in rows]
