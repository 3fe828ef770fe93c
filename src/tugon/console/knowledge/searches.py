"""Searches that found nothing, or nothing anybody opened: each group is work, done with one click."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tugon.accounts.models import Agent
from tugon.lib.clock import now
from tugon.pages.toasts import toast
from tugon.search.knowledge import deflection, gaps
from tugon.search.models import Gap

from ..access import agent_of
from .access import arrangers_only
from .paging import keyset
from .showing import show

SHOWN = ("open", "work", "dismissed", "done")


def waiting(agent: Agent, *, mine: bool) -> int:
    """How many groups nobody has decided about; or how many the agent has taken. One query."""
    return _rows(agent, "work" if mine else "open", mine=mine).count()


def shown(request: HttpRequest, queues: list[Any], *, mine: bool) -> HttpResponse:
    """A page of groups, the ones that most people asked for first. Five queries besides the frame's."""
    agent = agent_of(request)
    given = request.GET.get("state", "")
    state = given if given in SHOWN else "work" if mine else "open"
    searches, in_vain = gaps.in_vain_since()
    moment = now()
    return show(
        request,
        "searches",
        at="work",
        key="searches",
        queue=None,
        queues=queues,
        mine=mine,
        state=state,
        states=[
            ("open", _("Undecided")),
            ("work", _("Being written")),
            ("done", _("Written")),
            ("dismissed", _("Dismissed")),
        ],
        page=keyset(_rows(agent, state, mine=mine), request.GET, column="visitors"),
        searches=searches,
        in_vain=in_vain,
        deflection=deflection.count(moment - timedelta(days=30), moment),
        definition=deflection.DEFINITION,
    )


@require_POST
@arrangers_only
def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Write an article (on to the form), or say that it is written, that nothing is missing, or take that back."""
    gap, agent = get_object_or_404(Gap, pk=pk), agent_of(request)
    if verb == "write":
        gaps.make_work(gap, owner=agent, by=agent.actor)
        return redirect(f"{reverse('console:article-new')}?{urlencode({'title': gap.text})}")
    verbs = {
        "dismissal": (gaps.dismiss, _("Dismissed. It comes back when many more ask.")),
        "done": (gaps.finish, _("Noted as written.")),
        "reopening": (gaps.reopen, _("It waits again.")),
    }
    if verb not in verbs:
        raise Http404
    act, said = verbs[verb]
    act(gap, by=agent.actor)
    if request.headers.get("HX-Request") == "true":
        undo = reverse("console:knowledge-search-decide", args=[pk, "reopening"])
        more = {} if verb == "reopening" else {"action": _("Undo"), "url": undo}
        return toast(HttpResponse(""), said, **more)
    messages.success(request, said)
    return redirect("console:knowledge-work-queue", "searches")


def _rows(agent: Agent, state: str, *, mine: bool) -> QuerySet[Any]:
    rows = Gap.objects.filter(state=state).select_related("owner", "decided_by")
    return rows.filter(Q(owner=agent)) if mine and state != "open" else rows
