"""Who writes what, when, and how far it has come: stories out of the written threads. Pure: same seed, same cast."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from .threads import Thread

MANILA = ZoneInfo("Asia/Manila")
FATES = {"new": 12, "open": 23, "waiting": 18, "hold": 9, "snoozed": 4, "solved": 38, "closed": 87}
"""How many stand where today: 191 stories. The other nine of the 200 tickets: see `incidents`."""

OLD = timedelta(hours=48)

_LAST = {  # hours since the last step: from, to; the nearer the likelier
    "new": (0.2, 26), "open": (0.3, 28), "waiting": (3, 110), "hold": (8, 220), "snoozed": (10, 90), "solved": (3, 150),
    "closed": (190, 1390),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """What a story needs to know of a customer. place: in the list of people."""

    place: int
    audience: str
    language: str


@dataclass(frozen=True, slots=True)
class Story:
    """One ticket to be: `moments` says when each of the first messages of its thread was said."""

    number: int
    thread: Thread
    subject: str
    person: int
    fate: str
    moments: tuple[datetime, ...]
    ended_at: datetime
    """When it was solved, put away or left as it is."""
    by_form: bool
    is_old: bool = False
    """Long over: its letters are forgotten, and its mail is written into the ledger afterwards."""
    score: int = 0
    """What the customer gave afterwards, 1 to 5; 0: nothing."""
    seed: int = 0


def cast(
    threads: Sequence[Thread], people: Sequence[Person], *, now: datetime, seed: int = 2026
) -> list[Story]:
    """The stories in the order of their beginnings. now: aware; every moment lies before it."""
    rng = Random(seed)  # noqa: S311 - a fixed seed is the point
    fates = [fate for fate, count in FATES.items() for _ in range(count)]
    stock = _Stock(threads, rng)
    stories = []
    for number, fate in enumerate(fates):
        thread, subject = stock.next(fate)
        taken = _taken(thread, fate, rng)
        moments, ended_at = _moments(thread, taken, fate, rng, now)
        stories.append(
            Story(
                number, thread, subject, _person(thread, people, rng), fate, moments, ended_at,
                by_form=thread.via == "support" and rng.random() < 0.35,
                is_old=fate == "closed" or (fate == "solved" and now - ended_at > OLD),
                score=_score(rng) if fate in ("solved", "closed") else 0,
                seed=rng.randrange(2**32),
            )
        )  # fmt: skip
    return sorted(stories, key=lambda story: (story.moments[0], story.number))


class _Stock:
    """Hands out threads so that every one is used before any comes again, and then with another subject."""

    def __init__(self, threads: Sequence[Thread], rng: Random) -> None:
        self.order = list(threads)
        rng.shuffle(self.order)
        self.used = {thread.key: 0 for thread in threads}

    def next(self, fate: str) -> tuple[Thread, str]:
        fitting = [thread for thread in self.order if _fits(thread, fate)]
        thread = min(fitting, key=lambda one: self.used[one.key])
        subject = thread.subjects[self.used[thread.key] % len(thread.subjects)]
        self.used[thread.key] += 1
        return thread, subject


def _fits(thread: Thread, fate: str) -> bool:
    match fate:
        case "new":
            return thread.via not in ("phone", "console")
        case "open":
            return bool(thread.cut_after("C")) and not thread.state
        case "hold":
            return bool(thread.state) or thread.kind in ("problem", "task") or thread.priority >= 3
        case "waiting" | "snoozed":
            return bool(thread.cut_after("A")) and not thread.state
        case _:
            return thread.kind != "problem"


def _taken(thread: Thread, fate: str, rng: Random) -> int:
    match fate:
        case "new":
            return 1
        case "open":
            return rng.choice(thread.cut_after("C"))
        case "waiting" | "snoozed":
            return rng.choice(thread.cut_after("A"))
        case "hold":
            return (thread.cut_after("A") or [len(thread.said)])[-1]
        case _:
            return len(thread.said)


def _person(thread: Thread, people: Sequence[Person], rng: Random) -> int:
    fitting = [one for one in people if (one.audience, one.language) == (thread.audience, thread.language)]
    return rng.choice(fitting).place


def _moments(
    thread: Thread, taken: int, fate: str, rng: Random, now: datetime
) -> tuple[tuple[datetime, ...], datetime]:
    """Reckoned backwards from the end: what people write comes at any hour, answers between 7 and 23 in Manila."""
    low, high = _LAST[fate]
    ended_at = now - timedelta(hours=low + (high - low) * rng.random() ** (1.0 if fate == "closed" else 1.8))
    moment, found = ended_at, []
    for said in reversed(thread.said[:taken]):
        if said.who != "C":
            moment = _in_the_day(moment)
        found.append(moment)
        moment -= timedelta(minutes=_gap(said.who, thread, rng))
    return tuple(reversed(found)), ended_at


def _gap(who: str, thread: Thread, rng: Random) -> float:
    """Minutes since the message before."""
    if thread.via in ("chat", "social"):
        return rng.uniform(1, 9)
    if who == "N":
        return rng.uniform(4, 50)
    return rng.uniform(15, 340) if who == "A" else rng.uniform(12, 1100)


def _in_the_day(moment: datetime) -> datetime:
    local = moment.astimezone(MANILA)
    return moment if 7 <= local.hour < 23 else moment - timedelta(hours=9)


def _score(rng: Random) -> int:
    return rng.choices((0, 5, 4, 3, 2, 1), weights=(52, 28, 11, 4, 3, 2))[0]
