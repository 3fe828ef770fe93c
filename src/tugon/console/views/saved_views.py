"""Making and changing views."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.accounts.models import Team
from tugon.lib.errors import DomainError
from tugon.pages.render import page
from tugon.tickets import lists, operations
from tugon.tickets.conditions import describe
from tugon.tickets.conditions.catalogue import catalogue
from tugon.tickets.conditions.editing import (
    Row,
    conditions_of,
    is_nested,
    make_row,
    rows_of,
    rows_sent,
)
from tugon.tickets.models import View

from ..access import agent_of, agents_only, language_of
from ..choices import order_options
from ..columns import column_options
from ..queues import column, views_of
from .lists import find_view

TEMPLATE = "console/view_editor.html"


@require_http_methods(["GET", "POST"])
@agents_only
def create(request: HttpRequest) -> HttpResponse:
    """A new view; it starts with what waits for us."""
    offers = catalogue(language_of(request))
    if request.method == "GET":
        rows = [make_row(0, "all", "status", "in", ["new", "open"], offers)]
        return _editor(request, None, rows, {"order": "-updated_at"})
    rows = rows_sent(request.POST, offers)
    try:
        team, for_everyone = _shared(request)
        view = operations.create_view(
            **_values(request),
            conditions=conditions_of(rows),
            team=team,
            for_everyone=for_everyone,
            by=agent_of(request).actor,
        )
    except DomainError as error:
        return _editor(request, None, rows, request.POST, problem=error.message)
    return redirect("console:view", view.pk)


@require_http_methods(["GET", "POST"])
@agents_only
def edit(request: HttpRequest, view_id: int) -> HttpResponse:
    view = find_view(request, view_id)
    offers = catalogue(language_of(request))
    if request.method == "GET":
        return _editor(request, view, rows_of(view.conditions, offers), _stored(view))
    rows = rows_sent(request.POST, offers)
    try:
        change_view(request, view, rows)
    except DomainError as error:
        return _editor(request, view, rows, request.POST, problem=error.message)
    return redirect("console:view", view.pk)


@require_POST
@agents_only
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    operations.delete_view(find_view(request, view_id), by=agent_of(request).actor)
    return redirect("console:home")


@require_http_methods(["GET", "POST"])
@agents_only
def arrange(request: HttpRequest) -> HttpResponse:
    """The order of the views in the left column. `up` or `down`: the view that changes places with its neighbour."""
    views = views_of(request)
    if request.method == "GET":
        return page(request, "console/arrange.html", {"screen": "page", **column(request)})
    given = request.POST.get("up") or request.POST.get("down") or ""
    ids = [row.pk for row in _group_of(views, int(given) if given.isdecimal() else 0)]
    if given.isdecimal() and int(given) in ids:
        at = ids.index(int(given))
        other = max(0, at - 1) if request.POST.get("up") else min(len(ids) - 1, at + 1)
        ids[at], ids[other] = ids[other], ids[at]
        operations.reorder_views(ids, by=agent_of(request).actor)
    return redirect("console:views-arrange")


def _group_of(views: list[View], pk: int) -> list[View]:
    """The views that stand in the same part of the column: everyone's, of teams, one's own."""
    kinds = {row.pk: (row.agent_id is not None, row.team_id is not None) for row in views}
    return [row for row in views if kinds[row.pk] == kinds.get(pk)]


@require_POST
@agents_only
def preview(request: HttpRequest) -> HttpResponse:
    """The editor's rows after a field was chosen, added or removed, with how many tickets fit now."""
    offers = catalogue(language_of(request))
    rows = rows_sent(request.POST, offers)
    if request.POST.get("add"):
        rows.append(make_row(len(rows), request.POST["add"], "tags", "any_of", None, offers))
    return _editor(request, None, rows, request.POST, block="conditions")


def _editor(
    request: HttpRequest,
    view: View | None,
    rows: list[Row],
    values: Any,
    *,
    problem: str = "",
    block: str | None = None,
) -> HttpResponse:
    count, words = None, ""
    conditions = conditions_of(rows, view.conditions if view else None)
    try:
        words = describe(conditions, language_of(request))
        count = lists.counts([View(pk=0, conditions=conditions)], agent_of(request))[0]
    except DomainError as error:
        problem = problem or error.message
    context = {
        "screen": "page",
        "view": view,
        "rows": rows,
        "offers": catalogue(language_of(request)),
        "values": values,
        "problem": problem,
        "count": count,
        "words": words,
        "nested": bool(view and is_nested(view.conditions)),
        "teams": list(Team.objects.filter(pk__in=agent_of(request).team_ids)),
        "orders": order_options(),
        "columns": column_options(_columns(request, view), language_of(request)),
        **column(request, view.pk if view else None),
    }
    return page(request, TEMPLATE, context, block=block, status=422 if problem and not block else 200)


@transaction.atomic
def change_view(request: HttpRequest, view: View, rows: list[Row]) -> None:
    """Keep the editor's conditions, and share the view or keep it to oneself where that was changed."""
    by = agent_of(request).actor
    operations.change_view(view, by=by, **_values(request), conditions=conditions_of(rows, view.conditions))
    if request.POST.get("shared", "me") == _stored(view)["shared"]:
        return
    team, for_everyone = _shared(request)
    if team or for_everyone:
        operations.share_view(view, team=team, by=by)
    else:
        operations.keep_view_to_oneself(view, by=by)


def _values(request: HttpRequest) -> dict[str, Any]:
    name = request.POST.get("name", "").strip() or _("My view")
    order = request.POST.get("order", "-updated_at")
    return {"name": name, "order": order, "columns": request.POST.getlist("columns")}


def _columns(request: HttpRequest, view: View | None) -> list[str]:
    """What rows show in addition: as the form came back, else as it is kept."""
    return request.POST.getlist("columns") if request.method == "POST" else view.columns if view else []


def _shared(request: HttpRequest) -> tuple[Team | None, bool]:
    """Whose the view is to be: (a team or none, whether everyone's). The form says "me", "everyone" or "team:<id>"."""
    shared = request.POST.get("shared", "me")
    number = shared.removeprefix("team:")
    team = Team.objects.filter(pk=number).first() if shared != number and number.isdecimal() else None
    return team, shared == "everyone"


def _stored(view: View) -> dict[str, str]:
    shared = "me" if view.agent_id else f"team:{view.team_id}" if view.team_id else "everyone"
    return {"name": view.name, "order": view.order, "shared": shared}
