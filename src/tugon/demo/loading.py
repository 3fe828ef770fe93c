"""Loading the demo, all or nothing, and taking it away again."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, Max, Min

from tugon.accounts.models import Agent
from tugon.accounts.starting import create_roles
from tugon.advisor.measuring import measure
from tugon.advisor.starting import create_starting_advice
from tugon.company import operations as company
from tugon.company import settings
from tugon.customers.models import Customer
from tugon.delivery.models import Outgoing
from tugon.events.actors import SYSTEM
from tugon.events.reactions import without
from tugon.lib.clock import now, standing_at
from tugon.notifications.kinds import KINDS
from tugon.notifications.models import Notification
from tugon.search.indexing import index_customers, index_tickets
from tugon.sla import promises, watching
from tugon.tickets.models import Participant, Ticket, TicketLink
from tugon.tickets.starting import create_starting_rows

from . import incidents
from .archive import old_mail
from .attending import furnish_routing
from .casting import Person, cast
from .coached import coach_drafts
from .escalating import escalate_some
from .helpcenter.loading import furnish_help, live_help
from .house import House, furnish
from .playing import play, scenes
from .promises import furnish_promises
from .routes import furnish_routes
from .ruling import weigh_newest
from .scenes import LATER
from .stating import change_facts, furnish_billing, furnish_facts
from .templating import furnish_templates
from .threads import threads
from .understood import label_tickets
from .walks.loading import furnish_walks, live_walks
from .weighing import weigh_tickets

NEWS = timedelta(hours=14)
"""Notifications older than this were read."""


class OtherDataHere(Exception):
    """Somebody works with this Tugon already; the demo is not mixed in."""


def is_loaded() -> bool:
    return bool(settings.get("demo_loaded_at"))


def load(
    *, told: Callable[[], None] = lambda: None, says: Callable[[str], None] = lambda _words: None
) -> None:
    """Load everything, in one transaction. A repeat does nothing. told: called after every step of a conversation.

    says: called with what is being loaded next, in words.
    Raises OtherDataHere where agents or tickets exist that the demo did not make.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [0x64656D6F])  # "demo": of two loads, one waits
        settings.forget()
        if is_loaded():
            return
        if Agent.objects.exists() or Ticket.objects.exists():
            raise OtherDataHere
        create_roles()
        create_starting_rows()
        create_starting_advice()
        _replay(now().replace(microsecond=0), told, says)
    settings.forget()
    promises.forget()


def _replay(today: datetime, told: Callable[[], None], says: Callable[[str], None]) -> None:
    with without(*LATER):
        says("people, teams and forms")
        with standing_at(today - timedelta(days=75)):
            house = furnish()
            furnish_promises()
        furnish_facts(house, today=today)
        furnish_billing(house, today=today)
        says("the help center")
        library = furnish_help(house, today=today)
        furnish_routes(house)
        guides = furnish_walks(house.agents, today=today)
        Agent.objects.update(preferences={"notify": {kind: {"app": True, "email": False} for kind in KINDS}})
        people = [_person(place, customer) for place, customer in enumerate(house.customers)]
        found = scenes(cast(threads(), people, now=today), house)
        for scene in found:
            scene.steps = [(moment, step) for moment, step in scene.steps if moment < today]
        extra = [(moment, step) for moment, step in incidents.plan(found, until=today) if moment < today]
        found[0].steps += extra
        says("conversations of sixty days")
        play(found, told=told)
        old_mail(found)
        change_facts(house, today=today)
        furnish_templates(house, today=today)
        says("readers and searches of sixty days")
        live_help(library, house, found, today=today)
        live_walks(guides, house.customers, today=today)
        watching.look(tells=False)
        company.decide("demo_loaded_at", value=today.isoformat(), by=SYSTEM)
    says("what all of it adds up to")
    _make_up(house, today)
    label_tickets(house, today=today)
    weigh_newest()
    weigh_tickets(house, today=today)
    furnish_routing(house, today=today)
    escalate_some(house, today=today)
    coach_drafts(list(house.agents.values()))
    Agent.objects.update(preferences={})
    measure()


def _person(place: int, customer: Customer) -> Person:
    return Person(place, customer.audience.key if customer.audience else "", customer.language)


def _make_up(house: House, today: datetime) -> None:
    """The index, and the moments that the database wrote as today's."""
    index_tickets(list(Ticket.objects.values_list("pk", flat=True)))
    index_customers(list(Customer.objects.values_list("pk", flat=True)))
    Notification.objects.filter(at__lt=today - NEWS).update(read_at=F("at") + timedelta(hours=1))
    Customer.objects.update(created_at=today - timedelta(days=75))
    for customer in Customer.objects.annotate(first=Min("tickets__created_at")):
        since = (customer.first or today) - timedelta(days=1 + customer.pk % 14)
        Customer.objects.filter(pk=customer.pk).update(created_at=since)
    for letter in Outgoing.objects.annotate(left=Max("deliveries__sent_at")).filter(left__isnull=False):
        Outgoing.objects.filter(pk=letter.pk).update(created_at=letter.left)
    for model, column in ((Participant, "added_at"), (TicketLink, "created_at")):
        model.objects.update(**{column: today - timedelta(minutes=15)})


def unload() -> None:
    """Empty every table of Tugon: people, tickets, letters, settings. Only what the demo was loaded into.

    Raises OtherDataHere where no demo is loaded.
    """
    settings.forget()
    if not is_loaded():
        raise OtherDataHere
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(name) for name in sorted(_tables()))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    settings.forget()
    promises.forget()


def _tables() -> Iterable[str]:
    kept = {"django_migrations", "django_content_type"}
    labels = [config.label for config in apps.get_app_configs() if config.name.startswith("tugon.")]
    own = {
        model._meta.db_table
        for label in labels
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
    }
    return {"django_session"} | {name for name in own if name not in kept}
