"""What left, what failed, who did what, and how the machine is."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST

from tugon.accounts.models import Agent
from tugon.delivery import operations as delivering
from tugon.delivery.models import Delivery
from tugon.events.models import Event, FailedReaction
from tugon.events.operations import retry
from tugon.lib.errors import DomainError

from .. import health as doctor
from ..access import needs
from ..facts import in_words
from ..jobs import do_again, failed_jobs, forget
from ..navigation import show
from ..paging import keyset


@needs("admin.intake")
def deliveries(request: HttpRequest) -> HttpResponse:
    """One query."""
    rows = Delivery.objects.select_related("mailbox")
    state = request.GET.get("state", "")
    if state in Delivery.State.values:
        rows = rows.filter(state=state)
    page = keyset(rows, request)
    states = [("", _("Everything")), *Delivery.State.choices]
    return show(request, "deliveries", deliveries=page.rows, pager=page, state=state, states=states)


@needs("admin.intake")
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    delivery = get_object_or_404(Delivery, pk=pk)
    try:
        delivering.send_again(delivery, by=request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It is tried again."))
    return redirect("administration:deliveries")


@needs("admin.audit")
def failures(request: HttpRequest) -> HttpResponse:
    page = keyset(FailedReaction.objects.open().select_related("event"), request)
    return show(request, "failures", failures=page.rows, pager=page, jobs=failed_jobs())


@needs("admin.audit")
@require_POST
def retry_failure(request: HttpRequest, pk: int) -> HttpResponse:
    failure = get_object_or_404(FailedReaction.objects.open(), pk=pk)
    if retry(failure, by=request.user.actor):  # type: ignore[union-attr]
        messages.success(request, _("It went well this time."))
    else:
        messages.error(request, _("It failed again. The words below are the newest."))
    return redirect("administration:failures")


@needs("admin.audit")
@require_POST
def retry_job(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        do_again(pk, by=request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.info(request, refusal.message)
    else:
        messages.success(request, _("A worker tries it again now. If it fails again, it stands here again."))
    return redirect("administration:failures")


@needs("admin.audit")
@require_POST
def forget_job(request: HttpRequest, pk: int) -> HttpResponse:
    forget(pk, by=request.user.actor)  # type: ignore[union-attr]
    messages.success(request, _("The job is removed."))
    return redirect("administration:failures")


@needs("admin.audit")
def audit(request: HttpRequest) -> HttpResponse:
    """Every fact, newest first. Two queries and one for the names."""
    rows = Event.objects.all()
    chosen = {name: request.GET.get(name, "").strip() for name in ("name", "about", "number", "agent")}
    if chosen["name"]:
        rows = rows.named(chosen["name"])
    if chosen["about"]:
        rows = rows.filter(subject_kind=chosen["about"])
    if chosen["number"].isdecimal():
        rows = rows.filter(subject_id=int(chosen["number"]))
    if chosen["agent"].isdecimal():
        rows = rows.filter(actor_kind="agent", actor_id=int(chosen["agent"]))
    page = keyset(rows, request)
    names = _names(page.rows)
    return show(
        request,
        "audit",
        lines=[_line(event, names) for event in page.rows],
        pager=page,
        chosen=chosen,
        agents=Agent.objects.by_name(),
        filtered=any(chosen.values()),
    )


@needs("admin.audit")
def health(request: HttpRequest) -> HttpResponse:
    return show(request, "health", findings=doctor.findings())


def _names(events: list[Event]) -> dict[int, str]:
    ids = {event.actor_id for event in events if event.actor_kind == "agent"}
    return dict(Agent.objects.filter(pk__in=ids).values_list("pk", "name"))


def _line(event: Event, names: dict[int, str]) -> dict[str, Any]:
    if event.actor_kind == "agent":
        who = names.get(event.actor_id or 0, f"#{event.actor_id}")
    else:
        who = str(_ACTORS.get(event.actor_kind, event.actor_kind)) + (
            f" #{event.actor_id}" if event.actor_id else ""
        )
    return {"event": event, "who": who, "words": in_words(event.name)}


_ACTORS = {
    "customer": _lazy("Customer"),
    "rule": _lazy("Rule"),
    "token": _lazy("API token"),
    "system": "Tugon",
}
