"""How people reach Sining: beside what every company starts with a phone, the troubleshooters and the studios' desk."""

from typing import Any

from tugon.advisor.choosing import Effort, Urgency
from tugon.advisor.models import Route
from tugon.advisor.starting import add
from tugon.customers.models import Audience
from tugon.sla.models import Calendar, Policy
from tugon.understanding.models import Topic

from .house import House

ROUTES: tuple[dict[str, Any], ...] = (
    {
        "key": "video-walk",
        "kind": Route.Kind.TROUBLESHOOTER,
        "address": "/{language}/help/troubleshooters/",
        "names": {"en": "Find it step by step", "fil": "Hanapin nang hakbang-hakbang"},
        "lines": {
            "en": "Questions one after the other, until it works or we know enough.",
            "fil": "Isa-isang tanong hanggang gumana o sapat na ang alam namin.",
        },
        "topics": ("technical", "account"),
    },
    {
        "key": "phone",
        "kind": Route.Kind.PHONE,
        "address": "+63285550142",
        "names": {"en": "Call us", "fil": "Tawagan kami"},
        "lines": {
            "en": "For what cannot wait: a stolen account, a live show that is down.",
            "fil": "Para sa hindi makapaghihintay: nakaw na account, live na naputol.",
        },
        "languages": ["en", "fil"],
        "promised_minutes": 5,
    },
    {
        "key": "studio-desk",
        "kind": Route.Kind.FORM,
        "address": "/contact/studio/",
        "names": {"en": "The desk for studios", "fil": "Ang desk para sa mga studio"},
        "lines": {
            "en": "People who know contracts, catalogues and seats.",
            "fil": "Mga taong bihasa sa kontrata, catalogue at seat.",
        },
    },
)
RULES: tuple[dict[str, Any], ...] = (
    {
        "route": "video-walk",
        "points": 28,
        "topics": ("technical", "account"),
        "efforts": [Effort.SOME],
        "reasons": {
            "en": "Most of these are solved in four steps, and nothing you try is lost.",
            "fil": "Karamihan nito ay naaayos sa apat na hakbang, at walang masasayang sa sinubukan ninyo.",
        },
    },
    {
        "route": "phone",
        "points": 45,
        "urgencies": [Urgency.NOW],
        "efforts": [Effort.SOME, Effort.DEEP],
        "reasons": {
            "en": "A person can act while you wait.",
            "fil": "May taong makakakilos habang naghihintay kayo.",
        },
    },
    {
        "route": "studio-desk",
        "points": 20,
        "efforts": [Effort.DEEP],
        "reasons": {
            "en": "They see your studio's whole history.",
            "fil": "Nakikita nila ang buong kasaysayan ng studio ninyo.",
        },
    },
)


def furnish_routes(house: House) -> None:
    """The routes of Sining, with hours and channels, beside those that stand already."""
    add(ROUTES, RULES, {row.key: row for row in Topic.objects.all()})
    calendar = Policy.objects.select_related("calendar").get(is_default=True).calendar
    by_phone = Calendar.objects.create(
        name="Telephone, 9 to 20 in Manila",
        zone="Asia/Manila",
        shifts={str(day): [["09:00", "20:00"]] for day in range(7)},
    )
    Route.objects.filter(key__in=("form", "email", "studio-desk")).update(calendar=calendar)
    Route.objects.filter(key="phone").update(calendar=by_phone)
    Route.objects.filter(key="email").update(channel=house.channels["support"])
    forms = {key.removeprefix("form-"): row for key, row in house.channels.items() if key.startswith("form-")}
    first = next(iter(forms.values()))
    Route.objects.filter(key="form").update(channel=first)
    studios = Audience.objects.filter(key="studios").first()
    desk = Route.objects.get(key="studio-desk")
    own = next((slug for slug in forms if "studio" in slug), next(iter(forms)))
    Route.objects.filter(pk=desk.pk).update(address=f"/contact/{own}/", channel=forms[own])
    if studios is not None:
        desk.audiences.set([studios])
