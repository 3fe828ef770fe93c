"""Reads. `readable_by(reader)` comes first, always."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Concat

from tugon.helpcenter.querysets import readable
from tugon.helpcenter.readers import Reader
from tugon.troubleshooters.models import Troubleshooter

if TYPE_CHECKING:
    from .models import KnowledgeEntry, Search  # noqa: F401


class EntryQuerySet(models.QuerySet["KnowledgeEntry"]):
    def readable_by(self, reader: Reader) -> EntryQuerySet:
        """What is published and this reader may read, asked of the things themselves: the index decides nothing."""
        articles = Q(translation__published__isnull=False, article__archived_at=None)
        articles &= readable(reader, "article__")
        ways = Troubleshooter.objects.filter(archived_at=None, published__isnull=False).readable_by(reader)
        return self.filter(articles | Q(troubleshooter__in=ways.order_by().values("pk")))

    def of_kinds(self, kinds: tuple[str, ...]) -> EntryQuerySet:
        return self.filter(kind__in=kinds) if kinds else self

    def without_vectors(self, model: str) -> EntryQuerySet:
        """Whose vectors are missing, of other words or of another model."""
        return self.exclude(vectors_of=Concat(models.Value(f"{model} "), F("digest")))


class SearchQuerySet(models.QuerySet["Search"]):
    def since(self, moment: datetime) -> SearchQuerySet:
        return self.filter(asked_at__gte=moment)

    def in_vain(self) -> SearchQuerySet:
        """Found nothing, or nothing that was opened."""
        return self.filter(Q(results=0) | Q(clicked_at=None))
