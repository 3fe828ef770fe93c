"""Who of the demo is here: hours, an absence, skills and languages; and a team that gives out by itself."""

from datetime import datetime, timedelta

from tugon.accounts.models import Agent
from tugon.events.actors import SYSTEM
from tugon.events.reactions import without
from tugon.routing.models import Level, Skill, Strategy
from tugon.routing.operations import (
    change_habits,
    change_team,
    ensure_rows,
    refresh,
    set_away,
    set_capacity,
    set_hours,
    set_languages,
    set_out_of_office,
    set_skills,
)

from .house import House
from .scenes import LATER

HOURS = {"carmela": "Mon–Fri 09:00–18:00", "tomas": "Mon–Fri 07:00–16:00", "bea": "Mon–Sat 10:00–19:00"}
SPEAKS = {
    "amihan": {"en": 3, "fil": 3},
    "rafael": {"en": 3, "fil": 3},
    "carmela": {"en": 3, "fil": 2},
    "bea": {"en": 2, "fil": 3},
    "tomas": {"en": 3, "fil": 2},
    "joaquin": {"en": 3, "es": 3},
    "noor": {"en": 3, "ar": 3},
}
SKILLS = (
    # names, tags of the tickets that need it, level, who has it
    ({"en": "Payouts and tax forms", "fil": "Mga payout at tax form"}, ["payout", "payouts", "tax"], 2,
     {"carmela": 3, "joaquin": 2}),
    ({"en": "Rights and takedowns", "fil": "Mga karapatan at pagtanggal"}, ["copyright", "rights", "takedown"], 2,
     {"noor": 3, "amihan": 2}),
    ({"en": "Video delivery", "fil": "Paghahatid ng video"}, ["playback", "video", "outage"], 1,
     {"tomas": 3, "bea": 2, "rafael": 2}),
)  # fmt: skip


def furnish_routing(house: House, *, today: datetime) -> None:
    """As of today: Joaquín is on leave, Noor at lunch; Trust and safety gives its tickets out by itself."""
    with without(*LATER):
        ensure_rows()
        change_habits(capacity={"mail": 20, "chat": 3, "phone": 1}, away_after=0, by=SYSTEM)
        for name, hours in HOURS.items():
            set_hours(house.agents[name], hours, by=SYSTEM)
        for name, spoken in SPEAKS.items():
            set_languages(house.agents[name], spoken, by=SYSTEM)
        _skills(house.agents)
        set_capacity(house.agents["rafael"], {"mail": 8}, by=SYSTEM)
        set_away(house.agents["noor"], until=today + timedelta(hours=1), by=SYSTEM)
        set_out_of_office(
            house.agents["joaquin"],
            begins=today - timedelta(days=1),
            ends=today + timedelta(days=6),
            substitute=house.agents["rafael"],
            by=SYSTEM,
        )
        change_team(
            house.teams["Trust and safety"],
            is_automatic=True,
            strategy=Strategy.LEAST_LOADED,
            left_out=[house.agents["kiko"]],
            by=SYSTEM,
        )
        change_team(house.teams["Billing"], strategy=Strategy.ROUND_ROBIN, by=SYSTEM)
        refresh()


def _skills(agents: dict[str, Agent]) -> None:
    held: dict[str, dict[int, int]] = {}
    for place, (names, tags, level, holders) in enumerate(SKILLS):
        conditions = {"all": [{"field": "tags", "is": "any_of", "value": tags}]}
        skill = Skill.objects.create(names=names, conditions=conditions, level=Level(level), position=place)
        for name, value in holders.items():
            held.setdefault(name, {})[skill.pk] = value
    for name, skills in held.items():
        set_skills(agents[name], skills, by=SYSTEM)
