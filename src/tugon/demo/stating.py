"""Brings the facts and the billing directory of the demo into being, with a history and with work to do."""

from datetime import datetime, timedelta

from tugon.billing import lookups
from tugon.billing import operations as billing
from tugon.billing.exchange import CAN
from tugon.billing.finding import who_charged
from tugon.billing.models import Processor
from tugon.events.actors import Actor
from tugon.facts import current, operations
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact
from tugon.lib.clock import standing_at

from .facts import FACTS
from .facts import Given as GivenFact
from .house import House
from .processors import PROCESSORS
from .processors import Given as GivenProcessor

CHANGED_LATELY = {"upload.limit": 3, "payout.minimum": 6}
"""Facts whose value of today began so many days ago, when articles were published already."""
COMING = ("price.member.monthly", "269", 24)
"""The price goes up so many days from now."""
MONEY = ("refund", "price", "payout", "fee", "chargeback", "trial", "cancel")
SOURCES = {
    "carmela": "Terms of payment, kept by Billing",
    "rafael": "Handbook of support",
}
LOOKED_FOR = (
    # typed, times: found and not found
    ("SINPAY*CREATOR 8005551212 MNL", 14),
    ("SINPAY MEMBERSH", 9),
    ("11/12 LAKBAYWALLET SINING", 7),
    ("HALO.COM/BILL 8665550177 CA", 6),
    ("KUBO STORE SINING", 4),
    ("SNG*PATRON CLUB", 5),
    ("SNG PATRON CLUB MNL", 3),
    ("GALERIA FRAMES 0012 MAKATI", 2),
    ("METRO WATER BILLS", 1),
)


def furnish_facts(house: House, *, today: datetime) -> None:
    """Every fact, some with the value they had before. Before anything is written that names them."""
    by = house.administrator.actor
    with standing_at(today - timedelta(days=74)):
        facts = {given.key: _fact(house, given, by) for given in FACTS}
    with standing_at(today - timedelta(days=40)):
        for given in FACTS:
            if given.before and given.key not in CHANGED_LATELY:
                operations.give_value(facts[given.key], typed=given.value, by=by)
    current.forget()


def change_facts(house: House, *, today: datetime) -> None:
    """What changed lately or is to come, so that texts wait to be read again. After the articles stand."""
    by = house.agents["carmela"].actor
    for given in FACTS:
        if given.key in CHANGED_LATELY:
            with standing_at(today - timedelta(days=CHANGED_LATELY[given.key])):
                operations.give_value(Fact.objects.get(key=given.key), typed=given.value, by=by)
    key, typed, ahead = COMING
    with standing_at(today - timedelta(days=1)):
        day = current.today() + timedelta(days=ahead + 1)
        operations.give_value(Fact.objects.get(key=key), typed=typed, valid_from=day, by=by)
    current.forget()


def furnish_billing(house: House, *, today: datetime) -> None:
    """Twelve processors, some to be checked again, and what people looked for in the last month."""
    by = house.agents["carmela"].actor
    for given in PROCESSORS:
        with standing_at(today - timedelta(days=given.checked_days_ago)):
            _processor(given, by)
    place = 0
    for typed, times in LOOKED_FOR:
        for _time in range(times):
            place += 1
            with standing_at(today - timedelta(days=(place * 7) % 29, hours=(place * 5) % 11, minutes=place)):
                found = who_charged(typed)
                language = "fil" if place % 3 == 0 else "en"
                lookups.keep(typed, found, token=f"demo-lookup-{place:04}", language=language)


def _fact(house: House, given: GivenFact, by: Actor) -> Fact:
    owner = "carmela" if given.key.startswith(MONEY) else "rafael"
    words = {"en": given.context_en.split(","), "fil": given.context_fil.split(",")}
    fact = operations.create(
        key=given.key,
        kind=Kind(given.kind),
        unit=given.unit,
        note=given.note,
        owner=house.agents[owner],
        source=SOURCES[owner],
        context_words=words,
        by=by,
    )
    operations.give_value(fact, typed=given.before or given.value, forms=dict(given.forms), by=by)
    return fact


def _processor(given: GivenProcessor, by: Actor) -> Processor:
    row = billing.create(
        name=given.name,
        abouts=_both(given.about),
        have_ready=_both(given.ready),
        only_we_can=_both(given.ours),
        countries=given.countries.split(),
        languages=given.languages.split(),
        review_every_days=given.check_every,
        by=by,
        **{f"can_{word}": word in given.can.split() for word in CAN},
    )
    for kind, pattern in given.descriptors:
        billing.add_descriptor(row, pattern=pattern, kind=kind, by=by)
    for place, (kind, value, hours, zone, languages) in enumerate(given.routes):
        billing.set_route(
            row,
            kind=kind,
            value=value,
            hours=hours,
            zone=zone,
            languages=languages.split(),
            position=place,
            by=by,
        )
    return row


def _both(words: tuple[str, str]) -> dict[str, str]:
    return {"en": words[0], "fil": words[1]}
