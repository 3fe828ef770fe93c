"""What stands around the words: where an article is, who reads it, who owns it, whether it is there at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import checking, linking
from ..errors import (
    AudiencesMissing,
    NotArchived,
    ReviewIntervalInvalid,
    StillCited,
    VisibilityUnknown,
)
from ..events import ArticleArchived, ArticleChanged, ArticleDeleted, ArticleMoved, ArticleRestored
from ..models import Article, Kind, Section, Visibility
from ..policies import require_present, require_publisher, require_writer
from .reviewing import begin_interval

UNCHANGED: Any = object()
"""Says of a part that it stays as it is, where None means something."""


@transaction.atomic
def change(
    article: Article,
    *,
    by: Actor,
    kind: str | None = None,
    visibility: str | None = None,
    audiences: Sequence[Audience] | None = None,
    plans: Sequence[Plan] | None = None,
    owner: Agent | None = UNCHANGED,
    review_every_days: int | None = UNCHANGED,
    terms: Iterable[str] | None = None,
) -> Article:
    """Set what stands around the words. None leaves a part; what is already so is passed over.

    Who may read is a publisher's to decide once readers see the article. Raises NotAllowed, ArticleArchived,
    VisibilityUnknown, AudiencesMissing, ReviewIntervalInvalid.
    """
    require_writer(by)
    row = Article.objects.locked(article.pk)
    require_present(row)
    changed = [*_set_plain(row, kind, owner, review_every_days, terms)]
    readers = _set_readers(row, visibility, audiences, plans)
    if readers and row.translations.exclude(published=None).exists():
        require_publisher(by)
    changed += readers
    if changed:
        row.save()
        record(ArticleChanged(article_id=row.pk, fields=tuple(changed)), by=by)
        if readers:
            checking.recheck(row)
    return row


@transaction.atomic
def move(article: Article, *, to: Section, by: Actor) -> Article:
    """Put it into another section, at its end. A repeat does nothing. Raises NotAllowed, ArticleArchived."""
    require_writer(by)
    row = Article.objects.locked(article.pk)
    require_present(row)
    if row.section_id == to.pk:
        return row
    if row.translations.exclude(published=None).exists():
        require_publisher(by)
    fact = ArticleMoved(article_id=row.pk, from_id=row.section_id, to_id=to.pk)
    row.section, row.position = to, to.articles.count()
    row.save(update_fields=["section", "position"])
    record(fact, by=by)
    return row


@transaction.atomic
def move_all(articles: Iterable[Article], *, to: Section, by: Actor) -> int:
    """Put many into one section, all or none. Returns how many were elsewhere. Raises what `move` raises."""
    ids = [one.pk for one in articles]
    rows = list(Article.objects.filter(pk__in=ids).exclude(section=to).order_by("pk"))
    for row in rows:
        move(row, to=to, by=by)
    return len(rows)


@transaction.atomic
def reorder(section: Section, *, articles: Sequence[int], by: Actor) -> None:
    """Show the section's articles in this order of ids; who is not named comes after. Raises NotAllowed."""
    require_writer(by)
    rows = list(
        Article.objects.select_for_update(of=("self",)).filter(section=section).order_by("position", "pk")
    )
    place = {pk: number for number, pk in enumerate(articles)}
    rows.sort(key=lambda row: place.get(row.pk, len(place)))
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
            record(ArticleChanged(article_id=row.pk, fields=("position",)), by=by)


@transaction.atomic
def archive(article: Article, *, by: Actor) -> Article:
    """Take it away from readers in every language, with all there is about it. A repeat does nothing.

    Who links to it (`linking.citing`) is listed as a broken link from now on. Raises NotAllowed.
    """
    require_publisher(by)
    row = Article.objects.locked(article.pk)
    if row.archived_at is None:
        row.archived_at = now()
        row.save(update_fields=["archived_at"])
        record(ArticleArchived(article_id=row.pk), by=by)
        checking.recheck(row)
    return row


@transaction.atomic
def restore(article: Article, *, by: Actor) -> Article:
    """Bring it back as it was. A repeat does nothing. Raises NotAllowed."""
    require_publisher(by)
    row = Article.objects.locked(article.pk)
    if row.archived_at is not None:
        row.archived_at = None
        row.save(update_fields=["archived_at"])
        record(ArticleRestored(article_id=row.pk), by=by)
        checking.recheck(row)
    return row


@transaction.atomic
def delete(article: Article, *, by: Actor, even_if_cited: bool = False) -> None:
    """Remove an archived article for good, with its versions, votes and counts. A repeat does nothing.

    Raises NotAllowed, NotArchived, and StillCited (naming who links to it) unless told that this is known.
    """
    require_publisher(by)
    row = Article.objects.select_for_update(of=("self",)).filter(pk=article.pk).first()
    if row is None:
        return
    if row.archived_at is None:
        raise NotArchived
    citing = linking.citing(row)
    if citing and not even_if_cited:
        raise StillCited(titles=", ".join(f"“{one.title}”" for one in citing[:5]))
    ids = tuple(row.translations.values_list("pk", flat=True))
    record(ArticleDeleted(article_id=row.pk, key=row.key, translation_ids=ids), by=by)
    row.delete()
    checking.check(citing)


def _set_plain(
    row: Article, kind: str | None, owner: Any, review_every_days: Any, terms: Iterable[str] | None
) -> list[str]:
    changed = []
    if kind is not None and row.kind != Kind(kind):
        row.kind = Kind(kind)
        changed.append("kind")
    if owner is not UNCHANGED and row.owner != owner:
        row.owner = owner
        changed.append("owner")
    if review_every_days is not UNCHANGED and row.review_every_days != review_every_days:
        if review_every_days is not None and not 1 <= review_every_days <= 3650:
            raise ReviewIntervalInvalid
        row.review_every_days, row.review_due_on = review_every_days, None
        begin_interval(row, save=False)
        changed.append("review_every_days")
    if terms is not None:
        tidy = (" ".join(one.lower().split())[:40] for one in terms)
        clean = [one for one in dict.fromkeys(tidy) if one][:20]
        if clean != row.terms:
            row.terms = clean
            changed.append("terms")
    return changed


def _set_readers(
    row: Article, visibility: str | None, audiences: Sequence[Audience] | None, plans: Sequence[Plan] | None
) -> list[str]:
    changed = []
    if visibility is not None and visibility not in Visibility.values:
        raise VisibilityUnknown
    if visibility is not None and row.visibility != visibility:
        row.visibility = Visibility(visibility)
        changed.append("visibility")
    for name, given in (("audiences", audiences), ("plans", plans)):
        held = getattr(row, name)
        if given is not None and {one.pk for one in given} != set(held.values_list("pk", flat=True)):
            held.set(given)
            changed.append(name)
    if (row.visibility == Visibility.AUDIENCES and not row.audiences.exists()) or (
        row.visibility == Visibility.PLANS and not row.plans.exists()
    ):
        raise AudiencesMissing
    return changed
