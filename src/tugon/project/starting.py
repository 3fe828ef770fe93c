"""What a new installation starts with, package by package, in an order that each can build on."""

from collections.abc import Callable

from tugon.advisor.starting import create_starting_advice
from tugon.escalation import starting as escalation
from tugon.priority import starting as priority
from tugon.rules import starting as rules
from tugon.search.knowledge.starting import create_starting_synonyms
from tugon.sla import starting as sla
from tugon.templates import starting as templates
from tugon.tickets.starting import create_starting_rows

STARTING: tuple[Callable[[], None], ...] = (
    create_starting_rows,
    priority.create_starting_rows,
    sla.create_starting_rows,
    create_starting_advice,
    escalation.create_starting_rows,
    create_starting_synonyms,
    templates.create_starting_rows,
    rules.create_starting_rows,
)


def create_all() -> None:
    """Make what never was there; what a company removed does not come back. A repeat does nothing."""
    for create in STARTING:
        create()
