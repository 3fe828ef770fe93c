"""A new address; the old one leads on."""

from __future__ import annotations

from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import naming
from ..events import SlugChanged
from ..models import Redirect, Translation
from ..policies import require_present, require_publisher, require_writer


@transaction.atomic
def rename_slug(translation: Translation, *, slug: str, by: Actor) -> Translation:
    """Give it another address, typed or, if empty, derived from its title. The old one leads on if it was published.

    A repeat does nothing. Raises NotAllowed, ArticleArchived, SlugInvalid, SlugTaken.
    """
    require_writer(by)
    row = Translation.objects.locked(translation.pk)
    require_present(row.article)
    if row.first_published_at is not None:
        require_publisher(by)
    if slug.strip():
        new = naming.typed(slug)
        naming.require_free(new, row)
    else:
        new = naming.slug_for(row, row.draft_title or row.title)
    if new == row.slug:
        return row
    own = Redirect.objects.filter(kind=Redirect.Kind.ARTICLE, language=row.language)
    own.filter(slug=new, translation=row).delete()
    if row.first_published_at is not None:
        own.get_or_create(
            kind=Redirect.Kind.ARTICLE,
            language=row.language,
            slug=row.slug,
            defaults={"translation": row, "created_at": now()},
        )
    fact = SlugChanged(article_id=row.article_id, translation_id=row.pk, old=row.slug, new=new)
    row.slug = new
    row.save(update_fields=["slug"])
    record(fact, by=by)
    return row
