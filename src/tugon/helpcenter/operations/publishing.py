"""From draft to readers: now, at a moment to come, back again, and back to what it said before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.events.actors import SYSTEM, Actor
from tugon.events.operations import record
from tugon.facts import referencing
from tugon.lib.clock import now

from .. import checking, content
from ..content import Content
from ..errors import MomentPast, NoDraft, NotApproved, VersionElsewhere
from ..events import ArticlePublished, ArticleScheduled, ArticleUnpublished, ScheduleCancelled
from ..models import Review, Translation, Version
from ..policies import require_present, require_publisher
from . import reviewing, versions, writing

SHOWN_FIELDS = (
    "title",
    "summary",
    "published",
    "published_at",
    "first_published_at",
    "made_from",
    "scheduled",
    "scheduled_for",
    *writing.DRAFT_FIELDS,
)


@transaction.atomic
def publish(
    translation: Translation, *, by: Actor, number: int | None = None, note: str = "", minor: bool = False
) -> Version:
    """Show the draft to readers from now on. Where nothing was written since, a repeat does nothing.

    number: the `draft_number` that was read. minor: translations made from the text before stay up to date.
    Raises NotAllowed, ArticleArchived, NoDraft, DraftMoved, TitleMissing, TextMissing, SourcesMissing, NotApproved,
    and FactUnknown of a text that names facts nobody has written.
    """
    require_publisher(by)
    row = Translation.objects.locked(translation.pk)
    if not row.has_draft and row.published is not None:
        return row.published
    version = _finished(row, number, note, by)
    if row.scheduled_for is not None:
        record(ScheduleCancelled(article_id=row.article_id, translation_id=row.pk), by=by)
    before = row.published
    writing.clear(row)
    show(row, version, by=by)
    if minor and row.is_source and before is not None:
        row.article.translations.filter(made_from=before).update(made_from=version)
    return version


@transaction.atomic
def schedule(
    translation: Translation, *, at: datetime, by: Actor, number: int | None = None, note: str = ""
) -> Version:
    """Show the draft from a moment on (aware). What is written after that is a new draft and waits for its own turn.

    Without a draft, what is scheduled already gets the new moment. Raises what `publish` raises, and MomentPast.
    """
    require_publisher(by)
    row = Translation.objects.locked(translation.pk)
    if at <= now():
        raise MomentPast
    if not row.has_draft and row.scheduled is not None:
        version = row.scheduled
        if row.scheduled_for == at:
            return version
    else:
        version = _finished(row, number, note, by)
        writing.clear(row)
    row.scheduled, row.scheduled_for = version, at
    row.save(update_fields=SHOWN_FIELDS)
    fact = ArticleScheduled(article_id=row.article_id, translation_id=row.pk, version_id=version.pk, at=at)
    record(fact, by=by)
    return version


@transaction.atomic
def cancel_schedule(translation: Translation, *, by: Actor) -> Translation:
    """Do not publish by the clock; the words are the draft again, unless somebody has begun another one.

    A repeat does nothing. Raises NotAllowed.
    """
    require_publisher(by)
    row = Translation.objects.locked(translation.pk)
    version = row.scheduled
    if version is None:
        return row
    row.scheduled = row.scheduled_for = None
    if not row.has_draft:
        writing.put_back(row, content.of_version(version), by)
        row.draft_made_from = version.made_from
    row.save(update_fields=SHOWN_FIELDS)
    record(ScheduleCancelled(article_id=row.article_id, translation_id=row.pk), by=by)
    return row


def publish_due() -> int:
    """Show what is scheduled for now or before; each in its own transaction. Returns how many were published."""
    due = Translation.objects.due(now()).order_by("scheduled_for", "pk").values_list("pk", flat=True)
    return sum(_publish_one(pk) for pk in list(due))


@transaction.atomic
def roll_back(translation: Translation, *, to: Version, by: Actor) -> Version:
    """Show the words of an older version again, as a new version; the draft stays as it is. A repeat does nothing.

    Raises NotAllowed, ArticleArchived, VersionElsewhere, FactUnknown, and NotApproved where the section asks for a
    second person and the version was never shown.
    """
    require_publisher(by)
    row = Translation.objects.locked(translation.pk)
    require_present(row.article)
    if to.translation_id != row.pk:
        raise VersionElsewhere
    words = content.of_version(to)
    if row.published is not None and content.of_version(row.published) == words:
        return row.published
    if row.article.section.needs_review and to.published_at is None:
        raise NotApproved(section=row.article.section.title_in(row.language))
    _require_publishable(row, words)
    note = _("Rolled back to version {number}").format(number=to.number)
    version = versions.keep(row, words, by=by, note=note, reviewed_by=to.reviewed_by, made_from=to.made_from)
    show(row, version, by=by, rolled_back_to=to.number)
    return version


@transaction.atomic
def unpublish(translation: Translation, *, by: Actor) -> Translation:
    """Take it away from readers; its words and history stay, also what is scheduled. A repeat does nothing.

    Raises NotAllowed.
    """
    require_publisher(by)
    row = Translation.objects.locked(translation.pk)
    if row.published is None:
        return row
    row.published = row.published_at = None
    row.save(update_fields=SHOWN_FIELDS)
    fact = ArticleUnpublished(article_id=row.article_id, translation_id=row.pk, language=row.language)
    record(fact, by=by)
    checking.recheck(row.article)
    return row


def show(row: Translation, version: Version, *, by: Actor, rolled_back_to: int | None = None) -> None:
    """Make the version the published one. The row is locked."""
    moment = now()
    is_first = row.first_published_at is None
    row.published, row.published_at, row.made_from = version, moment, version.made_from
    row.first_published_at = row.first_published_at or moment
    row.title, row.summary = version.title, version.summary
    if row.scheduled_id is not None and rolled_back_to is None:
        row.scheduled = row.scheduled_for = None
    row.save(update_fields=SHOWN_FIELDS)
    if version.published_at is None:
        version.published_at = moment
        version.save(update_fields=["published_at"])
    reviewing.begin_interval(row.article)
    fact = ArticlePublished(
        article_id=row.article_id,
        translation_id=row.pk,
        version_id=version.pk,
        language=row.language,
        is_first=is_first,
        rolled_back_to=rolled_back_to,
    )
    record(fact, by=by)
    checking.recheck(row.article)


def _finished(row: Translation, number: int | None, note: str, by: Actor) -> Version:
    """The draft as a version that may be shown."""
    require_present(row.article)
    if not row.has_draft:
        raise NoDraft
    words = writing.require_draft(row, number)
    _require_publishable(row, words)
    reviewer = row.review_by if row.review == Review.APPROVED else None
    if row.article.section.needs_review and reviewer is None:
        raise NotApproved(section=row.article.section.title_in(row.language))
    source = row.draft_made_from if not row.is_source else None
    return versions.keep(
        row, words, by=by, note=note, author=row.draft_by, reviewed_by=reviewer, made_from=source
    )


def _require_publishable(row: Translation, words: Content) -> None:
    words.require_complete(row)
    referencing.require_known(words.title, words.summary, words.body)


@transaction.atomic
def _publish_one(pk: int) -> bool:
    row = Translation.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if row is None or row.scheduled is None or row.scheduled_for is None or row.scheduled_for > now():
        return False
    row = Translation.objects.locked(pk)
    version = row.scheduled
    if version is None or row.article.is_archived:
        row.scheduled = row.scheduled_for = None
        row.save(update_fields=SHOWN_FIELDS)
        record(ScheduleCancelled(article_id=row.article_id, translation_id=row.pk), by=SYSTEM)
        return False
    show(row, version, by=SYSTEM)
    return True
