"""Sining itself: what the company decided, who works there, which ways in it has, and who writes."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tugon.accounts.models import Agent, Membership, Role, Team
from tugon.channels.models import Channel, Mailbox
from tugon.company import operations as company
from tugon.customers.models import Audience, ContactPoint, Customer, CustomField, Organisation, Plan
from tugon.events.actors import SYSTEM
from tugon.intake.models import Form, SenderRule
from tugon.lib.clock import now
from tugon.sla.models import Calendar, Policy
from tugon.tickets.models import State, Status, View

PASSWORD = "sining-demo-2026"  # noqa: S105 - printed by bin/run
DOMAIN = "sining.example"
PEOPLE = Path(__file__).parent / "people.csv"

SETTINGS = {
    "name": "Sining",
    "accent": "#0f766e",
    "zone": "Asia/Manila",
    "region": "PH",
    "languages": ["en", "fil"],
    "language": "en",
    "host_url": "https://sining.example",
    "privacy_url": "https://sining.example/privacy",
    "news_url": "https://sining.example/news",
    "social_urls": ["https://www.facebook.com/sining.example", "https://www.youtube.com/@sining.example"],
}
TEAMS = {
    "Support": "Watching, apps, accounts",
    "Billing": "Payments, refunds, invoices",
    "Creator success": "Creators and studios: payouts, uploads, pages",
    "Trust and safety": "Rights, privacy, harassment, fraud",
}
AGENTS = (
    # address, name, job, role, teams (a leading * leads), language, zone
    ("amihan", "Amihan Villanueva", "Head of care", "Administrator", "*Support,*Trust and safety", "en", "Asia/Manila"),
    ("rafael", "Rafael Domingo", "Support lead", "Lead", "Support,*Creator success", "en", "Asia/Manila"),
    ("carmela", "Carmela Uy", "Billing lead", "Lead", "*Billing", "en", "Asia/Manila"),
    ("bea", "Bea Santos", "Support agent", "Agent", "Support,Creator success", "fil", "Asia/Manila"),
    ("tomas", "Tomas Ilagan", "Support agent", "Agent", "Support,Billing", "en", "Asia/Manila"),
    ("joaquin", "Joaquín Prieto", "Creator partner", "Agent", "Creator success,Billing", "en", "Europe/Madrid"),
    ("noor", "Noor Abdulla", "Trust and safety analyst", "Agent", "Trust and safety,Support", "en", "Asia/Dubai"),
    ("kiko", "Kiko Manalo", "Legal adviser", "Collaborator", "Trust and safety", "fil", "Asia/Manila"),
)  # fmt: skip
AUDIENCES = (
    ("members", "heart", {"en": "Members", "fil": "Mga miyembro"},
     {"en": "You follow creators and watch, listen or read",
      "fil": "Sumusunod kayo sa mga gumagawa at nanonood, nakikinig o nagbabasa"}),
    ("creators", "star", {"en": "Independent creators", "fil": "Mga malayang gumagawa"},
     {"en": "You publish on your own page and earn with it", "fil": "May sarili kayong pahina at kumikita rito"}),
    ("studios", "building-2", {"en": "Studios", "fil": "Mga studio"},
     {"en": "You work in a team with a catalogue and contracts",
      "fil": "Kasama kayo sa pangkat na may katalogo at mga kontrata"}),
)  # fmt: skip
PLANS = {
    "free": "Free", "fan": "Fan", "patron": "Patron", "creator": "Creator", "creator-plus": "Creator Plus",
    "studio": "Studio", "studio-plus": "Studio Plus",
}  # fmt: skip
FIELDS: tuple[tuple[str, str, str, dict[str, str], list[tuple[str, str, str]], bool], ...] = (
    ("ticket", "device", "text", {"en": "Device", "fil": "Device"}, [], True),
    ("ticket", "page", "url", {"en": "Page where it happened", "fil": "Pahina kung saan nangyari"}, [], True),
    ("ticket", "amount", "number", {"en": "Amount in pesos", "fil": "Halaga sa piso"}, [], True),
    ("ticket", "payment_method", "choice", {"en": "Paid by", "fil": "Paraan ng pagbabayad"},
     [("gcash", "GCash", "GCash"), ("card", "Card", "Card"),
      ("store", "App store", "App store"), ("bank", "Bank transfer", "Bank transfer")], True),
    ("ticket", "catalogue_number", "text", {"en": "Catalogue number", "fil": "Numero sa katalogo"}, [], True),
    ("customer", "since", "date", {"en": "With us since", "fil": "Kasama namin mula"}, [], False),
    ("organisation", "contract", "choice", {"en": "Contract", "fil": "Kontrata"},
     [("standard", "Standard", "Karaniwan"), ("custom", "Custom", "Natatangi")], False),
)  # fmt: skip
FORMS = (
    ("members", "Support", "members", "heart",
     {"en": "Help for members", "fil": "Tulong para sa mga miyembro"}, ["device", "page"]),
    ("creators", "Creator success", "creators", "star",
     {"en": "Help for creators", "fil": "Tulong para sa mga gumagawa"}, ["page", "amount"]),
    ("studios", "Creator success", "studios", "building-2",
     {"en": "Help for studios", "fil": "Tulong para sa mga studio"}, ["catalogue_number"]),
)  # fmt: skip
STATES = (
    ("bank", Status.HOLD, {"en": "Waiting for bank", "fil": "Naghihintay sa bangko"},
     {"en": "Waiting for the bank", "fil": "Hinihintay ang bangko"}),
    ("creator", Status.HOLD, {"en": "Waiting for creator", "fil": "Naghihintay sa gumagawa"},
     {"en": "Asked the creator", "fil": "Tinanong ang gumagawa"}),
    ("engineering", Status.HOLD, {"en": "With engineering", "fil": "Nasa engineering"},
     {"en": "Our engineers look at it", "fil": "Tinitingnan ng aming mga inhinyero"}),
)  # fmt: skip
AUDIENCE_NAMES = ["creators", "studios"]
VIEWS: tuple[tuple[dict[str, str], str, str | None, str, list[dict[str, Any]]], ...] = (
    ({"en": "Urgent and high", "fil": "Apurahan at mataas"}, "triangle-alert", None, "-priority",
     [{"field": "status", "is": "in", "value": ["new", "open"]}, {"field": "priority", "is": "in", "value": [3, 4]}]),
    ({"en": "In Filipino", "fil": "Nasa Filipino"}, "tag", None, "-updated_at",
     [{"field": "status", "is": "in", "value": ["new", "open"]}, {"field": "language", "is": "in", "value": ["fil"]}]),
    ({"en": "Waiting for bank", "fil": "Naghihintay sa bangko"}, "landmark", "Billing", "-updated_at",
     [{"field": "status", "is": "in", "value": ["hold"]}, {"field": "tags", "is": "any_of", "value": ["bank"]}]),
    ({"en": "Creators and studios", "fil": "Mga gumagawa at studio"}, "star", "Creator success", "due_at",
     [{"field": "status", "is": "in", "value": ["new", "open", "waiting"]},
      {"field": "audience", "is": "in", "value": AUDIENCE_NAMES}]),
)  # fmt: skip
SENDER_RULES = (
    ("@newsletter.example", "ignore", "Newsletters nobody asked for"),
    ("@northpier.example", "allow", "A studio with a strict mail server"),
    ("casino@winbig.example", "quarantine", "Keeps writing about bonuses"),
)


@dataclass
class House:
    """What stands before the first ticket, by the names that the conversations use."""

    agents: dict[str, Agent] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    members: dict[str, list[Agent]] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    customers: list[Customer] = field(default_factory=list)

    @property
    def administrator(self) -> Agent:
        return self.agents["amihan"]


def furnish() -> House:
    """Everything that was set up before the first ticket, as of the clock's moment."""
    company.decide_all(SETTINGS, by=SYSTEM)
    house = House()
    _teams_and_agents(house)
    _promises()
    _words(house)
    _channels(house)
    _people(house)
    return house


def _teams_and_agents(house: House) -> None:
    house.teams = {name: Team.objects.create(name=name, description=words) for name, words in TEAMS.items()}
    roles = {role.name: role for role in Role.objects.all()}
    for local, name, job, role, teams, language, zone in AGENTS:
        agent = Agent.objects.create_user(
            f"{local}@{DOMAIN}", name=name, password=PASSWORD, job_title=job, language=language, time_zone=zone,
            joined_at=now(),
        )  # fmt: skip
        agent.roles.add(roles[role])
        for team in teams.split(","):
            row = house.teams[team.lstrip("*")]
            Membership.objects.create(team=row, agent=agent, leads=team.startswith("*"))
            if role != "Collaborator":
                house.members.setdefault(row.name, []).append(agent)
        house.agents[local] = agent


def _promises() -> None:
    every_day = {str(day): [["08:00", "22:00"]] for day in range(7)}
    calendar = Calendar.objects.create(
        name="Every day, 8 to 22 in Manila", zone="Asia/Manila", shifts=every_day
    )
    Policy.objects.filter(is_default=True).update(is_default=False)
    Policy.objects.create(
        name="Sining", calendar=calendar, first_response="6 business hours",
        next_response="8 business hours", resolution="3 business days", is_default=True,
    )  # fmt: skip


def _words(house: House) -> None:
    for place, (key, icon, names, descriptions) in enumerate(AUDIENCES):
        Audience.objects.create(key=key, icon=icon, names=names, descriptions=descriptions, position=place)
    Plan.objects.bulk_create(
        Plan(key=key, name=name, position=place) for place, (key, name) in enumerate(PLANS.items())
    )
    for place, (on, key, kind, names, choices, shown) in enumerate(FIELDS):
        listed = [
            {"key": one, "names": {"en": english, "fil": filipino}} for one, english, filipino in choices
        ]
        CustomField.objects.create(
            on=on, key=key, kind=kind, names=names, choices=listed, shown_to_customer=shown, position=place
        )
    first = State.objects.count()
    for place, (key, status, names, theirs) in enumerate(STATES):
        house.states[key] = State.objects.create(
            status=status, names=names, customer_names=theirs, position=first + place
        )
    first = View.objects.count()
    ids = list(Audience.objects.filter(key__in=AUDIENCE_NAMES).values_list("pk", flat=True))
    for place, (names, icon, team, order, listed) in enumerate(VIEWS):
        conditions = [one | ({"value": ids} if one["value"] is AUDIENCE_NAMES else {}) for one in listed]
        View.objects.create(
            name=names["en"], names=names, icon=icon, team=house.teams[team] if team else None, order=order,
            conditions={"all": conditions}, position=first + place,
        )  # fmt: skip
    SenderRule.objects.bulk_create(
        SenderRule(pattern=one, verdict=verdict, note=note) for one, verdict, note in SENDER_RULES
    )


def _channels(house: House) -> None:
    for key, team in (("support", "Support"), ("billing", "Billing")):
        channel = Channel.objects.create(kind="email", name=f"{key.title()} mail", team=house.teams[team])
        Mailbox.objects.create(
            channel=channel, address=f"{key}@{DOMAIN}", outgoing=Mailbox.Outgoing.SANDBOX,
            signatures={
                "en": "{agent}\n{company} · support@" + DOMAIN,
                "fil": "{agent}\n{company} · support@" + DOMAIN,
                "es": "{agent}\n{company} · support@" + DOMAIN,
            },
        )  # fmt: skip
        house.channels[key] = channel
    company.decide("default_mailbox", value=house.channels["support"].mailbox.pk, by=SYSTEM)
    company.decide("forms_per_hour", value=1000, by=SYSTEM)  # who tries the form often is no spammer
    for slug, team, audience, _icon, titles, asks in FORMS:
        channel = Channel.objects.create(
            kind="form", name=titles["en"], team=house.teams[team], audience_key=audience
        )
        Form.objects.create(
            channel=channel, slug=slug, audience=Audience.objects.get(key=audience), titles=titles, asks=asks,
            position=len(house.channels),
        )  # fmt: skip
        house.channels[f"form-{slug}"] = channel
    for kind, name in (
        ("chat", "Chat"),
        ("phone", "Telephone"),
        ("social", "Social media"),
        ("api", "API"),
        ("console", "Console"),
    ):
        house.channels[kind] = Channel.objects.create(kind=kind, name=name, acknowledges=False)


def _people(house: House) -> None:
    audiences = {row.key: row for row in Audience.objects.all()}
    plans = {row.key: row for row in Plan.objects.all()}
    organisations: dict[str, Organisation] = {}
    with PEOPLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["organisation"]
            if name and name not in organisations:
                organisations[name] = Organisation.objects.create(
                    name=name, domains=[row["address"].partition("@")[2]], fields={"contract": "standard"}
                )
            customer = Customer.objects.create(
                name=row["name"], username=row["username"], language=row["language"], time_zone=row["zone"],
                audience=audiences[row["audience"]], plan=plans[row["plan"]], organisation=organisations.get(name),
            )  # fmt: skip
            ContactPoint.objects.create(
                customer=customer, kind="email", value=row["address"], is_primary=True, verified_at=now()
            )
            house.customers.append(customer)
