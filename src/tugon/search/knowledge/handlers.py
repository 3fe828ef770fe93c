"""The index of knowledge follows the facts, in their transaction; vectors follow in a job. Wired in
`project/wiring.py`."""

from typing import Any

from tugon.events.models import Event
from tugon.facts.events import FactTookEffect

from . import indexing, tasks


def on_article(fact: Any, _event: Event) -> None:
    """Published, taken back, archived, restored, renamed."""
    indexing.index_articles([fact.article_id])


def on_troubleshooter(fact: Any, _event: Event) -> None:
    """Published, taken back, archived, restored, changed."""
    indexing.index_troubleshooters([fact.troubleshooter_id])


def on_fact(fact: FactTookEffect, _event: Event) -> None:
    """Texts that name the fact say something else now."""
    indexing.index_articles(indexing.articles_naming(fact.fact_id))


def enqueue_vectors(_fact: Any, _event: Event) -> None:
    tasks.wake_worker()
