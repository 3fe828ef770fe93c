"""Asking the coach while one writes, answering its remarks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tugon.coaching import operations
from tugon.coaching.models import Answer
from tugon.pages.render import page

from ..access import agent_of, agents_only, find_ticket
from ..views.tickets import keep_draft
from .coach import as_decided, coached

LIST = "console/triage/coach_list.html"


@require_POST
@agents_only
def check(request: HttpRequest, number: int) -> HttpResponse:
    """Remarks on the words that are being written. Without script the words are kept and the ticket is shown with them.

    Two statements: the ticket, and all that the coach knows of it; one or two more for links.
    """
    ticket, agent = find_ticket(request, number), agent_of(request)
    if request.headers.get("X-Coach") != "1":
        keep_draft(request, ticket, "reply", request.POST)
        return redirect("console:ticket", number)
    with as_decided(request):
        found = coached(ticket, agent, request.POST.get("html", ""))
    return page(request, LIST, {"ticket": ticket, "part": found})


@require_POST
@agents_only
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """A remark was used, or does not fit here: it stays away from this draft, and is counted."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    did = Answer.Did.TAKEN if request.POST.get("did") == Answer.Did.TAKEN else Answer.Did.DISMISSED
    operations.answer(
        ticket, agent, check=request.POST.get("check", ""), mark=request.POST.get("mark", ""), did=did
    )
    if request.headers.get("X-Coach") == "1":
        return HttpResponse(status=204)
    return redirect("console:ticket", number)
