"""The screen of the table. What was typed stays when it is refused; the example is reckoned with what stands there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.customers.models import Audience, Plan
from tugon.lib.errors import DomainError
from tugon.priority.deciding import table_of
from tugon.priority.models import Matrix, Raise, Reach, Threat
from tugon.priority.operations import change_matrix, keep_raises
from tugon.priority.reckoning import Factors, Lift, TableRefused, assess
from tugon.priority.wording import raise_words, severity_words, threat_words, users_words
from tugon.tickets.models import Priority, Severity

from ..access import needs
from ..navigation import show
from ..registers.rows import here

PERMISSION = "understanding.edit"


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    matrix = Matrix.objects.first() or Matrix()
    if request.method == "GET":
        return _page(request, _values(matrix), _raises())
    try:
        values, raises = sent(request.POST), raises_sent(request.POST)
        by = request.user.actor  # type: ignore[union-attr]
        change_matrix(by=by, **values)
        keep_raises(raises, by=by)
    except DomainError as refusal:
        return _page(request, request.POST, raises_sent(request.POST), problem=refusal.message)
    messages.success(request, _("Saved. Open tickets are assessed anew."))
    return redirect("administration:priority")


@needs(PERMISSION)
@require_POST
def example(request: HttpRequest) -> HttpResponse:
    """What the table as it stands in the form makes of an example."""
    return _page(request, request.POST, raises_sent(request.POST), block="example")


def sent(data: QueryDict) -> dict[str, Any]:
    """The form's values as `change_matrix` takes them. What is no number becomes 0, which is refused there."""
    return {
        "cells": [
            [_whole(data, f"cell_{row}_{column}") for column in Severity.values] for row in Reach.values
        ],
        "several_from": _whole(data, "several_from"),
        "many_from": _whole(data, "many_from"),
        "everyone_from": _whole(data, "everyone_from") if data.get("everyone_from", "").strip() else None,
        "unsaid_severity": _whole(data, "unsaid_severity"),
        "threats": [
            {
                "steps": _whole(data, f"threat_{level}_steps"),
                "at_least": _whole(data, f"threat_{level}_at_least"),
            }
            for level in (1, 2)
        ],
        "threat_words": {
            code: {
                str(level): data.get(f"words_{code}_{level}", "").replace("\r", "").split("\n")
                for level in (1, 2)
            }
            for code, _name in settings.LANGUAGES
        },
    }


def raises_sent(data: QueryDict) -> list[dict[str, int | None]]:
    """Plans and audiences that raise; steps 0 leave one out."""
    found: list[dict[str, int | None]] = []
    for kind, model in (("plan", Plan), ("audience", Audience)):
        for pk in model._default_manager.values_list("pk", flat=True):
            steps = _whole(data, f"raise_{kind}_{pk}_steps")
            if steps:
                found.append(
                    {kind: pk, "steps": steps, "at_most": _whole(data, f"raise_{kind}_{pk}_at_most") or 3}
                )
    return found


def _page(
    request: HttpRequest,
    values: Any,
    raises: list[dict[str, int | None]],
    *,
    problem: str = "",
    block: str | None = None,
) -> HttpResponse:
    owners = _owners(raises)
    context = {
        "values": values,
        "problem": problem,
        "owners": owners,
        "example": _example(request, values, owners),
        "reaches": [(value, str(label)) for value, label in Reach.choices],
        "severities": [(value, str(label).partition(":")[0]) for value, label in Severity.choices],
        "severity_hints": [str(label).partition(": ")[2] for _value, label in Severity.choices],
        "threats": [(value, str(label)) for value, label in Threat.choices],
        "priorities": [(value, str(label)) for value, label in Priority.choices],
        "word_languages": settings.LANGUAGES,
    }
    status = 422 if problem else 200
    return show(request, "priority/table", status=status, block=block, **context)


def _values(matrix: Matrix) -> dict[str, str]:
    """What stands in the fields of a kept table."""
    shown = {
        f"cell_{row}_{column}": str(matrix.cells[row - 1][column - 1])
        for row in Reach.values
        for column in Severity.values
    }
    for level, threat in enumerate(matrix.threats, 1):
        shown |= {f"threat_{level}_{name}": str(threat[name]) for name in ("steps", "at_least")}
    for code, _name in settings.LANGUAGES:
        for level in (1, 2):
            shown[f"words_{code}_{level}"] = "\n".join(matrix.threat_words.get(code, {}).get(str(level), []))
    plain = ("several_from", "many_from", "everyone_from", "unsaid_severity")
    return shown | {name: str(getattr(matrix, name) or "") for name in plain}


def _raises() -> list[dict[str, int | None]]:
    return [
        {
            "plan" if row.plan_id else "audience": row.plan_id or row.audience_id,
            "steps": row.steps,
            "at_most": row.at_most,
        }
        for row in Raise.objects.all()
    ]


def _owners(raises: list[dict[str, int | None]]) -> list[dict[str, Any]]:
    """Every plan and audience with what it raises: key, name, steps, at_most. Two queries."""
    chosen: dict[tuple[str, Any], dict[str, int | None]] = {
        (kind, one[kind]): one for one in raises for kind in ("plan", "audience") if kind in one
    }
    rows = [("plan", row.pk, row.name) for row in Plan.objects.all()]
    rows += [("audience", row.pk, row.name_in(here())) for row in Audience.objects.all()]
    return [
        {
            "key": f"{kind}_{pk}",
            "kind": kind,
            "name": name,
            "steps": str(chosen.get((kind, pk), {}).get("steps", 0)),
            "at_most": str(chosen.get((kind, pk), {}).get("at_most", 3)),
        }
        for kind, pk, name in rows
    ]


def _example(request: HttpRequest, values: Any, owners: list[dict[str, Any]]) -> dict[str, Any]:
    """The example's choices and what comes of them, in words; the refusal where the table cannot be used."""
    given = request.POST if request.method == "POST" else request.GET
    people = min(_whole(given, "example_people") or 14, 10_000_000)
    severity, threat = _whole(given, "example_severity") or 3, min(_whole(given, "example_threat"), 2)
    owner = given.get("example_owner", "")
    chosen = {"people": str(people), "severity": str(severity), "threat": str(threat), "owner": owner}
    try:
        kept = Matrix(**sent(values)) if isinstance(values, QueryDict) else Matrix.objects.first() or Matrix()
        used = table_of(kept)
        lifts = [_lift(one) for one in owners if one["key"] == owner and one["steps"] != "0"]
        reach = used.reach_of(people)
        outcome = assess(Factors(reach, min(severity, 4), threat), used, lifts)
    except (TableRefused, ValueError, TypeError, KeyError, IndexError):
        return {**chosen, "refused": True}
    words = _("{priority}: {users} × {severity} × {threat}").format(
        priority=Priority(outcome.priority).label,
        users=users_words(reach, people),
        severity=severity_words(outcome.severity),
        threat=threat_words(threat),
    )
    steps = outcome.as_data()
    raised = [raise_words(step) for step in steps if step["kind"] == "raise"]
    return {
        **chosen,
        "words": words,
        "level": outcome.priority,
        "raised": raised,
        "reach": str(Reach(reach).label),
    }


def _lift(owner: dict[str, Any]) -> Lift:
    kind, _bar, pk = owner["key"].partition("_")
    return Lift(f"{kind}:{pk}", {here(): owner["name"]}, int(owner["steps"]), int(owner["at_most"]))


def _whole(data: Any, name: str) -> int:
    given = str(data.get(name, "")).strip()
    return int(given) if given.isdecimal() and len(given) < 9 else 0
