"""Two audiences that turn out to be one."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from tugon.accounts.policies import require
from tugon.customers.models import Audience, Customer
from tugon.events.actors import Actor
from tugon.events.operations import record

from ..errors import SameAudience
from ..events import AudiencesMerged
from ..models import Article, Category, Notice
from ..policies import require_arranger


@transaction.atomic
def merge_audiences(source: Audience, *, into: Audience, by: Actor) -> int:
    """What was for `source` is for `into`: customers, categories, articles, notices. `source` is hidden, not deleted,
    so that old tickets and forms still say whose they were. Returns how many rows moved; a repeat moves none.

    Raises NotAllowed, SameAudience.
    """
    require_arranger(by)
    require(by, "admin.settings")
    if source.pk == into.pk:
        raise SameAudience
    list(Audience.objects.select_for_update().filter(pk__in=sorted([source.pk, into.pk])).order_by("pk"))
    moved = Customer.objects.filter(audience=source).update(audience=into)
    moved += sum(_move(model.audiences.through, column, source, into) for model, column in _HOLDERS)
    if moved or source.is_visible:
        Audience.objects.filter(pk=source.pk).update(is_visible=False)
        record(AudiencesMerged(audience_id=source.pk, into_id=into.pk), by=by)
    return moved


_HOLDERS: tuple[tuple[Any, str], ...] = (
    (Category, "category_id"),
    (Article, "article_id"),
    (Notice, "notice_id"),
)


def _move(through: Any, column: str, source: Audience, into: Audience) -> int:
    rows = through._default_manager
    there = rows.filter(audience=into).values(column)
    moved: int = rows.filter(audience=source).exclude(**{f"{column}__in": there}).update(audience=into)
    return moved + int(rows.filter(audience=source).delete()[0])
