"""Walking the draft as somebody else: an audience, a plan, a language, a device. Nothing is written."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import override
from django.views.decorators.http import require_GET

from tugon.customers.models import Audience, Plan
from tugon.pages.formats import language_name
from tugon.troubleshooters import device, drafts
from tugon.troubleshooters.graph import Graph
from tugon.troubleshooters.showing import Shown
from tugon.troubleshooters.walking import Answer, Facts, walk
from tugon.troubleshooters.words import OUTCOMES, title_words, value_words

from ..access import agents_only, language_of
from .access import find, shown


@require_GET
@agents_only
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The step of the draft behind the answers in the address (`path=yes&path=no`)."""
    row = find(pk)
    language = language_of(request)
    facts = {name: request.GET.get(name, "")[:60] for name in device.FACTS}
    speaks = facts["language"] if facts["language"] in drafts.languages() else language
    facts = {"system": "windows", "browser": "chrome", "screen": "computer", "signed_in": "no"} | {
        name: value for name, value in facts.items() if value
    }
    graph = row.graph
    answers = _answers(graph, request.GET.getlist("path")[:200], facts)
    place = walk(graph, answers, facts)
    with override(speaks):
        step = Shown(place, graph, facts, speaks) if place.node is not None else None
        buttons = (
            [(key, words, _with(request.GET, place.number, key)) for key, words, _given in step.answers]
            if step
            else []
        )
    context: dict[str, Any] = {
        "step": step,
        "speaks": speaks,
        "buttons": buttons,
        "back": _with(request.GET, place.number - 1) if place.number else "",
        "facts": facts,
        "outcomes": OUTCOMES,
        "title": title_words,
        "place": place,
        "choices": _choices(language),
    }
    return shown(request, "preview", row, **context)


def _answers(graph: Graph, keys: list[str], facts: Facts) -> list[Answer]:
    """The steps the keys were given at, one after the other."""
    answers: list[Answer] = []
    for key in keys:
        node = walk(graph, answers, facts).node
        if node is None:
            break
        answers.append(Answer(node.id, key))
    return answers


def _with(query: QueryDict, number: int, key: str = "") -> str:
    """The address of the step behind `number` of the answers given, and one more."""
    changed = query.copy()
    changed.setlist("path", [*query.getlist("path")[:number], *([key] if key else [])])
    return f"?{changed.urlencode()}"


def _choices(language: str) -> dict[str, list[tuple[str, str]]]:
    """What one may be in the preview. Two queries."""
    choices = {
        name: [(value, value_words(value)) for value in values]
        for name, values in device.FACTS.items()
        if values
    }
    choices["audience"] = [("", "–"), *((row.key, row.name_in(language)) for row in Audience.objects.all())]
    choices["plan"] = [("", "–"), *Plan.objects.values_list("key", "name")]
    choices["language"] = [(code, language_name(code)) for code in drafts.languages()]
    return choices
