"""Many tickets at once: chosen in a list, shown what would change, done, taken back."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.accounts.models import Agent, Team
from tugon.lib.errors import Invalid, NotAllowed
from tugon.pages.render import fragment, page
from tugon.tickets.errors import BulkInvalid
from tugon.tickets.models import Batch, Priority, State
from tugon.tickets.operations import bulk
from tugon.tickets.tasks import run_batch

from ..access import agent_of, agents_only, language_of
from ..bulk_words import Names, names_in, words
from ..queues import column, forget_counts
from ..snoozing import moment_of

MOST = 500
AT_ONCE = 25
"""So many tickets are changed while one waits; more are left to the worker, and the page shows how far it is."""

TEMPLATE = "console/bulk_progress.html"
FIELDS = (
    "do_state",
    "do_assignee",
    "do_team",
    "do_priority",
    "do_reason",
    "do_add_tags",
    "do_remove_tags",
    "do_snooze",
    "do_merge",
    "do_spam",
)


@require_POST
@agents_only
def preview(request: HttpRequest) -> HttpResponse:
    """What can be done to the chosen tickets; and, once an action is chosen, what it would change."""
    agent = agent_of(request)
    if not agent.may("ticket.bulk"):
        raise NotAllowed
    ids, action = _ids(request), {} if request.POST.get("back") else _action(request)
    planned, problem = None, ""
    if action:
        try:
            planned = bulk.preview(ids, action, by=agent.actor)
        except BulkInvalid as error:
            problem = error.message
    elif request.POST.get("asked"):
        problem = _("Choose what is to change. Nothing was changed.")
    context = {
        "screen": "page",
        "ids": ids,
        "planned": planned,
        "problem": problem,
        "lines": _lines(planned, language_of(request)) if planned else [],
        "values": request.POST,
        "action_fields": [(name, request.POST[name]) for name in FIELDS if request.POST.get(name)],
        **_options(request),
        **column(request),
    }
    return page(request, "console/bulk.html", context, status=422 if problem else 200)


@require_POST
@agents_only
def run(request: HttpRequest) -> HttpResponse:
    """Write down what is to be done and begin; the address that follows shows how far it is."""
    action = _action(request)
    if not action:
        raise Invalid(reason=_("choose what is to change."))
    with transaction.atomic():
        batch = bulk.start(_ids(request), action, by=agent_of(request).actor)
        if batch.total > AT_ONCE:
            run_batch.defer(batch_id=batch.pk)
    if batch.total <= AT_ONCE:
        bulk.run(batch)
    forget_counts(agent_of(request))
    return redirect("console:bulk-progress", batch.pk)


@require_GET
@agents_only
def progress(request: HttpRequest, batch_id: int) -> HttpResponse:
    """How far a batch is, what was left alone and why, and the way back."""
    batch = get_object_or_404(Batch, pk=batch_id, agent=agent_of(request))
    changes = list(batch.changes.exclude(done_at=None).select_related("ticket")[:200])
    names = names_in([(change.before, change.after) for change in changes], language_of(request))
    context = {
        "screen": "page",
        "batch": batch,
        "refused": [change for change in changes if change.refused],
        "changed": [
            (change.ticket, words(_pairs(change), names))
            for change in changes
            if not change.refused and change.after
        ],
        "left": request.session.pop(f"left:{batch.pk}", []) if batch.undone_at else [],
    }
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(fragment(request, TEMPLATE, "progress", context))
    return page(request, TEMPLATE, {**context, **column(request)})


@require_POST
@agents_only
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Put back what nobody changed since; what was changed since is named."""
    batch = get_object_or_404(Batch, pk=batch_id, agent=agent_of(request))
    undone = bulk.undo(batch, by=agent_of(request).actor)
    forget_counts(agent_of(request))
    request.session[f"left:{batch.pk}"] = undone.left[:100]
    return redirect("console:bulk-progress", batch.pk)


def _pairs(change: Any) -> dict[str, tuple[Any, Any]]:
    return {name: (change.before.get(name), value) for name, value in change.after.items()}


def _lines(planned: bulk.Preview, language: str) -> list[tuple[bulk.Foreseen, str]]:
    """Each ticket with what would change about it, in words."""
    names: Names = names_in(
        [
            (
                {name: pair[0] for name, pair in one.changes.items()},
                {name: pair[1] for name, pair in one.changes.items()},
            )
            for one in planned.tickets
        ],
        language,
    )
    return [(one, words(one.changes, names)) for one in planned.tickets]


def _options(request: HttpRequest) -> dict[str, list[tuple[str, str]]]:
    unchanged = ("", _("Leave as it is"))
    agents = Agent.objects.active().by_name()[:200]
    states = State.objects.filter(archived_at=None)
    return {
        "agent_options": [
            unchanged,
            ("me", _("Me")),
            ("nobody", _("Nobody")),
            *((str(row.pk), row.name) for row in agents),
        ],
        "team_options": [
            unchanged,
            *((str(row.pk), row.name) for row in Team.objects.filter(archived_at=None)),
        ],
        "state_options": [unchanged, *((str(row.pk), row.name_in(language_of(request))) for row in states)],
        "priority_options": [unchanged, *((str(value), str(label)) for value, label in Priority.choices)],
    }


def _ids(request: HttpRequest) -> list[int]:
    ids = [int(value) for value in request.POST.getlist("tickets") if value.isdecimal()]
    if not ids:
        raise Invalid(reason=_("choose at least one ticket."))
    if len(ids) > MOST:
        raise Invalid(reason=_("choose at most {number} tickets at once.").format(number=MOST))
    return list(dict.fromkeys(ids))


def _action(request: HttpRequest) -> dict[str, Any]:
    """{verb: value} as `tickets.operations.bulk` understands it, from the form's do_ fields that are filled."""
    data = request.POST
    action: dict[str, Any] = {}
    if data.get("do_assignee"):
        given = data["do_assignee"]
        action["assign"] = "me" if given == "me" else int(given) if given.isdecimal() else None
    for field, verb in (
        ("do_team", "team"),
        ("do_state", "state"),
        ("do_priority", "priority"),
        ("do_merge", "merge"),
    ):
        given = data.get(field, "").strip().lstrip("#")
        if given.isdecimal():
            action[verb] = int(given)
    if "priority" in action:
        action["priority"] = {"to": action["priority"], "reason": data.get("do_reason", "").strip()}
    tags = {side: _tags(data.get(f"do_{side}_tags", "")) for side in ("add", "remove")}
    if any(tags.values()):
        action["tags"] = tags
    moment = (
        moment_of(data.get("do_snooze", ""), agent_of(request).time_zone) if data.get("do_snooze") else None
    )
    if moment:
        action["snooze"] = moment.isoformat()
    if data.get("do_spam"):
        action["spam"] = True
    return action


def _tags(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
