"""Who is asking, on the portal.

Two ways, kept in the session. `customer_id`: signed in, by a letter sent to an address; sees all its requests.
`granted_tickets`: opened one request by its link, or wrote it in this session; sees that request only, and only while
it belongs to the customer it was granted for. Who only wrote it proved nothing: that grant ends when the customer's
address is proved by somebody, or the request is merged into somebody's history.
"""

from contextlib import suppress
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest
from django.utils import timezone

from tugon.customers.models import ContactPoint, Customer
from tugon.realtime.publish import publish_revocation
from tugon.tickets.models import Ticket
from tugon.tickets.querysets import TicketQuerySet

SIGNED_IN = "customer_id"
GRANTED = "granted_tickets"
ASKED = "sign_in_asked"
NEXT = "sign_in_next"
"""The request somebody wanted to see before signing in."""
MOST_GRANTS = 50


@dataclass(frozen=True, slots=True)
class Grant:
    """One ticket that this session may open while it is this customer's. by_link: a letter's link proved more."""

    ticket_id: int
    customer_id: int
    by_link: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person behind a request: a signed-in customer or none, and the tickets opened one by one."""

    customer: Customer | None
    granted: tuple[Grant, ...] = ()

    def tickets(self) -> TicketQuerySet:
        """The tickets this visitor may open."""
        mine = Q(pk__in=())
        if self.customer is not None:
            mine |= Q(customer=self.customer)
        unproved = ~Exists(
            ContactPoint.objects.filter(customer=OuterRef("customer"), verified_at__isnull=False)
        )
        for given in self.granted:
            its = Q(pk=given.ticket_id, customer_id=given.customer_id)
            mine |= its if given.by_link else its & Q(unproved)
        return Ticket.objects.filter(mine, is_spam=False)

    def owns(self, ticket: Ticket) -> bool:
        """Whether it is one of the signed-in customer's own, not only opened by its link."""
        return self.customer is not None and ticket.customer_id == self.customer.pk

    def proved(self, ticket: Ticket) -> bool:
        """Whether the visitor is its customer: signed in, or with the link of a letter."""
        return self.owns(ticket) or any(
            one.by_link and (one.ticket_id, one.customer_id) == (ticket.pk, ticket.customer_id)
            for one in self.granted
        )


def visitor(request: HttpRequest) -> Visitor:
    """Who asks. One query when signed in, none otherwise."""
    known = getattr(request, "_visitor", None)
    if known is None:
        known = Visitor(_customer(request), _grants(request))
        request._visitor = known  # type: ignore[attr-defined]
        if known.customer is not None:
            _tell_times_to(known.customer)
    return known


def find_ticket(request: HttpRequest, number: int) -> Ticket:
    """The ticket if the visitor may open it. Raises Http404 otherwise: what is not theirs does not exist."""
    rows = visitor(request).tickets().select_related("customer", "channel__form", "state")
    ticket = rows.filter(pk=number).first()
    if ticket is None:
        raise Http404
    if visitor(request).proved(ticket):
        _tell_times_to(ticket.customer)
    return ticket


def _tell_times_to(customer: Customer) -> None:
    """From here on this page says times as our letters do: in the zone of the person's profile, where it has one, so
    that one promise never reads as two. The reader's middleware takes it back.
    """
    if customer.time_zone:
        with suppress(ZoneInfoNotFoundError, ValueError):
            timezone.activate(ZoneInfo(customer.time_zone))


def sign_in(request: HttpRequest, customer: Customer) -> None:
    """Remember the customer from now on, in a session with a new key."""
    request.session.cycle_key()
    request.session[SIGNED_IN] = customer.pk
    request.session.pop(ASKED, None)
    request._visitor = None  # type: ignore[attr-defined]


def sign_out(request: HttpRequest) -> None:
    """Forget the customer and every grant, and end what listens under the old key."""
    old = request.session.session_key
    for key in (SIGNED_IN, GRANTED, ASKED, NEXT):
        request.session.pop(key, None)
    request.session.cycle_key()
    request._visitor = None  # type: ignore[attr-defined]
    if old:
        publish_revocation(old)


def grant(request: HttpRequest, ticket: Ticket, *, by_link: bool = False) -> None:
    """Let this session open one ticket as long as it is its present customer's. A link is never forgotten for less."""
    known = {(one.ticket_id, one.customer_id): one.by_link for one in _grants(request)}
    by_link = known.pop((ticket.pk, ticket.customer_id), False) or by_link
    rows = [[*pair, linked] for pair, linked in known.items()] + [[ticket.pk, ticket.customer_id, by_link]]
    request.session[GRANTED] = rows[-MOST_GRANTS:]
    request._visitor = None  # type: ignore[attr-defined]


def _grants(request: HttpRequest) -> tuple[Grant, ...]:
    return tuple(Grant(*row) for row in request.session.get(GRANTED, ()))


def _customer(request: HttpRequest) -> Customer | None:
    pk = request.session.get(SIGNED_IN)
    if not pk:
        return None
    return Customer.objects.present().select_related("audience").filter(pk=pk).first()
