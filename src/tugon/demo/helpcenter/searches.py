"""A month of searches in the log, and the groups of those in vain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from tugon.accounts.models import Agent
from tugon.lib.clock import standing_at
from tugon.search.knowledge import gaps
from tugon.search.knowledge.models import Gap, Search
from tugon.search.knowledge.phrases import normal
from tugon.search.knowledge.starting import create_starting_synonyms

from .asked import FOUND, LOST
from .shelving import Library

DAYS = 29
OPENED = 0.97
"""Of searches that find their article; the rest went elsewhere."""


def search(library: Library, *, today: datetime) -> None:
    """What was searched for; two of the groups in vain are decided already."""
    rng = Random("searches")  # noqa: S311 - the same every time
    rows = sorted([*_found(library, rng, today), *_lost(rng, today)], key=lambda row: row.asked_at)
    for number, row in enumerate(rows):
        row.visitor = f"{rng.getrandbits(96):024x}{number:08x}"
    Search.objects.bulk_create(rows)
    with standing_at(today - timedelta(hours=8)):
        create_starting_synonyms()
    with standing_at(today):
        gaps.group()
        _decide(library.agents)


def _found(library: Library, rng: Random, today: datetime) -> Iterator[Search]:
    for one in FOUND:
        article = library.articles[one.article]
        for _again in range(one.weight):
            text = rng.choices(one.wordings, weights=range(len(one.wordings), 0, -1))[0]
            row = _row(text, one.language, 1 if text.startswith("SG-") else rng.randint(2, 9), rng, today)
            if rng.random() < OPENED:
                row.clicked_at = row.asked_at + timedelta(seconds=rng.randint(4, 70))
                row.clicked_kind, row.clicked_id = "article", article.pk
            yield row


def _lost(rng: Random, today: datetime) -> Iterator[Search]:
    for one in LOST:
        for number in range(one.weight):
            text = one.wordings[number % len(one.wordings)]
            yield _row(text, one.language, one.results, rng, today)


def _row(text: str, language: str, results: int, rng: Random, today: datetime) -> Search:
    return Search(
        asked_at=today - timedelta(days=rng.uniform(0, DAYS), minutes=45),
        place=rng.choices((Search.Place.HELP, Search.Place.FORM, Search.Place.EMBED), weights=(7, 2, 2))[0],
        text=text,
        normal=normal(text),
        language=language,
        results=results,
    )


def _decide(agents: dict[str, Agent]) -> None:
    by = agents["amihan"].actor
    wanted = Gap.objects.filter(wordings__overlap=["student discount"]).first()
    if wanted:
        gaps.make_work(
            wanted, by=by, owner=agents["tomas"], note="40 % for four years; see the tickets about it."
        )
    needless = Gap.objects.filter(wordings__overlap=["hiring"]).first()
    if needless:
        gaps.dismiss(needless, by=by, note="The company's own site has a page for that.")
