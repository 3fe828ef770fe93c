"""What a person did before they write to us, carried to the ticket so that nobody asks again.

Another page leads to the form with a parameter, `/contact/?article=17` or `?walk=<token>`. Each kind of parameter has
one resolver, which says in words what stands behind the value, or None where this visitor may not see it:

    provide("walk", carried_walk)      # in the AppConfig.ready of whoever knows; (value, visitor, language) -> Carried

The form shows the words to the person; they are stored with the ticket in `ticket.context["carried"]`, in the company's
language, and agents read them above the conversation. Once the ticket stands, intake records one fact `ContextCarried`
for each, with which `project/wiring.py` lets the kind's own package join the two (a walk with its ticket).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.http import urlencode

from tugon.company import settings as company

from .identity import Visitor, visitor

MOST_LINES = 60
LONGEST_VALUE = 200  # characters of a parameter
LONGEST_WORDS = 500  # characters of a title, a question or an answer


@dataclass(frozen=True, slots=True)
class Carried:
    """Plain text. title: one line, such as "You read: How to cancel". lines: (question, answer); either may be empty.

    url: the page it comes from. subject: a subject to begin with, if the person typed none.
    """

    title: str
    lines: tuple[tuple[str, str], ...] = ()
    url: str = ""
    subject: str = ""


Resolver = Callable[[str, Visitor, str], Carried | None]
_resolvers: dict[str, Resolver] = {}


def provide(kind: str, resolver: Resolver) -> None:
    """Say who knows what a parameter of this name means. The resolver takes any text and does not raise for it."""
    _resolvers[kind] = resolver


def given(request: HttpRequest) -> dict[str, str]:
    """The parameters this request brings, by kind; what was sent goes before what the address says."""
    values = {kind: request.POST.get(kind) or request.GET.get(kind, "") for kind in _resolvers}
    return {
        kind: value.strip()
        for kind, value in values.items()
        if value.strip() and len(value) <= LONGEST_VALUE and "\0" not in value
    }


def shown(request: HttpRequest, language: str) -> dict[str, Carried]:
    """What the person is told that we take along, by kind, in their language."""
    found = {
        kind: _resolvers[kind](value, visitor(request), language) for kind, value in given(request).items()
    }
    return {kind: carried for kind, carried in found.items() if carried is not None}


def kept(request: HttpRequest) -> list[dict[str, Any]]:
    """What is stored with the ticket, in the company's language: kind, value, title, lines, url."""
    values, language = given(request), company.get("language")
    with translation.override(language):
        found = shown(request, language)
    return [{"kind": kind, "value": values[kind], **_written(carried)} for kind, carried in found.items()]


def query(**values: Any) -> str:
    """The end of the form's address that takes this along: `?article=17`; empty where there is nothing."""
    said: Mapping[str, Any] = {name: value for name, value in values.items() if value}
    return f"?{urlencode(said)}" if said else ""


def _written(carried: Carried) -> dict[str, Any]:
    lines = [
        [question[:LONGEST_WORDS], answer[:LONGEST_WORDS]] for question, answer in carried.lines[:MOST_LINES]
    ]
    return {"title": carried.title[:LONGEST_WORDS], "lines": lines, "url": carried.url[:LONGEST_WORDS]}
