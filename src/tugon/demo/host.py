"""A page of the host platform, to see the support panel where customers meet it: on somebody else's website."""

from datetime import timedelta

import jwt
from django.http import HttpRequest, HttpResponse

from tugon.customers.models import Customer
from tugon.customers.operations import living_keys, make_key
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.pages.render import page

from .views import in_the_demo

SHOWN = 12
HOLDS = timedelta(minutes=10)


@in_the_demo
def host(request: HttpRequest) -> HttpResponse:
    """As a visitor nobody knows, or as one of the demo's people (`?as=7`), for whom the page signs."""
    people = Customer.objects.present().exclude(name="").select_related("audience").order_by("pk")[:SHOWN]
    chosen = request.GET.get("as", "")
    person = next((one for one in people if str(one.pk) == chosen), None)
    token = signed(person) if person else ""
    return page(request, "demo/host.html", {"people": people, "person": person, "token": token})


def signed(person: Customer) -> str:
    """What the platform's server would make for who is signed in there: a JWT that holds ten minutes."""
    keys = living_keys()
    if not keys:
        row, secret = make_key(by=SYSTEM)
        keys = {row.kid: secret}
    kid, secret = next(iter(keys.items()))
    address = person.contact_points.filter(kind="email").verified().first()
    claims = {
        "sub": person.username or f"sining-{person.pk}",
        "exp": now() + HOLDS,
        "name": person.name,
        "email": address.value if address else "",
        "email_verified": address is not None,
        "audience": person.audience.key if person.audience else "",
        "locale": person.language,
    }
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": kid})
