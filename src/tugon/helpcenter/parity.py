"""Which articles are there in which language, and which translations are behind their original. One query."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from . import languages
from .models import Translation


class Standing(StrEnum):
    CURRENT = "current"
    OUT_OF_DATE = "out_of_date"
    DRAFT = "draft"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Row:
    """One published article. standings: language → how its text in it stands. translations: language → its row."""

    article_id: int
    title: str
    source_language: str
    standings: dict[str, Standing]
    translations: dict[str, Translation]


@dataclass(frozen=True, slots=True)
class Report:
    rows: tuple[Row, ...]
    languages: tuple[str, ...]

    def count(self, language: str, standing: Standing) -> int:
        """Articles whose text in a language stands so."""
        return sum(row.standings[language] is standing for row in self.rows)

    def share(self, language: str) -> float:
        """Of all articles, those that are up to date in the language: 0 to 1; 1 where there are none."""
        return self.count(language, Standing.CURRENT) / len(self.rows) if self.rows else 1.0

    def to_do(self, language: str) -> list[Row]:
        """What a translator has to do, what is missing last."""
        order = [Standing.OUT_OF_DATE, Standing.DRAFT, Standing.MISSING]
        rows = [row for row in self.rows if row.standings[language] in order]
        return sorted(rows, key=lambda row: order.index(row.standings[language]))


def report() -> Report:
    """Of every article that is published in any language, how it stands in each language that is offered."""
    offered = languages.offered()
    rows = (
        Translation.objects.with_freshness()
        .filter(article__archived_at=None)
        .select_related("article")
        .order_by(
            "article__section__category__position", "article__section__position", "article__position", "pk"
        )
        .defer("draft_body", "draft_sources")
    )
    held: dict[int, list[Translation]] = {}
    for row in rows:
        held.setdefault(row.article_id, []).append(row)
    return Report(
        tuple(_row(texts, offered) for texts in held.values() if any(one.is_published for one in texts)),
        tuple(offered),
    )


def _row(texts: list[Translation], offered: list[str]) -> Row:
    article = texts[0].article
    by_language = {one.language: one for one in texts}
    source = by_language.get(article.source_language) or texts[0]
    standings = {language: _standing(by_language.get(language)) for language in offered}
    return Row(article.pk, source.shown_title, article.source_language, standings, by_language)


def _standing(row: Translation | None) -> Standing:
    if row is None:
        return Standing.MISSING
    if not row.is_published:
        return Standing.DRAFT if row.has_draft or row.scheduled_for else Standing.MISSING
    return Standing.OUT_OF_DATE if row.out_of_date else Standing.CURRENT
