"""Drafts: saved while somebody types, never over the words of somebody else, never lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import content, linking, markup, naming
from ..content import Content
from ..errors import DraftMoved, NoDraft
from ..events import DraftDiscarded, DraftStarted
from ..models import Review, Translation, Version
from ..policies import agent_of, require_present, require_writer
from . import versions

DRAFT_FIELDS = (
    "has_draft",
    "draft_title",
    "draft_summary",
    "draft_body",
    "draft_exact_phrases",
    "draft_sources",
    "draft_made_from",
    "draft_number",
    "draft_by",
    "draft_at",
    "review",
    "slug",
)


@dataclass(frozen=True, slots=True)
class Saved:
    """translation: with its new `draft_number`. remarks: what could not be kept, in words."""

    translation: Translation
    remarks: tuple[str, ...] = ()


@transaction.atomic
def write_draft(
    translation: Translation,
    *,
    by: Actor,
    number: int | None = None,
    title: str | None = None,
    summary: str | None = None,
    body: str | None = None,
    exact_phrases: Sequence[str] | str | None = None,
    sources: str | None = None,
    made_from: Version | None = None,
    over: bool = False,
) -> Saved:
    """Save what is being written; for every pause in typing. None leaves a part as it is; a repeat does nothing.

    number: the `draft_number` that the screen began from; None: whatever there is. over: write over somebody's newer
    draft, whose words are kept as a version. made_from: the version of the original that a translator worked from.
    Raises NotAllowed, ArticleArchived, TextTooLong, and DraftMoved (with `number` as it is now).
    """
    require_writer(by)
    cleaned = markup.cleaned(body) if body is not None else None
    row = Translation.objects.locked(translation.pk)
    require_present(row.article)
    before = content.at_hand(row)
    wanted = before.changed(
        title=title,
        summary=summary,
        body=linking.canonical(cleaned.html) if cleaned else None,
        exact_phrases=exact_phrases,
        sources=sources,
    )
    remarks = cleaned.remarks if cleaned else ()
    source = made_from or row.draft_made_from
    if wanted == before and (source == row.draft_made_from or made_from is None):
        return Saved(row, remarks)
    if over and number is not None and number != row.draft_number:
        _keep_draft(row, by, _("Draft that was written over"))
    elif not over:
        require_same(row, number)
    _put(row, wanted, by)
    row.draft_made_from = source or row.made_from
    row.save(update_fields=DRAFT_FIELDS)
    return Saved(row, remarks)


@transaction.atomic
def draft_from(version: Version, *, by: Actor) -> Translation:
    """Begin to write from an older version; the draft there was is kept as a version.

    Raises NotAllowed, ArticleArchived.
    """
    require_writer(by)
    row = Translation.objects.locked(version.translation_id)
    require_present(row.article)
    if row.has_draft and content.of_draft(row) == content.of_version(version):
        return row
    _keep_draft(row, by, _("Draft that version {number} replaced").format(number=version.number))
    _put(row, content.of_version(version), by)
    row.draft_made_from = version.made_from
    row.save(update_fields=DRAFT_FIELDS)
    return row


@transaction.atomic
def discard_draft(translation: Translation, *, by: Actor, number: int | None = None) -> Translation:
    """Give up the draft; its words stay in the history. A repeat does nothing. Raises NotAllowed, DraftMoved."""
    require_writer(by)
    row = Translation.objects.locked(translation.pk)
    if not row.has_draft:
        return row
    require_same(row, number)
    kept = _keep_draft(row, by, _("Discarded draft"))
    clear(row)
    row.save(update_fields=DRAFT_FIELDS)
    fact = DraftDiscarded(
        article_id=row.article_id, translation_id=row.pk, version_id=kept.pk if kept else None
    )
    record(fact, by=by)
    return row


def require_draft(row: Translation, number: int | None) -> Content:
    """The draft's words. Raises NoDraft, and DraftMoved where `number` is not the draft's."""
    if not row.has_draft:
        raise NoDraft
    require_same(row, number)
    return content.of_draft(row)


def require_same(row: Translation, number: int | None) -> None:
    """Raises DraftMoved where `number` is given and is not the draft's."""
    if number is not None and number != row.draft_number:
        moment = timezone.localtime(row.draft_at) if row.draft_at else timezone.localtime()
        raise DraftMoved(
            name=row.draft_by.name if row.draft_by else _("Somebody"),
            time=formats.date_format(moment, "TIME_FORMAT"),
            number=row.draft_number,
        )


def clear(row: Translation) -> None:
    """No draft from now on; who still has it on a screen is told. The caller saves DRAFT_FIELDS."""
    row.has_draft = False
    row.draft_title = row.draft_summary = row.draft_body = row.draft_sources = ""
    row.draft_exact_phrases = []
    row.draft_number += 1
    row.review = Review.NONE


def put_back(row: Translation, words: Content, by: Actor) -> None:
    """Make these words the draft. The caller saves DRAFT_FIELDS."""
    _put(row, words, by)


def _put(row: Translation, words: Content, by: Actor) -> None:
    if not row.has_draft:
        record(DraftStarted(article_id=row.article_id, translation_id=row.pk), by=by)
    is_derived = not row.draft_title or naming.follows(row.slug, row.draft_title)
    if row.first_published_at is None and is_derived and words.title not in ("", row.draft_title):
        row.slug = naming.slug_for(row, words.title)
    row.has_draft = True
    row.draft_title, row.draft_summary, row.draft_body = words.title, words.summary, words.body
    row.draft_exact_phrases, row.draft_sources = list(words.exact_phrases), words.sources
    row.draft_number += 1
    row.draft_by, row.draft_at = agent_of(by), now()
    if row.review == Review.APPROVED:
        row.review = Review.ASKED  # what was approved is no longer what stands here


def _keep_draft(row: Translation, by: Actor, note: str) -> Version | None:
    """The draft's words as a version that was never shown; None where there are none worth keeping."""
    words = content.of_draft(row)
    if not row.has_draft or words == Content():
        return None
    return versions.keep(row, words, by=by, note=note, author=row.draft_by)
