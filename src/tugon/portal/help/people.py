"""Who reads the help center: what is proved about them, and what they said to be."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from tugon.customers.models import Audience
from tugon.helpcenter.readers import Reader

from ..identity import visitor
from .revision import kept
from .warm import AUDIENCE_COOKIE

CHOSEN = "for"
"""Parameter of the address: the key of the audience a visitor says to belong to; empty takes the choice back."""

NOBODY = "everybody"


def reader_of(request: HttpRequest) -> Reader:
    """What decides which articles are shown. Agents read everything; of others only what is proved counts."""
    known: Reader | None = getattr(request, "_help_reader", None)
    if known is None:
        is_agent = bool(getattr(request, "user", None) and request.user.is_authenticated)
        known = Reader.agent() if is_agent else Reader.of_customer(visitor(request).customer)
        request._help_reader = known  # type: ignore[attr-defined]
    return known


def who(request: HttpRequest) -> str:
    """What is the same while somebody stays; only ever kept as a hash of the day (`search.knowledge.visitors`)."""
    customer = visitor(request).customer
    if customer is not None:
        return f"customer:{customer.pk}"
    return stranger(request)


def stranger(request: HttpRequest) -> str:
    """Like `who`, of somebody who has no session."""
    return f"{get_adapter().get_client_ip(request) or ''}|{request.headers.get('User-Agent', '')[:300]}"


@kept
def audiences() -> list[Audience]:
    """The cards of "Who are you?", in order. One query."""
    return list(Audience.objects.filter(is_visible=True))


def chosen_audience(request: HttpRequest, among: list[Audience]) -> Audience | None:
    """Whose chapters are offered: what the address says, else what was chosen before, else what is known of who is
    signed in. Opens nothing that may not be read.
    """
    said = request.GET.get(CHOSEN)
    if said is None:
        said = request.COOKIES.get(AUDIENCE_COOKIE)
    if said is not None:
        return next((row for row in among if row.key == said), None)
    customer = visitor(request).customer
    own = customer.audience_id if customer else None
    return next((row for row in among if row.pk == own), None)
