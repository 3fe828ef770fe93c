from datetime import timedelta

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tugon.channels.models import Channel
from tugon.company import settings as company
from tugon.events.models import Event
from tugon.intake import operations as intake
from tugon.intake.models import AutomaticMail, Received
from tugon.lib.clock import now
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show
from ..paging import keyset

PERMISSION = "admin.intake"
SHOWN_BYTES = 200_000


@needs(PERMISSION)
def ledger(request: HttpRequest) -> HttpResponse:
    """What came in and what became of it. Three queries."""
    rows = Received.objects.for_ledger()
    state, query = request.GET.get("state", ""), request.GET.get("q", "").strip()
    if state in Received.State.values:
        rows = rows.filter(state=state)
    if request.GET.get("channel", "").isdecimal():
        rows = rows.filter(channel_id=int(request.GET["channel"]))
    if query:
        rows = rows.filter(Q(sender__icontains=query) | Q(subject__icontains=query))
    page = keyset(rows, request)
    channels = {row.pk: row for row in Channel.objects.all()}
    counts = [(channels[pk], count) for pk, count in intake.counts().items() if pk in channels]
    return show(
        request,
        "ledger",
        block="ledger",
        received=page.rows,
        pager=page,
        counts=counts,
        state=state,
        query=query,
        states=[("", _now("Everything")), *Received.State.choices],
    )


@needs(PERMISSION)
def received(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Received.objects.for_ledger(), pk=pk)
    try:
        raw = intake.raw(row)
    except DomainError:
        raw = None
    words = raw[:SHOWN_BYTES].decode("utf-8", "replace") if raw is not None else None
    return show(request, "received", row=row, raw=words, is_cut=raw is not None and len(raw) > SHOWN_BYTES)


@needs(PERMISSION)
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, as a file: never shown by a browser as what they claim to be."""
    row = get_object_or_404(Received, pk=pk)
    answer = HttpResponse(intake.raw(row), content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="received-{row.pk}.eml"'
    return answer


@needs(PERMISSION)
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """retry, release, ignore, block."""
    row = get_object_or_404(Received, pk=pk)
    by = request.user.actor  # type: ignore[union-attr]
    try:
        if verb == "retry":
            row = intake.retry(row, by=by)
        elif verb == "release":
            row = intake.release(row, by=by)
        elif verb == "ignore":
            row = intake.ignore(
                row, reason=request.POST.get("reason", "") or _now("Set aside by hand"), by=by
            )
        else:
            intake.block_sender(row, by=by)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _DONE[verb].format(state=row.get_state_display()))
    return redirect("administration:received", pk=pk)


_DONE = {
    "retry": _("It was read again. Now: {state}."),
    "release": _("It was let through. Now: {state}."),
    "ignore": _("It is set aside."),
    "block": _("Mail of this sender is kept aside from now on."),
}


@needs(PERMISSION)
def automatic(request: HttpRequest) -> HttpResponse:
    """The breaker: how much automatic mail left in the last hour, and whether it is open."""
    limit = company.get("automatic_per_hour")
    sent = AutomaticMail.objects.filter(at__gte=now() - timedelta(hours=1)).count()
    pauses = Event.objects.named("AutomaticMailPaused").order_by("-id")[:10]
    latest = AutomaticMail.objects.order_by("-id")[:50]
    return show(
        request, "automatic", sent=sent, limit=limit, is_open=sent >= limit, pauses=pauses, latest=latest
    )
