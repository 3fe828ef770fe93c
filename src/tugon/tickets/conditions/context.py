"""Fields that a ticket alone cannot answer: who asks has more at hand, such as the message that came (rules).

They are refused in views and promises, and have no column: `compile` does not know them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .fields import FIELDS, Field
from .registering import Choices


@dataclass(frozen=True, slots=True)
class ContextField:
    """choices: language → (value, words), for the editor, where they are rows."""

    field: Field
    choices: Choices | None = None


CONTEXT: dict[str, ContextField] = {}


def register_context(field: Field, *, choices: Choices | None = None) -> None:
    """Let rules ask about this field. A repeat replaces. The name is for good: stored conditions say it.

    Raises ValueError for a name that tickets use.
    """
    if field.name in FIELDS:
        raise ValueError(f"{field.name!r} is a field of tickets")
    CONTEXT[field.name] = ContextField(field, choices)


def context_fields() -> Mapping[str, Field]:
    """By name, as `parse` takes them."""
    return {name: one.field for name, one in CONTEXT.items()}


def field_named(name: str) -> Field:
    """A field of tickets or of the context. Raises KeyError."""
    return FIELDS[name] if name in FIELDS else CONTEXT[name].field
