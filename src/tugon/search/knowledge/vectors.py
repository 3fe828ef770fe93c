"""The vectors of entries: made by the worker, whenever words or model are others than those the vectors are of."""

from __future__ import annotations

from django.db.models import F, Value
from django.db.models.functions import Concat

from tugon.meaning import embedder, shelves
from tugon.meaning.embedders import MeaningUnavailable

from .finding import SHELF
from .indexing import passages
from .models import KnowledgeEntry

AT_ONCE = 4
"""Entries; a second of computing. Between two portions the job may end and go on later."""


def fill(*, most: int = 400) -> int:
    """Make the vectors that are missing, newest words first, and forget those of entries that are gone. Returns how
    many entries got theirs; none where there is no meaning now."""
    there = embedder()
    if there is None:
        return 0
    shelves.sweep(SHELF, KnowledgeEntry.objects.values("pk"))
    done = 0
    while done < most:
        rows = list(
            KnowledgeEntry.objects.without_vectors(there.model).order_by("-indexed_at", "-pk")[:AT_ONCE]
        )
        if not rows:
            break
        try:
            model = shelves.keep(SHELF, {row.pk: passages(row) for row in rows})
        except MeaningUnavailable:
            break
        for row in rows:  # only if the words are still those that the vectors are of
            same = KnowledgeEntry.objects.filter(pk=row.pk, digest=row.digest)
            same.update(vectors_of=Concat(Value(f"{model} "), F("digest")))
        done += len(rows)
    return done


def missing() -> int:
    """How many entries have no vectors of the model in use; 0 where there is no meaning now."""
    there = embedder()
    return KnowledgeEntry.objects.without_vectors(there.model).count() if there else 0
