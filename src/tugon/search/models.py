from __future__ import annotations

from django.contrib.postgres.search import SearchVectorField
from django.db import models

from tugon.customers.models import Customer
from tugon.tickets.models import Ticket

from .knowledge.models import (
    Gap,
    KnowledgeEntry,
    Phrase,
    Posting,
    Search,
    Suggested,
    Synonym,
    VisitorSalt,
    Word,
)

__all__ = [
    "WINDOW",
    "Gap",
    "KnowledgeEntry",
    "PersonEntry",
    "Phrase",
    "Posting",
    "Search",
    "Suggested",
    "Synonym",
    "TicketEntry",
    "VisitorSalt",
    "Word",
]

WINDOW = 10_000
"""Tickets per window. A word in one of two hundred fills a page of fifty from the newest window alone."""


class TicketEntry(models.Model):
    """The words of one ticket: subject and number (A), people (B), messages and notes (C), file names (D)."""

    ticket = models.OneToOneField(
        Ticket, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    span = models.IntegerField(db_comment="ticket number divided by WINDOW; part of the index")
    words = SearchVectorField()

    def __str__(self) -> str:
        return f"Words of #{self.ticket_id}"


class PersonEntry(models.Model):
    """The names and contact points of one customer."""

    customer = models.OneToOneField(
        Customer, primary_key=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    words = SearchVectorField()

    def __str__(self) -> str:
        return f"Words of customer {self.customer_id}"
