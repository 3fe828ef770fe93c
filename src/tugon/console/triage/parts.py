"""The parts of the ticket page that other packages fill, in the order in which they stand.

A part reads with the page's one statement (`database.reading`), and its value goes to its template as `part`. Its
template is `console/triage/<name>.html`; it shows nothing where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any

from tugon.accounts.models import Agent
from tugon.database.reading import Asked
from tugon.tickets.models import Ticket

Found = Mapping[str, list[Any]]


class Place(StrEnum):
    """Where on the page: below the bar, in the panel, above the composer, in the row of the composer's tools, below
    what is written."""

    HEAD = "head"
    PANEL = "panel"
    ABOVE = "above"
    TOOLS = "tools"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class Part:
    """reads: named reads, their names unique on the page. value: of the rows found; None leaves the part out."""

    name: str
    place: Place
    reads: Callable[[Ticket, Agent], Mapping[str, Asked[Any]]]
    value: Callable[[Ticket, Agent, Found], Any]


MODULES = (
    "escalated",
    "same_case",
    "tried",
    "understood",
    "priority",
    "clocks",
    "personal",
    "assignment",
    "why",
    "templates",
    "macros",
    "assistant",
    "coach",
)
"""Modules of this package, in the order in which their `PARTS` stand."""


@cache
def all_parts() -> tuple[Part, ...]:
    """Every part; a module names its own in `PARTS`."""
    return tuple(part for name in MODULES for part in import_module(f"{__package__}.{name}").PARTS)


def part_reads(ticket: Ticket, agent: Agent, *places: Place) -> dict[str, Asked[Any]]:
    """The reads of the parts in these places; of all where none is named."""
    wanted = [one for one in all_parts() if not places or one.place in places]
    return {name: asked for one in wanted for name, asked in one.reads(ticket, agent).items()}


def parts(ticket: Ticket, agent: Agent, found: Found, *places: Place) -> dict[str, list[tuple[str, Any]]]:
    """Place → (template, value) of the parts that have something to say."""
    shown: dict[str, list[tuple[str, Any]]] = {place.value: [] for place in Place}
    for one in all_parts():
        if places and one.place not in places:
            continue
        value = one.value(ticket, agent, found)
        if value is not None:
            shown[one.place].append((f"console/triage/{one.name}.html", value))
    return shown
