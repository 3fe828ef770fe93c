"""Many tickets at once: chosen in a list, shown what would change, done, taken back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.accounts.models import Agent, Team
from tugon.lib.errors import Invalid
from tugon.pages.render import page
from tugon.tickets import operations
from tugon.tickets.models import Batch, Priority, State

from ..access import agent_of, agents_only, language_of
from ..queues import column
from ..snoozing import moment_of

MOST = 500


@require_POST
@agents_only
def preview(request: HttpRequest) -> HttpResponse:
    """What can be done to the chosen tickets; and, once an action is chosen, what it would change."""
    ids = _ids(request)
    action = _action(request)
    planned = operations.preview_bulk(ids, action=action, by=agent_of(request).actor) if action else None
    context = {
        "screen": "page",
        "ids": ids,
        "planned": planned,
        "action_fields": [(name, value) for name in request.POST if name.startswith("do_") for value in request.POST.getlist(name) if value],
        **_options(request),
        **column(request),
    }
    return page(request, "console/bulk.html", context)


@require_POST
@agents_only
def run(request: HttpRequest) -> HttpResponse:
    action = _action(request)
    if not action:
        raise Invalid(reason=_("choose what is to change."))
    batch = operations.run_bulk(_ids(request), action=action, by=agent_of(request).actor)
    return redirect("console:bulk-progress", batch.pk)


@require_GET
@agents_only
def progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far a batch is, what was left alone and why, and the way back."""
    batch = get_object_or_404(Batch, pk=batch_id, agent=agent_of(request))
    refused = list(batch.changes.exclude(refused="").select_related("ticket")[:100])
    context = {"screen": "page", "batch": batch, "refused": refused, **column(request)}
    return page(request, "console/bulk_progress.html", context, block="progress")


@require_POST
@agents_only
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch = get_object_or_404(Batch, pk=batch_id, agent=agent_of(request))
    operations.undo_bulk(batch, by=agent_of(request).actor)
    return redirect("console:bulk-progress", batch.pk)


def _options(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    unchanged = ("", _("Leave as it is"))
    agents = Agent.objects.active().by_name()[:200]
    states = State.objects.filter(archived_at=None)
    return {
        "agent_options": [unchanged, ("me", _("Me")), ("nobody", _("Nobody")), *((str(row.pk), row.name) for row in agents)],
        "team_options": [unchanged, *((str(row.pk), row.name) for row in Team.objects.filter(archived_at=None))],
        "state_options": [unchanged, *((str(row.pk), row.name_in(language_of(request))) for row in states)],
        "priority_options": [unchanged, *((str(value), str(label)) for value, label in Priority.choices)],
    }


def _ids(request: HttpRequest) -> list[int]:
    ids = [int(value) for value in request.POST.getlist("tickets") if value.isdigit()]
    if not ids:
        raise Invalid(reason=_("choose at least one ticket."))
    if len(ids) > MOST:
        raise Invalid(reason=_("choose at most {number} tickets at once.").format(number=MOST))
    return list(dict.fromkeys(ids))


def _action(request: HttpRequest) -> dict[str, Any]:
    """{verb: value} as `tickets.operations.bulk` understands it, from the form's do_ fields that are filled."""
    data, action = request.POST, {}
    if data.get("do_assignee"):
        given = data["do_assignee"]
        action["assign"] = agent_of(request).pk if given == "me" else int(given) if given.isdigit() else None
    if data.get("do_team", "").isdigit():
        action["team"] = int(data["do_team"])
    if data.get("do_state", "").isdigit():
        action["state"] = int(data["do_state"])
    if data.get("do_priority", "").isdigit():
        action["priority"] = int(data["do_priority"])
    for name in ("add_tags", "remove_tags"):
        words = [word.strip() for word in data.get(f"do_{name}", "").split(",") if word.strip()]
        if words:
            action[name] = words
    if data.get("do_snooze"):
        moment = moment_of(data["do_snooze"], agent_of(request).time_zone)
        if moment:
            action["snooze"] = moment.isoformat()
    if data.get("do_merge", "").lstrip("#").isdigit():
        action["merge"] = int(data["do_merge"].lstrip("#"))
    if data.get("do_spam"):
        action["spam"] = True
    return action
