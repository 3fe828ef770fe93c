from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tugon.accounts.models import Agent
from tugon.rules import operations
from tugon.rules.models import Rule


@pytest.fixture
def rule(ada: Agent) -> Callable[..., Rule]:
    """Make and publish: `rule("Urgent words", conditions, actions, on=["opened"])`."""

    def make(name: str, conditions: Any, actions: Any, *, kind: str = "trigger", **values: Any) -> Rule:
        definition: dict[str, Any] = {"conditions": conditions, "actions": actions, **values}
        if kind == "trigger":
            definition.setdefault("on", ["opened"])
        row = operations.create(kind=kind, name=name, definition=definition, by=ada.actor)
        operations.publish(row, despite_conflicts=True, by=ada.actor)
        row.refresh_from_db()
        return row

    return make


def leaf(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    found: dict[str, Any] = {"field": field, "is": operator}
    return found if value is None else {**found, "value": value}


def says(*words: str) -> dict[str, Any]:
    """Conditions: the message has one of the words."""
    return {"all": [leaf("message_text", "any_of", list(words))]}
