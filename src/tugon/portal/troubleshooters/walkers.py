"""Who walks: what is known without asking, and the walk this browser was on last.

The walk is remembered in the session, whose cookie is needed for nothing else than what the person asked for; the link
of a step works without it, on any device.
"""

from django.http import HttpRequest

from tugon.troubleshooters.device import device
from tugon.troubleshooters.models import Troubleshooter, Walk

from ..help.people import audiences, chosen_audience
from ..identity import visitor

WALKS = "walks"
MOST_REMEMBERED = 8


def facts_of(request: HttpRequest, language: str) -> dict[str, str]:
    """What conditions may decide on. The audience is the customer's own, else the one a visitor said to belong to.

    At most two queries.
    """
    customer = visitor(request).customer
    found = device(request.headers.get("User-Agent", ""))
    audience = customer.audience if customer else None
    audience = audience or chosen_audience(request, audiences())
    plan = customer.plan if customer else None
    return {
        **found,
        "signed_in": "yes" if customer else "no",
        "audience": audience.key if audience else "",
        "plan": plan.key if plan else "",
        "language": language,
    }


def remember(request: HttpRequest, walk: Walk) -> None:
    known = dict(request.session.get(WALKS, {}))
    key = str(walk.troubleshooter_id)
    if known.get(key) != walk.token:
        known.pop(key, None)
        known[key] = walk.token
        request.session[WALKS] = dict(list(known.items())[-MOST_REMEMBERED:])


def open_walk(request: HttpRequest, row: Troubleshooter) -> Walk | None:
    """The walk this browser was on and did not finish. One query where there is one, none otherwise."""
    token = request.session.get(WALKS, {}).get(str(row.pk))
    if not token:
        return None
    walk = Walk.objects.select_related("version").filter(token=token, troubleshooter=row).first()
    return walk if walk is not None and walk.answers and not walk.ended_at else None
