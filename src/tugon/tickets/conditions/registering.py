"""Fields that packages above tickets add to the condition language, at start (`project/wiring.py`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from .fields import FIELDS, Field, Type

if TYPE_CHECKING:
    from ..models import Ticket

Choices = Callable[[str], Sequence[tuple[Any, str]]]
"""Language → (value, words) of what may be chosen, for the editor."""

TYPES = (Type.CHOICE, Type.LEVEL, Type.REFERENCE, Type.SET, Type.NUMBER, Type.FLAG, Type.MOMENT)


@dataclass(frozen=True, slots=True)
class Provided:
    """column: the lookup from a ticket through rows it has at most one of ("reading__topic"); a ticket without the row
    counts as empty, and as "no". value: the same of one ticket, as id or plain value; None where the row is missing.
    lookup: for references, finds the row whose name somebody typed.
    """

    field: Field
    column: str
    value: Callable[[Ticket], Any]
    choices: Choices | None = None
    model: Any = None
    lookup: Callable[[str], Q] | None = None


PROVIDED: dict[str, Provided] = {}


def register_field(
    field: Field,
    *,
    column: str,
    value: Callable[[Ticket], Any],
    choices: Choices | None = None,
    model: Any = None,
    lookup: Callable[[str], Q] | None = None,
) -> None:
    """Let conditions ask about this field. A repeat replaces. The name is for good: stored conditions say it.

    model, lookup: for references, whose names stand where ids belong. Raises ValueError for a name that tickets
    themselves use, or a type whose meaning cannot be told from a column.
    """
    if field.type not in TYPES or (field.name in FIELDS and field.name not in PROVIDED):
        raise ValueError(f"{field.name!r} cannot be added as a field of type {field.type}")
    PROVIDED[field.name] = Provided(field, column, value, choices, model, lookup)
    FIELDS[field.name] = field
