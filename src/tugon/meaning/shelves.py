"""Keeping vectors: written by the worker, one shelf per kind of thing."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from .client import halves
from .models import Vector

WHOLES = 3
"""A key's first so many vectors are of whole texts, and all count; of the rest, pieces, the nearest counts as one."""


def keep(shelf: str, texts: Mapping[int, Sequence[str]]) -> str:
    """Compute and store the vectors of texts by key, in place of what the keys had. Returns the model.

    Raises MeaningUnavailable, and nothing was changed then. Three statements and one question to the warm process.
    """
    flat = [(key, part, text) for key, parts in texts.items() for part, text in enumerate(parts)]
    model, vectors = halves([text for _key, _part, text in flat])
    rows = [
        Vector(shelf=shelf, key=key, part=part, model=model, numbers=numbers)
        for (key, part, _text), numbers in zip(flat, vectors, strict=True)
    ]
    with transaction.atomic():
        Vector.objects.filter(shelf=shelf, key__in=list(texts)).delete()
        Vector.objects.bulk_create(rows)
    return model


def drop(shelf: str, keys: Collection[int]) -> None:
    """Forget the vectors of these keys."""
    Vector.objects.filter(shelf=shelf, key__in=list(keys)).delete()


def sweep(shelf: str, keys: QuerySet[Any, Any]) -> None:
    """Forget the vectors of keys that are none of these any more. One statement."""
    Vector.objects.filter(shelf=shelf).exclude(key__in=keys).delete()
