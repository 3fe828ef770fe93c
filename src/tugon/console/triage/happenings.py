"""What triage, priorities and routing did, in words of the timeline. A fact that says nothing to a reader has none."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tugon.pages.formats import moment_words
from tugon.priority.wording import severity_words, threat_words, users_words
from tugon.routing.wording import why_words
from tugon.tickets.models import Priority

from ..words import Names, Sentence, Writer


def _assessed(data: dict[str, Any], who: str, names: Names) -> Sentence | None:
    """Only where the priority is another since: every report that joins is no news."""
    if data["before"] == data["after"] or data.get("is_overridden"):
        return None
    found = data.get("factors", {})
    return Sentence(
        "gauge",
        _("{who} assessed the priority as {priority}: {users} × {severity} × {threat}").format(
            who=who,
            priority=Priority(data["after"]).label,
            users=users_words(found.get("reach", 1), found.get("people", 1)),
            severity=severity_words(found.get("severity", 2)),
            threat=threat_words(found.get("threat", 0)),
        ),
    )


def _overridden(data: dict[str, Any], who: str, names: Names) -> Sentence | None:
    """That the priority changed stands there already; news is until when."""
    if not data.get("until"):
        return None
    until = moment_words(datetime.fromisoformat(data["until"]), "short")
    label = Priority(data["after"]).label
    return Sentence(
        "gavel",
        _("{who} decided the priority {priority} until {until}").format(who=who, priority=label, until=until),
    )


def _ended(data: dict[str, Any], who: str, names: Names) -> Sentence:
    label = Priority(data["after"]).label
    words = (
        _("The decided priority ran out; the table gives {priority}")
        if data.get("how") == "expired"
        else _("{who} let the table decide the priority again: {priority}")
    )
    return Sentence("gauge", words.format(who=who, priority=label))


def _routed(data: dict[str, Any], who: str, names: Names) -> Sentence:
    why = why_words(data.get("why", ()), agent_name=names.agent)
    return Sentence("route", _("Why {name}: {why}").format(name=names.agent(data.get("to_id")), why=why))


WRITERS: dict[str, Writer] = {
    "PriorityAssessed": _assessed,
    "PriorityOverridden": _overridden,
    "PriorityOverrideEnded": _ended,
    "TicketRouted": _routed,
}
