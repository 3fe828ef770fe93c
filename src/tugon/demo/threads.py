"""The written conversations: reading them, and filling them in for one person. Pure but for reading the files.

A text may hold `{placeholders}` (see `words_for`) and choices `[this|that]`. A message begins with a letter: C the
customer, A the agent, N a note; `C+screen` carries a file (screen, photo or pdf).
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from babel.dates import format_date

FOLDER = Path(__file__).parent / "conversations"
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")

CREATORS = (
    "Tala Mendoza", "Alon Reyes", "Bituin Ferrer", "Gab Ynares", "Marco Guhit", "Isay Cordero", "Hiraya",
    "Rina Salonga", "Koro Amihan", "Lakbay Trio",
)  # fmt: skip
TITLES = (
    "Tadhana sa Quiapo", "Habagat", "Mga Lihim ng Ilog", "Komiks Tayo!", "Larawan ng Lungsod", "The Weaver's Daughter",
    "Night Market Diaries", "Alamat ng Bakunawa",
)  # fmt: skip
DEVICES = (
    "Galaxy A54",
    "Redmi Note 12",
    "iPhone 13",
    "Pixel 7a",
    "realme 11",
    "iPad (9th gen)",
    "Oppo Reno 8",
)
STUDIOS = ("Habilin Pictures", "Kalye Media", "Bakunawa Animation", "Lakbay Sound")


@dataclass(frozen=True, slots=True)
class Said:
    """One message. who: C, A or N. file: screen, photo, pdf, or empty."""

    who: str
    text: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A written conversation. state: a custom state it waits in, when it waits. via: the kind of its channel."""

    key: str
    audience: str
    team: str
    subjects: tuple[str, ...]
    said: tuple[Said, ...]
    language: str = "en"
    via: str = "support"
    kind: str = "question"
    priority: int = 2
    severity: int | None = None
    state: str = ""
    tags: tuple[str, ...] = ()
    resolution: dict[str, str] = field(default_factory=dict)

    def cut_after(self, who: str) -> list[int]:
        """How many messages may be taken so that the last one is this side's, the beginning aside."""
        return [place + 1 for place, one in enumerate(self.said) if one.who == who and place > 0]


@cache
def threads() -> tuple[Thread, ...]:
    """All of them, in the order of their files."""
    found = []
    for file in sorted(FOLDER.glob("*.toml")):
        found += [_thread(entry) for entry in tomllib.loads(file.read_text(encoding="utf-8"))["thread"]]
    return tuple(found)


def _thread(entry: dict[str, Any]) -> Thread:
    plain = {
        name: entry[name]
        for name in ("key", "team", "language", "via", "kind", "priority", "severity", "state")
        if name in entry
    }
    return Thread(
        audience=entry["for"],
        subjects=tuple(entry["subjects"]),
        said=tuple(_said(line) for line in entry["said"]),
        tags=tuple(entry.get("tags", ())),
        resolution={name: entry[name] for name in ("cause", "done", "prevention") if name in entry},
        **plain,
    )


def _said(line: str) -> Said:
    head, _space, text = line.partition(" ")
    who, _plus, file = head.partition("+")
    if who not in ("C", "A", "N") or not text:
        raise ValueError(f"A message begins with C, A or N: {line[:40]}")
    return Said(who, text, file)


def words_for(
    rng: Random, *, name: str, username: str, studio: str, language: str, at: datetime
) -> dict[str, str]:
    """What the placeholders stand for in one conversation that begins at this moment (aware)."""
    euros = language == "es"
    amount = rng.choice((149, 199, 249, 299, 349, 499, 899, 1490)) if not euros else rng.choice((4, 7, 9, 15))
    earlier, later = at - timedelta(days=rng.randint(2, 9)), at + timedelta(days=rng.randint(6, 20))
    return {
        "name": name,
        "first": first_name(name),
        "username": username or first_name(name).lower(),
        "creator": rng.choice(CREATORS),
        "title": rng.choice(TITLES),
        "device": rng.choice(DEVICES),
        "studio": studio or rng.choice(STUDIOS),
        "amount": f"{amount},99 €" if euros else f"₱{amount:,}.00",
        "card": f"{rng.randint(1000, 9999)}",
        "date": format_date(earlier.date(), "d MMMM", locale=language),
        "later": format_date(later.date(), "d MMMM", locale=language),
    }


def fill(text: str, words: dict[str, str], rng: Random) -> str:
    """The text with its choices made and its placeholders filled. Raises KeyError for an unknown placeholder."""
    return _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), text).format_map(words)


def first_name(name: str) -> str:
    """What one is called: "Aling Nena" for Aling Nena Ramos, "Maria" for Maria Clara Dizon."""
    parts = name.split()
    return " ".join(parts[:2]) if parts[0] in ("Aling", "Mang") else parts[0]
