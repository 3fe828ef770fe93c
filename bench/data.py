"""The tickets both sides are filled with: deterministic, and free of Tugon, for the peer's environment.

2,000 customers, 20 agents in 4 teams; 4 messages per ticket of 40 to 90 words; 20 % of the tickets open; every word of
MARKS in 2 % of the tickets, evenly; RARE in 20 tickets, whatever their number.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import NamedTuple

MARKS = ("zirconium", "velociraptor", "kaleidoscope", "quinquagenarian")
RARE = "xylophonist"
CUSTOMERS, AGENTS, TEAMS, MESSAGES = 2000, 20, 4, 4
END = datetime(2026, 11, 20, 12, tzinfo=UTC)
SPAN = timedelta(days=730)
SYLLABLES = ["".join(pair) for pair in product("bdklmnprst", "aeio")]
POOL = 3000
"""Different bodies; each ticket takes four of them, so that no two tickets read alike."""


class Ticket(NamedTuple):
    """index counts from 0, oldest first. customer, team, agent: numbers from 0; agent None means nobody."""

    index: int
    at: datetime
    subject: str
    customer: int
    team: int
    agent: int | None
    status: str
    priority: int


class Words:
    """The pool of subjects and bodies, and which message of which ticket says what."""

    def __init__(self) -> None:
        chance = random.Random(7)
        words = sorted({_word(chance) for _ in range(6000)})
        self.bodies = [" ".join(chance.choices(words, k=chance.randint(40, 90))) for _ in range(POOL)]
        self.subjects = [" ".join(chance.choices(words, k=6)).capitalize() for _ in range(POOL)]

    def body(self, index: int, part: int) -> str:
        """The words of one message; the marked ones stand in the first message."""
        text = self.bodies[place(index, part)]
        mark = mark_of(index) if part == 0 else ""
        return f"{text} {mark}" if mark else text


def place(index: int, part: int) -> int:
    """Which body of the pool a message has. The steps are primes, so that combinations do not repeat."""
    return (index * (1, 7, 31, 101)[part] + index // POOL * (13, 17, 19, 23)[part] + part * 701) % POOL


def mark_of(index: int) -> str:
    """The marked word of a ticket, or an empty string."""
    if index % 50 < len(MARKS):
        return MARKS[index % 50]
    return RARE if index % 5000 == 4999 and index < 100_000 else ""


def tickets(count: int, words: Words) -> Iterator[Ticket]:
    """Evenly over two years; 20 % open at any age, every second open one has an agent."""
    chance = random.Random(11)
    step = SPAN / count
    for index in range(count):
        dice = chance.random()
        is_open = dice < 0.2
        status = ("new", "open", "open", "waiting")[int(dice * 20)] if is_open else "solved"
        agent = int(chance.random() * AGENTS * (2 if is_open else 1))
        yield Ticket(
            index,
            END - SPAN + step * index,
            words.subjects[index % POOL],
            int(chance.random() * CUSTOMERS),
            int(chance.random() * TEAMS),
            agent if agent < AGENTS else None,
            status,
            (1, 2, 2, 2, 3, 4)[index % 6],
        )


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))
