"""The table and who raises, as the company keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.accounts.policies import require
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.tickets.models import Severity

from ..alarming import clean_phrase
from ..deciding import table_of
from ..errors import MatrixRefused
from ..events import PriorityMatrixChanged
from ..models import Matrix, Raise, Reach
from ..reckoning import HIGHEST, LOWEST, TableRefused

PERMISSION = "understanding.edit"
MOST_WORDS = 200

CHANGEABLE = (
    "cells",
    "several_from",
    "many_from",
    "everyone_from",
    "unsaid_severity",
    "threats",
    "threat_words",
)


@transaction.atomic
def change_matrix(*, by: Actor, **values: Any) -> Matrix:
    """Change the table: cells, the numbers from which people are several, many, everyone, what threats do, and the
    words that tell of them. Open tickets are assessed anew by a job. Raises NotAllowed, MatrixRefused.
    """
    require(by, PERMISSION)
    row = Matrix.objects.select_for_update().first() or Matrix()
    if "threat_words" in values:
        values["threat_words"] = _clean_words(values["threat_words"])
    changed = tuple(
        name
        for name in CHANGEABLE
        if name in values and (row.pk is None or getattr(row, name) != values[name])
    )
    if not changed:
        return row
    for name in changed:
        setattr(row, name, values[name])
    _require_usable(row)
    row.save()
    record(PriorityMatrixChanged(matrix_id=row.pk, fields=changed), by=by)
    return row


@transaction.atomic
def keep_raises(raises: Sequence[Mapping[str, int | None]], *, by: Actor) -> None:
    """Replace which plans and audiences raise: {"plan" or "audience": id, "steps": 1–3, "at_most": 1–4} each.

    Raises NotAllowed, MatrixRefused.
    """
    require(by, PERMISSION)
    wanted = [
        (one.get("plan"), one.get("audience"), int(one["steps"] or 1), int(one["at_most"] or 3))
        for one in raises
    ]
    for _plan, _audience, steps, at_most in wanted:
        if not 1 <= steps <= 3 or not LOWEST <= at_most <= HIGHEST:
            raise MatrixRefused(reason=_("a plan or audience raises by 1 to 3 steps."))
    before = set(Raise.objects.values_list("plan_id", "audience_id", "steps", "at_most"))
    if set(wanted) == before:
        return
    Raise.objects.all().delete()
    Raise.objects.bulk_create(
        Raise(plan_id=plan, audience_id=audience, steps=steps, at_most=at_most)
        for plan, audience, steps, at_most in wanted
    )
    row = Matrix.objects.first() or Matrix.objects.create()
    record(PriorityMatrixChanged(matrix_id=row.pk, fields=("raises",)), by=by)


def _clean_words(given: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, dict[str, list[str]]]:
    return {
        language: {
            level: list(dict.fromkeys(filter(None, map(clean_phrase, words))))[:MOST_WORDS]
            for level, words in by_level.items()
            if level in ("1", "2")
        }
        for language, by_level in given.items()
    }


def _require_usable(row: Matrix) -> None:
    try:
        table_of(row)
    except TableRefused as refusal:
        raise MatrixRefused(reason=_refused(refusal)) from refusal
    except (ValueError, TypeError, KeyError) as error:
        raise MatrixRefused(reason=_("some of it is missing or is no number.")) from error
    if not 2 <= row.several_from < row.many_from or (
        row.everyone_from is not None and row.everyone_from <= row.many_from
    ):
        raise MatrixRefused(
            reason=_("“several” begins with 2 or more people, “many” after it, “everyone” last.")
        )
    if any(not 0 <= one["steps"] <= 3 or not LOWEST <= one["at_least"] <= HIGHEST for one in row.threats):
        raise MatrixRefused(reason=_("a threat raises by 0 to 3 steps."))


def _refused(refusal: TableRefused) -> str:
    here = _cell(refusal.reach, refusal.severity)
    if refusal.below is None:
        return _("“{cell}” has no priority.").format(cell=here)
    return _("“{cell}” would be less than “{other}”. What is worse may never count for less.").format(
        cell=here, other=_cell(*refusal.below)
    )


def _cell(reach: int, severity: int) -> str:
    return f"{Reach(reach).label} × {str(Severity(severity).label).partition(':')[0]}"
