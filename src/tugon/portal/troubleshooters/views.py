"""The list, the first page with its question, and each step."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from tugon.events.actors import SYSTEM, Actor
from tugon.facts import referencing
from tugon.helpcenter.languages import offered
from tugon.lib.errors import DomainError, NotAllowed
from tugon.troubleshooters import operations
from tugon.troubleshooters.errors import AnswerMissing
from tugon.troubleshooters.models import Troubleshooter, Walk
from tugon.troubleshooters.showing import Shown
from tugon.troubleshooters.walking import walk as followed

from ..help.answering import help_page, in_language
from ..help.people import audiences, chosen_audience, reader_of
from ..help.views.saying import is_from_here
from ..help.warm import public
from ..identity import visitor
from ..views.answers import private
from .showing import next_url, trail
from .walkers import facts_of, open_walk, remember

ANSWER = "answer"


@require_safe
@public
@in_language
def index(request: HttpRequest, language: str) -> HttpResponse:
    """Every troubleshooter the reader may walk; those of the chosen audience first. Three queries."""
    audience = chosen_audience(request, audiences())
    rows = list(Troubleshooter.objects.published().readable_by(reader_of(request)))
    mine = set(Troubleshooter.objects.meant_for(audience.pk).values_list("pk", flat=True) if audience else ())
    rows.sort(key=lambda row: (row.pk not in mine, row.title_in(language).casefold()))
    cards = [
        {
            "title": referencing.render(row.title_in(language), language),
            "summary": referencing.render(row.summary_in(language), language),
            "href": row.path_in(language),
        }
        for row in rows
    ]
    there = {code: f"/{code}/help/troubleshooters/" for code in offered()}
    return _page(request, "index.html", language, {"cards": cards}, there=there, audience=audience)


@csrf_exempt  # the page is kept by caches, so it carries no token: the browser says where the form stood
@require_http_methods(["GET", "HEAD", "POST"])
@public
@in_language
def begin(request: HttpRequest, language: str, slug: str) -> HttpResponse:
    """The first page: what it is for, and its first step. Answering begins a walk.

    Raises NotAllowed for an answer from another site.
    """
    if request.method == "POST" and not is_from_here(request):
        raise NotAllowed
    row = _find(request, slug)
    if request.method == "POST":
        return _begun(request, language, row)
    assert row.published is not None
    graph = row.published.graph
    first = graph.nodes[graph.start]
    depends = not first.is_shown  # the first step depends on the device, and this page is the same for all
    shown = None if depends else Shown(followed(graph, (), {}), graph, {}, language)
    context = {
        "row": row,
        "title": referencing.render(row.title_in(language), language),
        "summary": referencing.render(row.summary_in(language), language),
        "shown": shown,
        "next_url": next_url(shown) if shown else "",
        "resumed": open_walk(request, row),
    }
    return _page(request, "begin.html", language, context, there=_addresses(row))


@require_safe
@private
@in_language
def resume(request: HttpRequest, language: str, slug: str, token: str) -> HttpResponse:
    """The link of a walk: the step where it stands."""
    walk = _find_walk(request, slug, token)
    return _to_step(language, walk, len(walk.answers))


@require_http_methods(["GET", "HEAD", "POST"])
@private
@in_language
def step(request: HttpRequest, language: str, slug: str, token: str, number: int) -> HttpResponse:
    """One step of a walk: the one reached by `number` answers."""
    walk = _find_walk(request, slug, token)
    if request.method == "POST":
        remember(request, walk)
        try:
            walk = operations.answer(
                walk, at_step=number, key=request.POST.get(ANSWER, "")[:40], by=_actor(request)
            )
        except DomainError as error:
            return _step(request, language, walk, number, problem=error.message, status=error.status)
        return _to_step(language, walk, min(number + 1, len(walk.answers)))
    if number > len(walk.answers):
        return _to_step(language, walk, len(walk.answers))
    return _step(request, language, walk, number)


def _begun(request: HttpRequest, language: str, row: Troubleshooter) -> HttpResponse:
    """A new walk with its first answer; without one, at its first step."""
    facts = facts_of(request, language)
    by = _actor(request)
    walk = operations.begin(row, language=language, facts=facts, customer=visitor(request).customer, by=by)
    remember(request, walk)
    if request.POST.get(ANSWER):
        try:
            walk = operations.answer(walk, at_step=0, key=request.POST[ANSWER][:40], by=by)
        except (
            AnswerMissing
        ):  # the page was older than what is published: its first step shows the answers of today
            return _to_step(language, walk, 0)
    return _to_step(language, walk, len(walk.answers))


def _step(
    request: HttpRequest, language: str, walk: Walk, number: int, *, problem: str = "", status: int = 200
) -> HttpResponse:
    number = min(number, len(walk.answers))
    graph, place = walk.version.graph, walk.place(number)
    if place.node is None:
        raise Http404
    given = walk.answers[number]["key"] if number < len(walk.answers) else ""
    shown = Shown(place, graph, walk.facts, language, given=given, reader=reader_of(request))
    own = {code: f"{walk.troubleshooter.path_in(code)}{walk.token}/{number}/" for code in offered()}
    context: dict[str, Any] = {
        "walk": walk,
        "row": walk.troubleshooter,
        "title": referencing.render(walk.troubleshooter.title_in(language), language),
        "shown": shown,
        "next_url": next_url(shown),
        "number": number,
        "trail": trail(walk, number, language),
        "problem": problem,
        "walk_url": request.build_absolute_uri(f"{walk.troubleshooter.path_in(language)}{walk.token}/"),
        "begin_url": walk.troubleshooter.path_in(language),
    }
    return _page(
        request,
        "step.html",
        language,
        context,
        there=own,
        about={"walk": walk.token},
        is_listed=False,
        status=status,
    )


def _page(
    request: HttpRequest,
    template: str,
    language: str,
    context: dict[str, Any],
    *,
    there: dict[str, str],
    **more: Any,
) -> HttpResponse:
    crumbs = [
        (_("Help center"), reverse("portal:help", args=[language])),
        (_("Troubleshooters"), reverse("portal:troubleshooters", args=[language])),
    ]
    if "title" in context:
        crumbs.append((context["title"], context["row"].path_in(language)))
    return help_page(
        request, f"troubleshooters/{template}", language, context, there=there, crumbs=crumbs, **more
    )


def _find(request: HttpRequest, slug: str) -> Troubleshooter:
    """The troubleshooter at this address, if the reader may walk it. Raises Http404. One query."""
    row = Troubleshooter.objects.published().readable_by(reader_of(request)).filter(slug=slug).first()
    if row is None:
        raise Http404
    return row


def _find_walk(request: HttpRequest, slug: str, token: str) -> Walk:
    """The walk with its version; the address of the troubleshooter may have changed since. Raises Http404. One query.

    Whoever has the link goes on, whatever became of the troubleshooter meanwhile, unless it was put away.
    """
    walk = Walk.objects.select_related("version", "troubleshooter").filter(token=token[:32]).first()
    if walk is None or walk.troubleshooter.archived_at is not None:
        raise Http404
    return walk


def _to_step(language: str, walk: Walk, number: int) -> HttpResponse:
    address = reverse("portal:walk-step", args=[language, walk.troubleshooter.slug, walk.token, number])
    return HttpResponseRedirect(address, status=303)


def _addresses(row: Troubleshooter) -> dict[str, str]:
    return {code: row.path_in(code) for code in offered() if row.titles.get(code)} or {
        "en": row.path_in("en")
    }


def _actor(request: HttpRequest) -> Actor:
    """The customer where one is signed in; a visitor is nobody."""
    customer = visitor(request).customer
    return customer.actor if customer else SYSTEM
