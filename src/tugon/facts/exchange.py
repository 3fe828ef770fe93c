"""Facts as a CSV table: one line a fact with the value of today. A line that cannot be used is told by its number, and
the others are taken."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.lib import tables
from tugon.lib.errors import DomainError

from . import current, operations
from .errors import FactTableInvalid
from .kinds import Kind
from .models import Fact, FactValue
from .values import written

NEEDED = ("key", "kind", "value")


@dataclass(slots=True)
class Taken:
    """What an import did. bad: (number of the line, its cells, why it was not taken)."""

    made: int = 0
    changed: int = 0
    same: int = 0
    bad: list[tuple[int, dict[str, str], str]] = field(default_factory=list)


def columns() -> list[str]:
    """The columns of the table; those of words once for each language."""
    languages = [code for code, _name in settings.LANGUAGES]
    words = [f"{name}_{code}" for name in ("words", "context") for code in languages]
    return ["key", "kind", "unit", "value", "valid_from", "owner", "source", "note", *words]


def export() -> str:
    """Every fact in use with the value of today, or the next one. Two queries."""
    today = {row.fact_id: row for row in FactValue.objects.on(current.today())}
    facts = Fact.objects.in_use().select_related("owner").prefetch_related("values")
    return tables.write(
        columns(), (_cells(fact, today.get(fact.pk) or fact.values.first()) for fact in facts)
    )


def take(content: bytes, *, by: Actor) -> Taken:
    """Make or change a fact for each line. A bad line changes nothing and is told; the others stand.

    Raises NotAllowed, FactTableInvalid where the file is no such table.
    """
    require(by, operations.PERMISSION)
    try:
        lines = tables.read(content, needed=NEEDED)
    except tables.TableRefused as refusal:
        raise FactTableInvalid(reason=refusal_in_words(refusal)) from refusal
    taken = Taken()
    people = {agent.email.lower(): agent for agent in Agent.objects.all()}
    for line in lines:
        try:
            with transaction.atomic():
                _take(line.cells, people, taken, by)
        except (DomainError, ValueError) as refusal:
            taken.bad.append((line.number, line.cells, str(refusal)))
    return taken


def bad_lines(taken: Taken) -> str:
    """The lines that were not taken, as a table to correct and import again; why in the last column."""
    names = [*columns(), "why"]
    return tables.write(names, ({**cells, "why": f"{number}: {why}"} for number, cells, why in taken.bad))


def refusal_in_words(refusal: tables.TableRefused) -> str:
    """Why a file is no table, for a person."""
    return {
        "empty": _("The file is empty."),
        "large": _("The file is larger than 10 MB."),
        "lines": _("The file has more than 20,000 lines. Import it in parts."),
        "encoding": _("The letters of the file cannot be read. Save it as CSV in UTF-8."),
        "columns": _("Line 1 must name the columns. Missing: {columns}").format(
            columns=", ".join(refusal.columns)
        ),
        "form": _("The file is no CSV: a quotation mark is not closed."),
    }[refusal.reason]


def _take(cells: dict[str, str], people: dict[str, Agent], taken: Taken, by: Actor) -> None:
    details = _details(cells, people)
    fact = Fact.objects.filter(key=cells.get("key", "")).first()
    kind = _kind(cells.get("kind", ""))
    if fact is None:
        fact = operations.create(key=cells.get("key", ""), kind=kind, by=by, **details)
        operations.give_value(fact, by=by, **_value(cells))
        taken.made += 1
        return
    if fact.kind != kind:
        raise ValueError(
            _("The fact is of the kind “{kind}”, which stays.").format(kind=fact.get_kind_display())
        )
    before = (_described(fact), fact.values.count())
    fact = operations.change(fact, by=by, **details)
    operations.give_value(fact, by=by, **_value(cells))
    is_same = before == (_described(fact), fact.values.count())
    taken.same, taken.changed = taken.same + is_same, taken.changed + (not is_same)


def _described(fact: Fact) -> tuple[object, ...]:
    return fact.unit, fact.owner_id, fact.source, fact.note, fact.context_words


def _kind(words: str) -> Kind:
    try:
        return Kind(words.lower())
    except ValueError:
        known = ", ".join(Kind.values)
        raise ValueError(_("“{kind}” is no kind of fact: {known}").format(kind=words, known=known)) from None


def _details(cells: dict[str, str], people: dict[str, Agent]) -> dict[str, Any]:
    """Only what the table has columns for: a table with fewer columns leaves the rest as it is."""
    found: dict[str, Any] = {name: cells[name] for name in ("unit", "source", "note") if name in cells}
    if any(name.startswith("context_") for name in cells):
        found["context_words"] = {
            code: cells.get(f"context_{code}", "").split(",") for code, _name in settings.LANGUAGES
        }
    if "owner" in cells:
        found["owner"] = people.get(cells["owner"].lower()) if cells["owner"] else None
        if cells["owner"] and found["owner"] is None:
            raise ValueError(_("Nobody signs in as {address}.").format(address=cells["owner"]))
    return found


def _value(cells: dict[str, str]) -> dict[str, Any]:
    begin = cells.get("valid_from", "")
    try:
        day = date.fromisoformat(begin) if begin else None
    except ValueError:
        raise ValueError(_("Write the date as year-month-day, like 2026-12-01.")) from None
    forms = {code: cells.get(f"words_{code}", "") for code, _name in settings.LANGUAGES}
    return {"typed": cells.get("value", ""), "forms": forms, "valid_from": day}


def _cells(fact: Fact, row: FactValue | None) -> dict[str, str]:
    cells = {name: str(getattr(fact, name)) for name in ("key", "kind", "unit", "source", "note")}
    cells["owner"] = fact.owner.email if fact.owner else ""
    if row is not None:
        cells |= {"value": written(Kind(fact.kind), row.value), "valid_from": row.valid_from.isoformat()}
        cells |= {f"words_{code}": text for code, text in row.forms.items()}
    return cells | {f"context_{code}": ", ".join(words) for code, words in fact.context_words.items()}
