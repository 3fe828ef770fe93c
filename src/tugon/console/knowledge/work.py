"""What waits for somebody: each queue is one page, and says what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from tugon.accounts.models import Agent
from tugon.facts import operations as facts
from tugon.facts.models import FactReview
from tugon.helpcenter import operations
from tugon.helpcenter.models import Article, BrokenLink, Translation, Vote
from tugon.lib.clock import now
from tugon.pages.toasts import toast

from ..access import agent_of, language_of
from . import listing, searches
from .access import PUBLISH, WRITE, needs, writers_only
from .paging import keyset
from .showing import show

KEEPERS = {
    "troubleshooter": "troubleshooter.edit",
    "processor": "billing.edit",
    "form": "admin.channels",
    "signature": "admin.channels",
    "field": "admin.settings",
    "audience": "admin.settings",
}
"""Which permission opens a text that uses facts, by the kind of its place; articles open to every writer."""


@dataclass(frozen=True, slots=True)
class Queue:
    """rows: what waits. column: by which it is paged, never null. mine: narrows to what is the agent's own."""

    label: str | Promise
    icon: str
    lead: str | Promise
    rows: Callable[[Agent], QuerySet[Any]]
    mine: Callable[[QuerySet[Any], Agent], QuerySet[Any]]
    column: str = "pk"
    downwards: bool = False


def _due(agent: Agent) -> QuerySet[Article]:
    return (
        Article.objects.due_for_review(now().date())
        .select_related("section__category", "owner")
        .prefetch_related(_translations())
    )


def _waiting(agent: Agent) -> QuerySet[Translation]:
    return Translation.objects.waiting_for_review().for_list().select_related("review_asked_by", "review_by")


def _comments(agent: Agent) -> QuerySet[Vote]:
    return Vote.objects.open_work().select_related(
        "translation__article__owner", "translation__article__section"
    )


def _broken(agent: Agent) -> QuerySet[BrokenLink]:
    rows = BrokenLink.objects.filter(translation__in=Translation.objects.published())
    return rows.select_related("translation__article__owner")


def _facts(agent: Agent) -> QuerySet[FactReview]:
    """Texts that the agent can open."""
    closed = [kind for kind, permission in KEEPERS.items() if not agent.may(permission)]
    return FactReview.objects.to_do().for_list().exclude(place_kind__in=closed)


def _translations() -> Prefetch[Any]:
    return Prefetch("translations", Translation.objects.with_freshness().defer("draft_body", "draft_sources"))


QUEUES: dict[str, Queue] = {
    "reviews": Queue(
        _("Waiting for review"),
        "eye",
        _("Texts that a second person reads before they are published."),
        _waiting,
        lambda rows, agent: rows.filter(Q(review_by=agent) | Q(review_by=None)).exclude(
            review_asked_by=agent
        ),
        column="review_at",
    ),
    "due": Queue(
        _("Due to be read again"),
        "calendar-clock",
        _("Articles whose review date has come. Read them; say that they are right, or change them."),
        _due,
        lambda rows, agent: rows.filter(owner=agent),
        column="review_due_on",
    ),
    "comments": Queue(
        _("Comments of readers"),
        "message-square",
        _("What people wrote under “Was this helpful?”. Each is answered by a change, or by saying why not."),
        _comments,
        lambda rows, agent: rows.filter(translation__article__owner=agent),
        column="voted_at",
        downwards=True,
    ),
    "facts": Queue(
        _("After a fact changed"),
        "braces",
        _("Texts that use a fact which changed, or state its old value in plain words."),
        _facts,
        lambda rows, agent: rows.filter(value__fact__owner=agent),
        column="due_on",
    ),
    "links": Queue(
        _("Broken links"),
        "unlink",
        _(
            "Links that lead nowhere for those who read the text. They are looked at every night and on publishing."
        ),
        _broken,
        lambda rows, agent: rows.filter(translation__article__owner=agent),
    ),
}


@require_GET
@writers_only
def work(request: HttpRequest) -> HttpResponse:
    """The first queue in which something waits for the agent."""
    counts = counted(agent_of(request), mine=True)
    first = next((key for key, number in counts.items() if number), "reviews")
    return redirect("console:knowledge-work-queue", first)


@require_GET
@writers_only
def queue(request: HttpRequest, key: str) -> HttpResponse:
    """One queue. `mine`: only what is the agent's own."""
    agent, mine = agent_of(request), request.GET.get("whose") == "mine"
    if key == "searches":
        return searches.shown(request, queue_tabs(agent, key, mine=mine), mine=mine)
    chosen = QUEUES.get(key)
    if chosen is None:
        raise Http404
    rows = chosen.rows(agent)
    page = keyset(
        chosen.mine(rows, agent) if mine else rows,
        request.GET,
        column=chosen.column,
        downwards=chosen.downwards,
        read=lambda row: _plain(getattr(row, chosen.column)),
    )
    return show(
        request,
        "work",
        at="work",
        key=key,
        queue=chosen,
        queues=queue_tabs(agent, key, mine=mine),
        mine=mine,
        page=page,
        titles=listing.titles(page.rows, language_of(request)) if key == "due" else {},
        today=now().date(),
    )


def queue_tabs(agent: Agent, at: str, *, mine: bool) -> list[tuple[str, str, bool, int]]:
    """(key, words, whether one is there, how many wait)."""
    counts = counted(agent, mine=mine)
    words = {key: str(one.label) for key, one in QUEUES.items()} | {
        "searches": str(_("Searches without an answer"))
    }
    return [(key, words[key], key == at, number) for key, number in counts.items()]


def counted(agent: Agent, *, mine: bool) -> dict[str, int]:
    """How much waits in each queue. One query a queue."""
    found = {}
    for key, one in QUEUES.items():
        rows = one.rows(agent).select_related(None).prefetch_related(None).order_by()
        found[key] = (one.mine(rows, agent) if mine else rows).aggregate(number=Count("pk"))["number"]
    return found | {"searches": searches.waiting(agent, mine=mine)}


@require_POST
@needs(WRITE)
def resolve_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what came of a reader's words."""
    vote = get_object_or_404(Vote, pk=pk)
    operations.resolve_vote(vote, resolution=request.POST.get("resolution", ""), by=agent_of(request).actor)
    return _done(request, "comments", _now("Answered. It no longer waits."))


@require_POST
@needs(PUBLISH, WRITE)
def fact_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The text was read again and is right."""
    facts.mark_read(get_object_or_404(FactReview, pk=pk), by=agent_of(request).actor)
    return _done(request, "facts", _now("Noted: it was read again."))


def _done(request: HttpRequest, key: str, words: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return toast(HttpResponse(""), words)
    from django.contrib import messages

    messages.success(request, words)
    return redirect("console:knowledge-work-queue", key)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
