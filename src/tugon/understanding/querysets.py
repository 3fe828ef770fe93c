from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    Rows = QuerySet[Any, Any]
else:
    Rows = QuerySet


class NamedQuerySet(Rows):
    """Topics and areas."""

    def in_use(self) -> NamedQuerySet:
        return self.filter(archived_at=None)


def named(typed: str) -> Q:
    """The row whose short name or name somebody typed."""
    from django.conf import settings

    query = Q(key__iexact=typed)
    for code, _language in settings.LANGUAGES:
        query |= Q(**{f"names__{code}__iexact": typed})
    return query
