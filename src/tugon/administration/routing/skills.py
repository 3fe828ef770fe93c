"""Skills: something that not everybody can do, and the tickets that need it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.company import configuring
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.routing.models import Level, Skill
from tugon.tickets import lists
from tugon.tickets.conditions import describe
from tugon.tickets.conditions.catalogue import FieldOffer, catalogue
from tugon.tickets.conditions.editing import Row, conditions_of, is_nested, make_row, rows_of, rows_sent
from tugon.tickets.models import View

from ..access import needs
from ..navigation import show
from ..registers.rows import RowForm, here

PERMISSION = "routing.edit"


class SkillForm(RowForm):
    columns = ("level", "position")
    translated = {"names": (_("Name"), True)}
    level = forms.TypedChoiceField(
        label=_("At least"), choices=Level.choices, coerce=int, help_text=_("How well somebody must know it.")
    )
    position = forms.IntegerField(
        label=_("Position"),
        min_value=0,
        max_value=999,
        initial=0,
        help_text=_("Where a ticket needs several, the first counts."),
    )


@needs(PERMISSION)
@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    rows = [
        {"row": row, "name": row.name_in(here()), "words": _words(row), "holders": row.holders.all()}
        for row in Skill.objects.prefetch_related("holders__agent")
    ]
    return show(request, "routing/skills", rows=rows)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def skill(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Skill, pk=pk) if pk else Skill()
    offers = offered()
    form = SkillForm(request.POST or None, row=row)
    if request.method == "GET":
        return _page(request, row, form, rows_of(row.conditions, offers))
    rows = rows_sent(request.POST, offers)
    if form.is_valid():
        values = {**form.values(), "conditions": conditions_of(rows, row.conditions)}
        try:
            _require_usable(values["conditions"])
            configuring.configure(row, values, permission=PERMISSION, by=request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("administration:skills")
    return _page(request, row, form, rows)


@needs(PERMISSION)
@require_POST
def conditions(request: HttpRequest) -> HttpResponse:
    """The editor's rows after a field was chosen, added or removed, with how many tickets fit now."""
    offers = offered()
    rows = rows_sent(request.POST, offers)
    if request.POST.get("add"):
        rows.append(make_row(len(rows), request.POST["add"], "tags", "any_of", None, offers))
    return _page(request, Skill(), SkillForm(row=Skill()), rows, block="conditions")


@needs(PERMISSION)
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Skill, pk=pk)
    moment = None if "restore" in request.POST else now()
    configuring.configure(row, {"archived_at": moment}, permission=PERMISSION, by=request.user.actor)  # type: ignore[union-attr]
    return redirect("administration:skills")


def offered() -> list[FieldOffer]:
    """What a ticket is, not which skill it was found to need."""
    return [one for one in catalogue(here()) if one.name != "needed_skill"]


def _require_usable(document: dict[str, Any]) -> None:
    """Raises ConditionInvalid."""
    if document:
        describe(document, here())


def _words(row: Skill) -> str:
    try:
        return describe(row.conditions, here()) if row.conditions else ""
    except DomainError as refusal:
        return refusal.message


def _page(
    request: HttpRequest, row: Skill, form: SkillForm, rows: list[Row], *, block: str | None = None
) -> HttpResponse:
    document, count, words, problem = conditions_of(rows, row.conditions), None, "", ""
    if document:
        try:
            words = describe(document, here())
            actives = {**document, "all": [*document.get("all", []), _ACTIVE]}
            count = lists.counts([View(pk=0, conditions=actives)], request.user)[0]  # type: ignore[arg-type]
        except DomainError as refusal:
            problem = refusal.message
    context: dict[str, Any] = {
        "skill": row,
        "name": row.name_in(here()) if row.pk else "",
        "form": form,
        "rows": rows,
        "offers": offered(),
        "problem": problem,
        "count": count,
        "words": words,
        "nested": is_nested(row.conditions),
    }
    status = 422 if form.is_bound and not block else 200
    return show(request, "routing/skill", block=block, status=status, **context)


_ACTIVE = {"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]}
