"""The directory as one CSV table: a line for each processor, descriptor and route, told apart by the column `row`.

row=processor: name, about_en …, notes, can (words: cancel refund receipt update_card), only_we_can_en …,
have_ready_en … (lines separated by |), countries, languages, review_every_days. row=descriptor: name, kind, value.
row=route: name, kind, value, hours, zone, languages, countries. A bad line is told by its number; the others are taken.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.facts.exchange import refusal_in_words
from tugon.lib import tables
from tugon.lib.errors import DomainError

from . import operations
from .errors import DirectoryTableInvalid
from .models import ContactRoute, Descriptor, Processor

NEEDED = ("row", "name")
CAN = ("cancel", "refund", "receipt", "update_card")
_TRANSLATED = {"about": "abouts", "only_we_can": "only_we_can", "have_ready": "have_ready"}


@dataclass(slots=True)
class Taken:
    """What an import did. bad: (number of the line, its cells, why it was not taken)."""

    made: int = 0
    changed: int = 0
    same: int = 0
    bad: list[tuple[int, dict[str, str], str]] = field(default_factory=list)


def columns() -> list[str]:
    """The columns, those of words once for each language."""
    words = [f"{name}_{code}" for name in _TRANSLATED for code, _name in settings.LANGUAGES]
    fixed = ["row", "name", "kind", "value", "hours", "zone", "languages", "countries", "can"]
    return [*fixed, *words, "review_every_days", "notes"]


def export() -> str:
    """Every processor in use with what it prints and its routes. Three queries."""
    return tables.write(columns(), _rows())


def take(content: bytes, *, by: Actor) -> Taken:
    """Make or change what each line says. Raises NotAllowed, DirectoryTableInvalid where the file is no such table."""
    require(by, operations.PERMISSION)
    try:
        lines = tables.read(content, needed=NEEDED)
    except tables.TableRefused as refusal:
        raise DirectoryTableInvalid(reason=refusal_in_words(refusal)) from refusal
    taken = Taken()
    for line in lines:
        try:
            with transaction.atomic():
                result = _take(line.cells, by)
        except (DomainError, ValueError) as refusal:
            taken.bad.append((line.number, line.cells, str(refusal)))
        else:
            setattr(taken, result, getattr(taken, result) + 1)
    return taken


def bad_lines(taken: Taken) -> str:
    """The lines that were not taken, as a table to correct and import again; why in the last column."""
    rows = ({**cells, "why": f"{number}: {why}"} for number, cells, why in taken.bad)
    return tables.write([*columns(), "why"], rows)


def _take(cells: dict[str, str], by: Actor) -> str:
    """Take one line: "made", "changed" or "same"."""
    name = " ".join(cells.get("name", "").split())
    known = Processor.objects.filter(name__iexact=name).first()
    kind = cells.get("row", "").strip().lower()
    if kind == "processor":
        return _take_processor(known, name, cells, by)
    if kind not in ("descriptor", "route"):
        raise ValueError(_("“{row}” is none of: processor, descriptor, route.").format(row=kind))
    if known is None:
        raise ValueError(_("There is no processor “{name}”. Its own line must come first.").format(name=name))
    return _take_descriptor(known, cells, by) if kind == "descriptor" else _take_route(known, cells, by)


def _take_processor(known: Processor | None, name: str, cells: dict[str, str], by: Actor) -> str:
    details = _details(cells)
    if known is None:
        operations.create(name=name, by=by, **details)
        return "made"
    before = known.updated_at
    return "same" if operations.change(known, by=by, **details).updated_at == before else "changed"


def _take_descriptor(known: Processor, cells: dict[str, str], by: Actor) -> str:
    before = known.descriptors.count()
    kind = cells.get("kind") or Descriptor.Kind.CARD
    operations.add_descriptor(known, pattern=cells.get("value", ""), kind=kind, by=by)
    return "made" if known.descriptors.count() > before else "same"


def _take_route(known: Processor, cells: dict[str, str], by: Actor) -> str:
    before = {route.pk: _route_cells(known, route) for route in known.routes.all()}
    details: dict[str, Any] = {name: cells.get(name, "") for name in ("kind", "value", "hours", "zone")}
    details |= {name: cells.get(name, "").split() for name in ("languages", "countries")}
    same = known.routes.filter(kind=details["kind"], value=details["value"]).first()
    route = operations.set_route(
        known, by=by, route=same, position=same.position if same else len(before), **details
    )
    if route.pk not in before:
        return "made"
    return "same" if before[route.pk] == _route_cells(known, route) else "changed"


def _details(cells: dict[str, str]) -> dict[str, Any]:
    """Only what the table has columns for."""
    details: dict[str, Any] = {}
    for prefix, name in _TRANSLATED.items():
        if any(column.startswith(f"{prefix}_") for column in cells):
            details[name] = {
                code: cells.get(f"{prefix}_{code}", "").replace(" | ", "\n")
                for code, _language in settings.LANGUAGES
            }
    if "can" in cells:
        said = cells["can"].replace(",", " ").split()
        wrong = [word for word in said if word not in CAN]
        if wrong:
            raise ValueError(_("“{word}” is none of: {known}").format(word=wrong[0], known=", ".join(CAN)))
        details |= {f"can_{word}": word in said for word in CAN}
    details |= {name: cells[name].split() for name in ("countries", "languages") if name in cells}
    details |= {"notes": cells["notes"]} if "notes" in cells else {}
    if cells.get("review_every_days"):
        if not cells["review_every_days"].isdecimal():
            raise ValueError(_("“{words}” is no number of days.").format(words=cells["review_every_days"]))
        details["review_every_days"] = int(cells["review_every_days"])
    return details


def _rows() -> Iterator[dict[str, str]]:
    for row in Processor.objects.in_use().whole():
        yield _processor_cells(row)
        for descriptor in row.descriptors.all():
            yield {
                "row": "descriptor",
                "name": row.name,
                "kind": descriptor.kind,
                "value": descriptor.pattern,
            }
        for route in row.routes.all():
            yield _route_cells(row, route)


def _processor_cells(row: Processor) -> dict[str, str]:
    cells = {"row": "processor", "name": row.name, "notes": row.notes}
    cells["can"] = " ".join(word for word in CAN if getattr(row, f"can_{word}"))
    cells |= {name: " ".join(getattr(row, name)) for name in ("countries", "languages")}
    cells["review_every_days"] = str(row.review_every_days)
    for prefix, name in _TRANSLATED.items():
        cells |= {f"{prefix}_{code}": text.replace("\n", " | ") for code, text in getattr(row, name).items()}
    return cells


def _route_cells(row: Processor, route: ContactRoute) -> dict[str, str]:
    cells = {name: str(getattr(route, name)) for name in ("kind", "value", "hours", "zone")}
    lists = {name: " ".join(getattr(route, name)) for name in ("languages", "countries")}
    return {"row": "route", "name": row.name, **cells, **lists}
