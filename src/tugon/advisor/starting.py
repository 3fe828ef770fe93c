"""The advice a new installation starts with: the routes that always exist, and a table that makes sense."""

from typing import Any

from tugon.understanding.models import Topic
from tugon.understanding.starting import create_starting_topics

from .choosing import Effort, Urgency
from .models import Route, Rule

ROUTES: tuple[dict[str, Any], ...] = (
    {
        "key": "help",
        "kind": Route.Kind.ARTICLE,
        "address": "/{language}/help/",
        "names": {"en": "Help center", "fil": "Help center"},
        "lines": {"en": "Answers to read, step by step.", "fil": "Mga sagot na mababasa, hakbang-hakbang."},
    },
    {
        "key": "form",
        "kind": Route.Kind.FORM,
        "address": "/contact/",
        "names": {"en": "Write to us", "fil": "Sumulat sa amin"},
        "lines": {
            "en": "A person reads it, with files and everything you tried.",
            "fil": "May taong babasa, kasama ang mga file at lahat ng sinubukan ninyo.",
        },
    },
    {
        "key": "email",
        "kind": Route.Kind.EMAIL,
        "address": "",
        "names": {"en": "E-mail", "fil": "E-mail"},
        "lines": {
            "en": "From any mail program; we answer there.",
            "fil": "Mula sa anumang mail; doon kami sasagot.",
        },
    },
    {
        "key": "billing",
        "kind": Route.Kind.BILLING,
        "address": "/{language}/billing/",
        "names": {"en": "Who charged me?", "fil": "Sino ang sumingil sa akin?"},
        "lines": {
            "en": "Finds whoever printed the line on your statement.",
            "fil": "Hinahanap kung sino ang nasa linya ng statement ninyo.",
        },
        "topics": ("payment",),
    },
)
RULES: tuple[dict[str, Any], ...] = (
    {
        "route": "help",
        "points": 20,
        "efforts": [Effort.QUICK],
        "reasons": {
            "en": "A quick question is mostly answered here already.",
            "fil": "Madalas nandito na ang sagot sa mabilis na tanong.",
        },
    },
    {
        "route": "help",
        "points": 12,
        "urgencies": [Urgency.NOW],
        "reasons": {"en": "You need not wait for anybody.", "fil": "Wala kayong kailangang hintayin."},
    },
    {"route": "help", "points": -10, "efforts": [Effort.DEEP]},
    {
        "route": "form",
        "points": 25,
        "efforts": [Effort.DEEP],
        "reasons": {
            "en": "The form asks for all that we need, so that nobody has to ask back.",
            "fil": "Itinatanong na ng form ang lahat ng kailangan namin kaya walang babalik-balik na tanong.",
        },
    },
    {
        "route": "form",
        "points": 15,
        "efforts": [Effort.SOME],
        "reasons": {
            "en": "Your words and files reach the right team.",
            "fil": "Umaabot sa tamang team ang sulat at file ninyo.",
        },
    },
    {
        "route": "form",
        "points": 12,
        "topics": ("safety",),
        "reasons": {"en": "It stays between you and us.", "fil": "Sa pagitan lang natin ito."},
    },
    {
        "route": "email",
        "points": 10,
        "urgencies": [Urgency.DAYS],
        "reasons": {"en": "You write whenever it suits you.", "fil": "Makasusulat kayo kahit kailan."},
    },
    {
        "route": "billing",
        "points": 30,
        "topics": ("payment",),
        "efforts": [Effort.QUICK, Effort.SOME],
        "reasons": {
            "en": "It says at once who charged you and how to reach them.",
            "fil": "Agad nitong sasabihin kung sino ang sumingil at paano sila maaabot.",
        },
    },
)  # fmt: skip


def create_starting_advice() -> None:
    """Topics, routes and rules, where there are none yet. A repeat changes nothing."""
    has_topics = Topic.objects.exists()
    create_starting_topics()
    if has_topics or Route.objects.exists():
        return
    add(ROUTES, RULES, {row.key: row for row in Topic.objects.all()})


def add(
    routes: tuple[dict[str, Any], ...], rules: tuple[dict[str, Any], ...], topics: dict[str, Topic]
) -> None:
    """Routes and rules from tables like those above; rules may name routes that stand already."""
    first = Route.objects.count()
    for place, given in enumerate(routes):
        values = dict(given)
        concerned = [topics[key] for key in values.pop("topics", ())]
        row = Route.objects.create(**values, position=first + place)
        row.topics.set(concerned)
    by_key = {row.key: row for row in Route.objects.all()}
    for place, given in enumerate(rules):
        values = dict(given)
        concerned = [topics[key] for key in values.pop("topics", ())]
        line = Rule.objects.create(**(values | {"route": by_key[values["route"]]}), position=place)
        line.topics.set(concerned)
