"""The link by which a customer opens one request without a password: in acknowledgements and replies.

The token names the ticket and the customer it was made for, ends after a year, and carries a MAC. Whoever holds it may
read and answer that one request; it signs nobody in. The customer is part of it: a ticket that moved to another person
is not opened by links the first one got.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from tugon.lib import secrets
from tugon.lib.clock import now
from tugon.tickets.models import Ticket

PURPOSE = "request-link"
PATH = "/r/"
"""Where the portal opens a request by its token: `/r/<token>/`."""

LASTS = timedelta(days=365)
_EPOCH = datetime.fromisoformat("2020-01-01T00:00:00+00:00")


@dataclass(frozen=True, slots=True)
class RequestLink:
    """What a good token says: it opens this ticket while it belongs to this customer."""

    ticket_id: int
    customer_id: int


def token(ticket: Ticket, *, at: datetime | None = None) -> str:
    """The signed token of one request, good for a year from `at` (now if empty)."""
    until = ((at or now()) + LASTS - _EPOCH).days
    parts = (ticket.pk, ticket.customer_id, until)
    return "-".join(str(part) for part in (*parts, secrets.sign(PURPOSE, *parts, length=24)))


def verify(value: str, *, at: datetime | None = None) -> RequestLink | None:
    """What the token opens, or None when it is forged, broken or too old."""
    pieces = value.split("-")
    if len(pieces) != 4 or not all(
        piece.isascii() and piece.isdigit() and len(piece) < 19 for piece in pieces[:3]
    ):
        return None
    ticket_id, customer_id, until = (int(piece) for piece in pieces[:3])
    if len(pieces[3]) != 24 or not secrets.signed(PURPOSE, ticket_id, customer_id, until, mac=pieces[3]):
        return None
    if ((at or now()) - _EPOCH).days > until:
        return None
    return RequestLink(ticket_id, customer_id)


def request_url(ticket: Ticket) -> str:
    """The whole address that opens this request. Made without the URL configuration: workers load no surfaces."""
    return f"{settings.BASE_URL}{PATH}{token(ticket)}/"
