"""Who is asking, on the portal.

Two ways, kept in the session. `customer_id`: signed in, by a link sent to a verified address; sees all its requests.
`granted_tickets`: opened one request by its link, or wrote it in this session; sees that request only. A claim never
becomes more by itself: merging customers does not carry a grant along.
"""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from tugon.customers.models import Customer
from tugon.tickets.models import Ticket
from tugon.tickets.querysets import TicketQuerySet

SIGNED_IN = "customer_id"
GRANTED = "granted_tickets"
MOST_GRANTS = 50


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person behind a request: a signed-in customer or none, and the tickets opened one by one."""

    customer: Customer | None
    granted: tuple[int, ...] = ()

    def tickets(self) -> TicketQuerySet:
        """The tickets this visitor may open."""
        mine = Ticket.objects.filter(is_spam=False)
        if self.customer is None:
            return mine.filter(pk__in=self.granted)
        return mine.filter(customer=self.customer) | mine.filter(pk__in=self.granted)


def visitor(request: HttpRequest) -> Visitor:
    """Who asks. One query when signed in, none otherwise."""
    known = getattr(request, "_visitor", None)
    if known is None:
        known = Visitor(_customer(request), tuple(request.session.get(GRANTED, ())))
        request._visitor = known  # type: ignore[attr-defined]
    return known


def find_ticket(request: HttpRequest, number: int) -> Ticket:
    """The ticket if the visitor may open it. Raises Http404 otherwise: what is not theirs does not exist."""
    ticket = visitor(request).tickets().select_related("customer", "channel", "assignee").filter(pk=number).first()
    if ticket is None:
        raise Http404
    return ticket


def sign_in(request: HttpRequest, customer: Customer) -> None:
    """Remember the customer from now on, in a session with a new key."""
    grants = request.session.get(GRANTED, [])
    request.session.cycle_key()
    request.session[SIGNED_IN] = customer.pk
    request.session[GRANTED] = grants
    request._visitor = None  # type: ignore[attr-defined]


def sign_out(request: HttpRequest) -> None:
    """Forget the customer and every grant."""
    for key in (SIGNED_IN, GRANTED):
        request.session.pop(key, None)
    request.session.cycle_key()
    request._visitor = None  # type: ignore[attr-defined]


def grant(request: HttpRequest, ticket: Ticket) -> None:
    """Let this session open one ticket."""
    grants = [pk for pk in request.session.get(GRANTED, []) if pk != ticket.pk]
    request.session[GRANTED] = [*grants, ticket.pk][-MOST_GRANTS:]
    request._visitor = None  # type: ignore[attr-defined]


def _customer(request: HttpRequest) -> Customer | None:
    pk = request.session.get(SIGNED_IN)
    if not pk:
        return None
    return Customer.objects.present().select_related("audience").filter(pk=pk).first()
