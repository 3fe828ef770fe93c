"""A text as readers will see it: as whom, and which words."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tugon.customers.models import Audience, Plan
from tugon.facts import referencing
from tugon.helpcenter import content
from tugon.helpcenter.models import Article, Translation, Version
from tugon.helpcenter.readers import Reader
from tugon.helpcenter.rendering import rendered

from ..access import language_of
from .access import find_translation, writers_only
from .articles import language_choices
from .showing import show


@dataclass(frozen=True, slots=True)
class As:
    """As whom one looks. name: "visitor", "signed", "audience:3", "plan:2", "agent"."""

    name: str
    reader: Reader


@require_GET
@writers_only
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The draft, or what `show` names ("published", a version's number), as the reader `as`."""
    row = find_translation(pk, language)
    chosen = _as(request.GET.get("as", ""))
    version, shown = _version(row, request.GET.get("show", ""))
    found = rendered(version, language)
    return show(
        request,
        "preview",
        at="articles",
        article=row.article,
        translation=row,
        title=referencing.render(version.title, language),
        summary=referencing.render(version.summary, language),
        found=found,
        shown=shown,
        readers=_readers(language_of(request)),
        chosen=chosen.name,
        may_read=Article.objects.filter(pk=pk).readable_by(chosen.reader).exists(),
        languages_offered=[
            (code, name)
            for code, name in language_choices()
            if row.article.translations.filter(language=code).exists()
        ],
    )


def _as(given: str) -> As:
    kind, _colon, number = given.partition(":")
    pk = int(number) if number.isdecimal() and len(number) < 10 else None
    if kind == "signed":
        return As("signed", Reader(signed_in=True))
    if kind == "audience" and pk:
        return As(given, Reader(signed_in=True, audience_id=pk))
    if kind == "plan" and pk:
        return As(given, Reader(signed_in=True, plan_id=pk))
    return As("agent", Reader.agent()) if kind == "agent" else As("visitor", Reader.anonymous())


def _readers(language: str) -> list[tuple[str, str]]:
    """Two queries."""
    from django.utils.translation import gettext as _

    audiences = [
        (f"audience:{row.pk}", _("Audience: {name}").format(name=row.name_in(language)))
        for row in Audience.objects.all()
    ]
    plans = [(f"plan:{row.pk}", _("Plan: {name}").format(name=row.name)) for row in Plan.objects.all()]
    first = [("visitor", _("A visitor")), ("signed", _("Somebody signed in"))]
    return [*first, *audiences, *plans, ("agent", _("An agent"))]


def _version(row: Translation, given: str) -> tuple[Version, str]:
    """The words to look at and what they are called; a draft is put into a version that is never saved."""
    if given.isdecimal() and len(given) < 10:
        found = row.versions.filter(number=int(given)).first()
        if found is not None:
            return found, given
    if given == "published" and row.published is not None:
        return row.published, "published"
    words = content.at_hand(row)
    draft = Version(
        translation=row,
        number=0,
        title=words.title or row.shown_title,
        summary=words.summary,
        body=words.body,
        exact_phrases=list(words.exact_phrases),
    )
    return draft, "draft"
