"""The ways to us as the support home shows them: what answers at once, and where a person does."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from tugon.advisor.models import Route
from tugon.advisor.routes import AT_ONCE, Standing, standings

from ..context import query
from ..help.revision import kept
from .telling import Way, way


@dataclass(frozen=True, slots=True)
class Ways:
    """at_once: nobody has to be there. people: in the company's order."""

    at_once: tuple[Way, ...]
    people: tuple[Way, ...]


@kept
def ways_at_home(language: str, zone: str, audience_id: int | None, form_slug: str) -> Ways:
    """What anybody may use, and what is there for the chosen audience. Six queries at most.

    zone: of the reader, in whose clock the hours are told; it only keeps the answers of zones apart. form_slug: the
    form that the audience gets; empty where the person has to choose.
    """
    rows = [row for row in standings() if _is_for(row, audience_id)]
    told = [
        _with_form(way(row, language, take_along={"lang": language}), language, form_slug) for row in rows
    ]
    at_once = tuple(one for one in told if one.kind in AT_ONCE and one.kind != Route.Kind.ARTICLE)
    return Ways(at_once, _once_each(one for one in told if one.kind not in AT_ONCE))


def _is_for(row: Standing, audience_id: int | None) -> bool:
    audiences = {audience.pk for audience in row.route.audiences.all()}
    return not audiences or audience_id in audiences


def _with_form(one: Way, language: str, form_slug: str) -> Way:
    """The form's route leads straight to the form where it is known which."""
    if not form_slug or one.href.partition("?")[0] != reverse("portal:contact"):
        return one
    return replace(one, href=reverse("portal:form", args=[form_slug]) + query(lang=language))


def _once_each(ways: Iterable[Way]) -> tuple[Way, ...]:
    """Two routes to one place are one; the later, which is meant for fewer people, says more of it."""
    return tuple({one.href: one for one in ways}.values())
