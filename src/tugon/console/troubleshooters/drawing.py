"""The editor: graph, outline, proof, and the form of the chosen step. All of it works by links and plain forms."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.lib.errors import DomainError
from tugon.pages.render import fragment
from tugon.troubleshooters import device, drafts, editing, operations, references
from tugon.troubleshooters.errors import StepChanged
from tugon.troubleshooters.graph import ENDS, Graph, Kind, Node, read, write
from tugon.troubleshooters.layout import HEIGHT, WIDTH, draw
from tugon.troubleshooters.models import Troubleshooter
from tugon.troubleshooters.operations.drawing import fingerprint
from tugon.troubleshooters.proving import is_publishable
from tugon.troubleshooters.words import (
    FACTS,
    KIND_HINTS,
    KIND_ICONS,
    KINDS,
    OUTCOME_ICONS,
    OUTCOMES,
    answer_words,
    title_words,
    value_words,
)

from ..access import agent_of, language_of
from . import forms
from .access import editors_only, find, shown
from .choosing import names_of_values, steps_to_choose

TEMPLATE = "console/troubleshooters/editor.html"


@require_GET
@editors_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor; `?node=` chooses a step."""
    return _editor(request, find(pk), request.GET.get("node", ""))


@require_POST
@editors_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new step, behind an answer or by itself."""
    kind, made = request.POST.get("kind", ""), ""

    def change(graph: Graph) -> Graph:
        nonlocal made
        graph, made = editing.add(graph, Kind(kind) if kind in set(Kind) else Kind.QUESTION)
        return graph

    row = operations.save_draft(find(pk), change=change, by=agent_of(request).actor)
    return _to_step(row, made)


@require_POST
@editors_only
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What the form of a step says, and what else it asks for (`do`). Saved while typing: only what is beside it."""
    row, looked = find(pk), name
    languages = drafts.languages()

    def change(graph: Graph) -> Graph:
        nonlocal looked
        graph, looked = forms.apply(graph, name, request.POST, languages)
        return read(drafts.clean(write(graph)))

    return _saved(request, row, name, change, lambda: looked)


@require_POST
@editors_only
def texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and summary."""
    languages = drafts.languages()

    def change(graph: Graph) -> Graph:
        return read(drafts.clean(write(forms.titled(graph, request.POST, languages))))

    return _saved(request, find(pk), "", change, lambda: "")


@require_POST
@editors_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    row = operations.undo(find(pk), by=agent_of(request).actor)
    return _to_step(row, request.POST.get("node", ""))


@require_POST
@editors_only
def redo(request: HttpRequest, pk: int) -> HttpResponse:
    row = operations.redo(find(pk), by=agent_of(request).actor)
    return _to_step(row, request.POST.get("node", ""))


def _saved(
    request: HttpRequest,
    row: Troubleshooter,
    name: str,
    change: Callable[[Graph], Graph],
    looked: Callable[[], str],
) -> HttpResponse:
    """Keep the change. A form saved while it is typed gets the drawing anew; a sent one leads to the page."""
    is_typing = request.headers.get("X-Typing") == "yes"
    try:
        row = operations.save_draft(
            row, change=change, touches=name, seen=request.POST.get("seen"), by=agent_of(request).actor
        )
    except StepChanged as error:
        if is_typing:
            return HttpResponse(error.message, status=409, content_type="text/plain; charset=utf-8")
        return _overtaken(request, row, name, change, error)
    if not is_typing:
        return _to_step(row, looked())
    response = HttpResponse(fragment(request, TEMPLATE, "drawing", _context(request, row, name)))
    response.headers["X-Seen"] = fingerprint(row.graph, name)
    return response


def _overtaken(
    request: HttpRequest, row: Troubleshooter, name: str, change: Callable[[Graph], Graph], error: DomainError
) -> HttpResponse:
    """The form as it was sent, beside what stands now: saving again puts it in its place."""
    newest = find(row.pk)
    context = _context(request, newest, name)
    mine = change(newest.graph)
    context |= {
        "node": mine.nodes.get(name),
        "theirs": newest.graph.nodes.get(name),
        "problem": error.message,
    }
    if not name:
        context |= {"titles": mine.titles, "summaries": mine.summaries}
    return shown(request, "editor", status=409, **context)


def _editor(request: HttpRequest, row: Troubleshooter, name: str) -> HttpResponse:
    return shown(request, "editor", **_context(request, row, name))


def _context(request: HttpRequest, row: Troubleshooter, name: str) -> dict[str, Any]:
    graph, language = row.graph, language_of(request)
    node = graph.nodes.get(name)
    found = drafts.problems(graph)
    by_node: dict[str, list[Any]] = {}
    for one in found:
        by_node.setdefault(one.node, []).append(one)
    return {
        "row": row,
        "graph": graph,
        "node": node,
        "problems": found,
        "by_node": by_node,
        "publishable": is_publishable(found),
        "unchanged": row.published is not None and row.published.data == write(graph),
        "outline": editing.in_reading_order(graph),
        "drawing": draw(graph),
        "box": (WIDTH, HEIGHT),
        "seen": fingerprint(graph, node.id if node else ""),
        "languages": drafts.languages(),
        "titles": graph.titles,
        "summaries": graph.summaries,
        "edits": _reach(row),
        "step_title": lambda one: title_words(one, language),
        "answer_words": answer_words,
        "kinds": KINDS,
        "kind_hints": KIND_HINTS,
        "kind_icons": KIND_ICONS,
        "outcomes": {one: OUTCOMES[one] for one in ENDS},
        "outcome_icons": OUTCOME_ICONS,
        **(_of_node(graph, node, language) if node else {}),
    }


def _of_node(graph: Graph, node: Node, language: str) -> dict[str, Any]:
    """What the form of one step offers."""
    names = names_of_values(node.fact, language)
    values = names or {one: value_words(one) for one in device.FACTS.get(node.fact, ())}
    values |= {one: value_words(one, names) for one in node.values if one not in values}
    articles = references.offered("article", language) if node.is_end else None
    offered_forms = references.offered("form", language) if node.is_end else None
    behind = [
        (f"{one.id}/{way.key}", f"{title_words(one, language)} → {answer_words(one, way)}")
        for one in graph.nodes.values()
        if one.id != node.id
        for way in one.exits
    ]
    return {
        "steps": steps_to_choose(graph, node, language),
        "facts": [("", _("Choose …")), *((key, str(words)) for key, words in FACTS.items())],
        "fact_values": list(values.items()),
        "articles": [(one.key, one.title) for one in articles or ()],
        "forms": [("", _("The person chooses")), *((one.key, one.title) for one in offered_forms or ())],
        "behind": [("", _("Choose an answer …")), *behind],
        "leading": editing.leading_to(graph, node.id),
    }


def _reach(row: Troubleshooter) -> tuple[bool, bool]:
    """Whether there is something to undo and to bring back. One query."""
    numbers = set(
        row.edits.filter(number__in=(row.draft_edit - 1, row.draft_edit + 1)).values_list("number", flat=True)
    )
    return row.draft_edit - 1 in numbers, row.draft_edit + 1 in numbers


def _to_step(row: Troubleshooter, name: str) -> HttpResponse:
    address = reverse("console:troubleshooter", args=[row.pk])
    return redirect(f"{address}?node={name}#step" if name in row.graph.nodes else address)
