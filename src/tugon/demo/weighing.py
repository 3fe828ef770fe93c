"""Why the demo's open tickets have their priorities: severities that colleagues set, reports that are linked, a plan
that raises, and what Amihan decided otherwise.
"""

from datetime import datetime, timedelta

from tugon.customers.models import Plan
from tugon.events.reactions import without
from tugon.lib.clock import standing_at
from tugon.priority.operations import assess, keep_raises, override
from tugon.priority.starting import create_starting_rows
from tugon.tickets.models import Priority, Severity, Ticket

from .house import House
from .scenes import LATER

SEVERITY_OF = {
    Priority.LOW: Severity.MINOR,
    Priority.NORMAL: Severity.MODERATE,
    Priority.HIGH: Severity.CRITICAL,
    Priority.URGENT: Severity.CRITICAL,
}
"""What was found of a ticket that the conversations give this priority, where they say nothing else."""

REASONS = (
    "Their premiere is tonight; it must work before.",
    "A newspaper asked about this.",
    "The contract promises more than the table gives.",
)


def weigh_tickets(house: House, *, today: datetime) -> int:
    """Assess every open ticket. Where the conversation makes it urgent, Amihan decided so. Returns how many."""
    create_starting_rows()
    by = house.administrator.actor
    plan = Plan.objects.filter(key="studio-plus").first()
    rows = Ticket.objects.active().filter(merged_into=None).order_by("pk")
    with without(*LATER), standing_at(today - timedelta(minutes=20)):
        if plan is not None:
            keep_raises([{"plan": plan.pk, "steps": 1, "at_most": Priority.HIGH}], by=by)
        for priority, severity in SEVERITY_OF.items():
            rows.filter(priority=priority, severity=None).update(severity=severity)
        for place, ticket in enumerate(rows):
            given = ticket.priority
            row = assess(ticket, cause="TicketOpened")
            if given == Priority.URGENT and row.priority != given:
                override(ticket, priority=given, reason=REASONS[place % len(REASONS)], by=by)
    return len(rows)
