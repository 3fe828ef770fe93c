"""Drafts: saved while somebody types, never over the words of somebody else, never lost, whatever is wrong with
them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import checking, content
from ..content import Content
from ..errors import DraftMoved, NoDraft
from ..events import TemplateDraftDiscarded, TemplateDraftStarted
from ..language import Problem
from ..models import Review, Translation, Version
from ..policies import agent_of, require_present, require_writer
from . import versions

DRAFT_FIELDS = (
    "has_draft",
    "draft_title",
    "draft_subject",
    "draft_body",
    "draft_made_from",
    "draft_number",
    "draft_by",
    "draft_at",
    "review",
)


@dataclass(frozen=True, slots=True)
class Saved:
    """translation: with its new `draft_number`. problems: why the words cannot be published as they are."""

    translation: Translation
    problems: tuple[Problem, ...] = ()


@transaction.atomic
def write_draft(
    translation: Translation,
    *,
    by: Actor,
    number: int | None = None,
    title: str | None = None,
    subject: str | None = None,
    body: str | None = None,
    over: bool = False,
) -> Saved:
    """Save what is being written; for every pause in typing. None leaves a part as it is; a repeat does nothing.

    What cannot be filled is kept as a draft all the same, and told. number: the `draft_number` that the screen began
    from. over: write over somebody's newer draft, whose words are kept as a version.
    Raises NotAllowed, TemplateArchived, TextTooLong, DraftMoved.
    """
    row = Translation.objects.locked(translation.pk)
    require_writer(by, row.template)
    require_present(row.template)
    before = content.at_hand(row)
    wanted = before.changed(title=title, subject=subject, body=body)
    problems = tuple(checking.problems_of(wanted.words, key=row.template.key))
    if wanted == before:
        return Saved(row, problems)
    if over and number is not None and number != row.draft_number:
        _keep_draft(row, by, _("Draft that was written over"))
    elif not over:
        require_same(row, number)
    _put(row, wanted, by)
    row.draft_made_from = _source_of(row)
    row.save(update_fields=[*DRAFT_FIELDS, "title"])
    return Saved(row, problems)


@transaction.atomic
def draft_from(version: Version, *, by: Actor) -> Translation:
    """Begin to write from an older version; the draft there was is kept as a version.

    Raises NotAllowed, TemplateArchived.
    """
    row = Translation.objects.locked(version.translation_id)
    require_writer(by, row.template)
    require_present(row.template)
    if row.has_draft and content.of_draft(row) == content.of_version(version):
        return row
    _keep_draft(row, by, _("Draft that version {number} replaced").format(number=version.number))
    _put(row, content.of_version(version), by)
    row.draft_made_from = version.made_from
    row.save(update_fields=[*DRAFT_FIELDS, "title"])
    return row


@transaction.atomic
def discard_draft(translation: Translation, *, by: Actor, number: int | None = None) -> Translation:
    """Give up the draft; its words stay in the history. A repeat does nothing. Raises NotAllowed, DraftMoved."""
    row = Translation.objects.locked(translation.pk)
    require_writer(by, row.template)
    if not row.has_draft:
        return row
    require_same(row, number)
    kept = _keep_draft(row, by, _("Discarded draft"))
    clear(row)
    row.save(update_fields=DRAFT_FIELDS)
    fact = TemplateDraftDiscarded(
        template_id=row.template_id, translation_id=row.pk, version_id=kept.pk if kept else None
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
        )


def clear(row: Translation) -> None:
    """No draft from now on. The caller saves DRAFT_FIELDS."""
    row.has_draft = False
    row.draft_title = row.draft_subject = row.draft_body = ""
    row.draft_made_from = None
    row.draft_number += 1
    row.review = Review.NONE


def _put(row: Translation, words: Content, by: Actor) -> None:
    if not row.has_draft:
        record(TemplateDraftStarted(template_id=row.template_id, translation_id=row.pk), by=by)
    row.has_draft = True
    row.draft_title, row.draft_subject, row.draft_body = words.title, words.subject, words.body
    row.draft_number += 1
    row.draft_by, row.draft_at = agent_of(by), now()
    if row.published_id is None:
        row.title = words.title
    if row.review == Review.APPROVED:
        row.review = Review.ASKED  # what was approved is no longer what stands here


def _source_of(row: Translation) -> Version | None:
    """The version of the original that who writes now has before their eyes; of the original itself none."""
    if row.is_source:
        return None
    found = Translation.objects.filter(template_id=row.template_id, language=row.template.source_language)
    source = found.select_related("published").first()
    return source.published if source else None


def _keep_draft(row: Translation, by: Actor, note: str) -> Version | None:
    words = content.of_draft(row)
    if not row.has_draft or words == Content():
        return None
    return versions.keep(row, words, by=by, note=note)
