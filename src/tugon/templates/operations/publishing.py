"""From draft into use, and back to what it said before."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import checking, content
from ..content import Content
from ..errors import NotApproved, VersionElsewhere
from ..events import TemplatePublished, TemplateUnpublished
from ..models import Review, Translation, Version
from ..policies import require_present, require_publisher
from . import versions, writing

SHOWN_FIELDS = ("title", "published", "published_at", "made_from", *writing.DRAFT_FIELDS)


@transaction.atomic
def publish(
    translation: Translation, *, by: Actor, number: int | None = None, note: str = "", minor: bool = False
) -> Version:
    """Offer the draft from now on. Where nothing was written since, a repeat does nothing.

    minor: translations made from the words before stay up to date. Raises NotAllowed, TemplateArchived, NoDraft,
    DraftMoved, TitleMissing, TextMissing, TemplateInvalid, NotApproved.
    """
    row = Translation.objects.locked(translation.pk)
    require_publisher(by, row.template)
    require_present(row.template)
    if not row.has_draft and row.published is not None:
        return row.published
    words = writing.require_draft(row, number)
    _require_publishable(row, words)
    reviewer = row.review_by if row.review == Review.APPROVED else None
    if row.template.folder.needs_review and reviewer is None:
        raise NotApproved(folder=row.template.folder.name_in(row.language))
    version = versions.keep(
        row,
        words,
        by=by,
        note=note,
        reviewed_by=reviewer,
        made_from=None if row.is_source else row.draft_made_from,
    )
    before = row.published
    writing.clear(row)
    _show(row, version, by=by)
    if minor and row.is_source and before is not None:
        row.template.translations.filter(made_from=before).update(made_from=version)
    return version


@transaction.atomic
def roll_back(translation: Translation, *, to: Version, by: Actor) -> Version:
    """Make an earlier version's words the published ones again, as a version of its own. A draft stays a draft.

    Raises NotAllowed, TemplateArchived, VersionElsewhere, TemplateInvalid, and NotApproved where a second person must
    read and the version was never in use.
    """
    row = Translation.objects.locked(translation.pk)
    require_publisher(by, row.template)
    require_present(row.template)
    if to.translation_id != row.pk:
        raise VersionElsewhere
    words = content.of_version(to)
    if row.published is not None and content.of_version(row.published) == words:
        return row.published
    if row.template.folder.needs_review and to.published_at is None:
        raise NotApproved(folder=row.template.folder.name_in(row.language))
    _require_publishable(row, words)
    note = _("Rolled back to version {number}").format(number=to.number)
    version = versions.keep(row, words, by=by, note=note, reviewed_by=to.reviewed_by, made_from=to.made_from)
    _show(row, version, by=by, rolled_back_to=to.number)
    return version


@transaction.atomic
def unpublish(translation: Translation, *, by: Actor) -> Translation:
    """Offer it no longer in this language; its words become the draft where there is none. A repeat does nothing.

    Raises NotAllowed.
    """
    row = Translation.objects.locked(translation.pk)
    require_publisher(by, row.template)
    if row.published is None:
        return row
    if not row.has_draft:
        words = content.of_version(row.published)
        row.has_draft = True
        row.draft_title, row.draft_subject, row.draft_body = words.title, words.subject, words.body
        row.draft_made_from, row.draft_by, row.draft_at = row.made_from, row.published.author, now()
        row.draft_number += 1
    row.published = row.published_at = None
    row.save(update_fields=SHOWN_FIELDS)
    fact = TemplateUnpublished(template_id=row.template_id, translation_id=row.pk, language=row.language)
    record(fact, by=by)
    return row


def _show(row: Translation, version: Version, *, by: Actor, rolled_back_to: int | None = None) -> None:
    row.published, row.published_at, row.made_from = version, now(), version.made_from
    row.title = version.title
    row.save(update_fields=SHOWN_FIELDS)
    if version.published_at is None:
        version.published_at = row.published_at
        version.save(update_fields=["published_at"])
    fact = TemplatePublished(
        template_id=row.template_id,
        translation_id=row.pk,
        version_id=version.pk,
        language=row.language,
        rolled_back_to=rolled_back_to,
    )
    record(fact, by=by)


def _require_publishable(row: Translation, words: Content) -> None:
    words.require_complete()
    checking.require_sound(words.words, key=row.template.key)
