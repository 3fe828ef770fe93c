"""What the help center does when something below it happens."""

from __future__ import annotations

from typing import Any

from tugon.events.models import Event
from tugon.lib.clock import now

from .models import Article, Version


def mark_fact_changed(fact: Any, _event: Event) -> None:
    """On FactTookEffect: articles that show the fact ask to be read again, until somebody has."""
    shown = Version.objects.shown().filter(fact_keys__contains=[fact.key])
    Article.objects.filter(pk__in=shown.values("translation__article_id")).update(facts_changed_at=now())
