"""What a reader may find, as a subquery: Django writes it once for each kind of reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tugon.helpcenter.readers import Reader

from .models import KnowledgeEntry

Allowed = tuple[str, tuple[Any, ...]]
"""SQL of entries' ids, and its parameters."""


@lru_cache(maxsize=1024)
def allowed(reader: Reader, kinds: tuple[str, ...] = ()) -> Allowed:
    """The entries of these kinds (none: all) that the reader may read, asked of the things themselves as they are."""
    entries = KnowledgeEntry.objects.readable_by(reader).of_kinds(kinds)
    sql, parameters = entries.order_by().values("pk").query.sql_with_params()
    return str(sql), tuple(str(one) if isinstance(one, str) else one for one in parameters)
