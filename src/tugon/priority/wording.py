"""Why a ticket has its priority, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from tugon.tickets.models import Priority, Severity

from .models import Assessment, Override, Reach, Threat


@dataclass(frozen=True, slots=True)
class Line:
    """One factor or step: what it is, what was found, and on what that rests."""

    label: str
    found: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """headline: "High: 14 people × major × no threat". lines: each factor and step. decided: who decided otherwise."""

    headline: str
    lines: tuple[Line, ...]
    cause: str
    decided: str = ""


def reason(row: Assessment, language: str = "") -> Reason:
    """The reason in this language, in the active one where none is given. Names a raise as the company does."""
    with translation.override(language or get_language() or "en"):
        override = row.override
        shown = override.priority if override else row.priority
        headline = _("{priority}: {users} × {severity} × {threat}").format(
            priority=Priority(shown).label,
            users=users_words(row.users_affected, row.people),
            severity=severity_words(row.severity),
            threat=threat_words(row.stability),
        )
        return Reason(
            headline, (*_factors(row), *_steps(row)), cause_words(row.cause), _decided(row, override)
        )


def users_words(reach: int, people: int) -> str:
    """ "14 people affected" where they were counted, "many people" where it was said."""
    if people > 1:
        return ngettext("%(num)s person affected", "%(num)s people affected", people) % {"num": people}
    return {
        Reach.ONE: _("one person"),
        Reach.SEVERAL: _("several people"),
        Reach.MANY: _("many people"),
        Reach.EVERYONE: _("everyone"),
    }[Reach(reach)]


def severity_words(severity: int) -> str:
    return {
        Severity.MINOR: _("minor"),
        Severity.MODERATE: _("moderate"),
        Severity.MAJOR: _("major"),
        Severity.CRITICAL: _("critical"),
    }[Severity(severity)]


def threat_words(threat: int) -> str:
    return {
        Threat.NONE: _("no threat"),
        Threat.POSSIBLE: _("possible threat"),
        Threat.ACUTE: _("acute threat"),
    }[Threat(threat)]


def raise_words(step: dict[str, Any]) -> str:
    """ "Plan Studio Pro raises by one, at most High". step: of `Assessment.factors`, or alike."""
    names = step.get("names", {})
    name = names.get(get_language() or "en") or names.get("en") or next(iter(names.values()), "")
    of_plan = str(step.get("key", "")).startswith("plan:")
    words = (
        ngettext(
            "Plan %(name)s raises by one, at most %(most)s",
            "Plan %(name)s raises by %(num)s, at most %(most)s",
            step["steps"],
        )
        if of_plan
        else ngettext(
            "Audience %(name)s raises by one, at most %(most)s",
            "Audience %(name)s raises by %(num)s, at most %(most)s",
            step["steps"],
        )
    )
    return words % {"name": name, "num": step["steps"], "most": Priority(step["at_most"]).label}


def cause_words(cause: str) -> str:
    """What made it be assessed."""
    return {
        "TicketOpened": _("when the ticket was opened"),
        "TicketLinked": _("when a report was linked"),
        "TicketUnlinked": _("when a link was removed"),
        "TicketChanged": _("when the ticket was changed"),
        "CustomerWrote": _("when the customer wrote again"),
        "MessageUnderstood": _("when the message was understood"),
        "ReadingCorrected": _("when a colleague corrected what was read"),
        "CustomerOfTicketChanged": _("when the ticket got another customer"),
        "PriorityMatrixChanged": _("when the table was changed"),
        "said": _("when a colleague said what is affected"),
        "expired": _("when a decision ran out"),
        "withdrawn": _("when a decision was taken back"),
    }.get(cause, _("later"))


def _factors(row: Assessment) -> tuple[Line, ...]:
    found = row.found
    reach, severity, threat = (found.get(name, {}) for name in ("reach", "severity", "threat"))
    return (
        Line(_("People affected"), str(Reach(row.users_affected).label), _reach_why(row, reach)),
        Line(
            _("Severity"),
            str(Severity(row.severity).label),
            "" if severity.get("from") else _("nobody said, so it counts as this"),
        ),
        Line(_("Threat to stability"), str(Threat(row.stability).label), _threat_why(threat)),
    )


def _reach_why(row: Assessment, found: dict[str, Any]) -> str:
    match found.get("from"):
        case "reports":
            return ngettext(
                "%(num)s person, by the reports linked here",
                "%(num)s people, by the reports linked here",
                row.people,
            ) % {"num": row.people}
        case "agent":
            return _("a colleague says so")
        case "customer":
            words = found.get("words")
            return (
                _("the customer says “{words}”").format(words=words) if words else _("the customer says so")
            )
    return ""


def _threat_why(found: dict[str, Any]) -> str:
    if found.get("from") == "agent":
        return _("a colleague says so")
    return _("the customer says “{words}”").format(words=found["words"]) if found.get("words") else ""


def _steps(row: Assessment) -> tuple[Line, ...]:
    lines = []
    for step in row.factors.get("steps", ()):
        label = str(Priority(step["after"]).label)
        match step["kind"]:
            case "table":
                lines.append(Line(_("By the table"), label))
            case "threat":
                lines.append(Line(_("The threat raises"), label))
            case "raise":
                lines.append(Line(raise_words(step), label))
    return tuple(lines)


def _decided(row: Assessment, override: Override | None) -> str:
    if override is None:
        return ""
    # "escalation: Tier 2" is the level's word, as "Payment v3" is the rule's.
    who = override.agent.name if override.agent else override.via.removeprefix("escalation: ") or "Tugon"
    table = str(Priority(row.priority).label)
    if override.reason:
        return _("{who} decided otherwise: {reason} By the table it would be {priority}.").format(
            who=who, reason=_sentence(override.reason), priority=table
        )
    return _("{who} decided otherwise. By the table it would be {priority}.").format(who=who, priority=table)


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."
