"""The levels: when a ticket is raised by itself, and what then happens."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.company import configuring
from tugon.escalation.criteria import in_words
from tugon.escalation.models import Level
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.tickets import lists
from tugon.tickets.conditions import describe, to_json
from tugon.tickets.conditions.catalogue import FieldOffer, catalogue
from tugon.tickets.conditions.editing import Row, conditions_of, is_nested, make_row, rows_of, rows_sent
from tugon.tickets.conditions.naming import checked
from tugon.tickets.models import View

from ..access import needs
from ..navigation import show
from ..registers.rows import here
from .level_form import PERMISSION, LevelForm, save


@needs(PERMISSION)
@require_safe
def levels(request: HttpRequest) -> HttpResponse:
    """All levels with what they do, and how many tickets stand there."""
    rows = Level.objects.select_related("team", "rota", "department").annotate(
        open=Count("escalations", filter=Q(escalations__ended_at=None))
    )
    language = here()
    shown = [(row, row.name_in(language), in_words(row, language)) for row in rows.order_by("position")]
    return show(request, "escalation/levels", levels=shown)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def level(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One level, or a new one."""
    row = get_object_or_404(Level, pk=pk) if pk else Level()
    offers = catalogue(here())
    form = LevelForm(request.POST or None, row=row)
    if request.method == "GET":
        return _editor(request, row, form, rows_of(row.criteria, offers), offers)
    rows, problem = rows_sent(request.POST, offers), ""
    if form.is_valid():
        try:
            save(row, form, _criteria(row, rows), request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _("Saved."))
            return redirect("administration:levels")
    return _editor(request, row, form, rows, offers, problem=problem, status=422)


@needs(PERMISSION)
@require_POST
def preview(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """The criteria after a field was chosen, added or removed, with how many tickets fit now."""
    row = get_object_or_404(Level, pk=pk) if pk else Level()
    offers = catalogue(here())
    rows = rows_sent(request.POST, offers)
    if request.POST.get("add"):
        rows.append(make_row(len(rows), request.POST["add"], "due_at", "within_next", "30 minutes", offers))
    form = LevelForm(request.POST, row=row)
    return _editor(request, row, form, rows, offers, block="conditions")


@needs(PERMISSION)
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise no further tickets to it; those that stand there stay until they are lowered."""
    row = get_object_or_404(Level, pk=pk)
    archived_at = None if "restore" in request.POST else now()
    actor = request.user.actor  # type: ignore[union-attr]
    configuring.configure(row, {"archived_at": archived_at}, permission=PERMISSION, by=actor)
    return redirect("administration:levels")


def _criteria(row: Level, rows: list[Row]) -> dict[str, Any]:
    """As they are kept; empty where nothing is asked. Raises ConditionInvalid."""
    given = conditions_of(rows, row.criteria)
    return to_json(checked(given)) if given else {}


def _editor(
    request: HttpRequest,
    row: Level,
    form: LevelForm,
    rows: list[Row],
    offers: list[FieldOffer],
    *,
    problem: str = "",
    status: int = 200,
    block: str | None = None,
) -> HttpResponse:
    count, words = None, _("Only by hand and by rules")
    given = conditions_of(rows, row.criteria)
    try:
        if given:
            words = describe(given, here())
            active = {"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]}
            both: Any = {"all": [active, given]}
            count = lists.counts([View(pk=0, conditions=both)], request.user)[0]  # type: ignore[arg-type]
    except DomainError as error:
        problem = problem or error.message
    return show(
        request,
        "escalation/level",
        status=200 if block else status,
        block=block,
        row=row,
        form=form,
        rows=rows,
        offers=offers,
        problem=problem,
        count=count,
        words=words,
        nested=is_nested(row.criteria),
    )
