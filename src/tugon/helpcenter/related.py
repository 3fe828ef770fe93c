"""What somebody may want to read next: of the same section, sharing terms, linked to or from. One query."""

from __future__ import annotations

from django.db.models import Case, F, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from .models import Article, Translation
from .readers import Reader

_SECTION, _TERM, _LINK = 2, 3, 4
"""What a shared section, each shared term, and a link between the two count."""


def related(translation: Translation, *, reader: Reader, limit: int = 5) -> QuerySet[Translation]:
    """Published translations that the reader may read, in the language of this one, the nearest first.

    translation: with its article and published version.
    """
    article = translation.article
    published = translation.published
    cites = published.cites if published else []
    linked = Q(article__key__in=cites) | Q(published__cites__contains=[article.key])
    score = _when(Q(article__section_id=article.section_id), _SECTION) + _when(linked, _LINK)
    if article.terms:
        score = score + Coalesce(_shared(article.terms), 0) * _TERM
    near = Q(article__section_id=article.section_id) | linked | Q(article__terms__overlap=article.terms)
    return (
        Translation.objects.published()
        .readable_by(reader)
        .in_language(translation.language)
        .exclude(article=article)
        .filter(near)
        .annotate(nearness=score)
        .select_related("article__section__category")
        .defer("draft_body", "draft_sources")
        .order_by("-nearness", "article__position", "pk")[:limit]
    )


def _when(condition: Q, points: int) -> Case:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _shared(terms: list[str]) -> Func:
    """How many of these terms the other article has."""
    return Func(
        F("article__terms"),
        Value(terms, output_field=Article._meta.get_field("terms")),
        template="cardinality(ARRAY(SELECT unnest(%(expressions)s)))",
        arg_joiner=") INTERSECT SELECT unnest(",
        output_field=IntegerField(),
    )
