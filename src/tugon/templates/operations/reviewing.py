"""A second person reads a draft before it is published; and what names a fact is read again when the fact changes."""

from __future__ import annotations

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from .. import checking
from ..errors import OwnReview, ReasonMissing, ReviewNotAsked
from ..events import TemplateApproved, TemplateDeclined, TemplateReadAgain, TemplateReviewAsked
from ..models import Review, Template, Translation
from ..policies import PUBLISH, agent_of, require_present, require_publisher, require_writer
from . import writing

REVIEW_FIELDS = ("review", "review_asked_by", "review_by", "review_note", "review_at")


@transaction.atomic
def ask_review(
    translation: Translation,
    *,
    by: Actor,
    reviewer: Agent | None = None,
    note: str = "",
    number: int | None = None,
) -> Translation:
    """Ask somebody, or anybody who may, to read the draft. A repeat does nothing.

    Raises NotAllowed, TemplateArchived, NoDraft, DraftMoved, OwnReview, TitleMissing, TextMissing, TemplateInvalid.
    """
    row = Translation.objects.locked(translation.pk)
    require_writer(by, row.template)
    require_present(row.template)
    words = writing.require_draft(row, number)
    words.require_complete()
    checking.require_sound(words.words, key=row.template.key)
    if reviewer is not None and (reviewer.pk in (row.draft_by_id, by.id) or not reviewer.may(PUBLISH)):
        raise OwnReview
    if row.review == Review.ASKED and row.review_by == reviewer:
        return row
    row.review, row.review_asked_by, row.review_by = Review.ASKED, agent_of(by), reviewer
    row.review_note, row.review_at = note.strip()[:2000], now()
    row.save(update_fields=REVIEW_FIELDS)
    fact = TemplateReviewAsked(
        template_id=row.template_id, translation_id=row.pk, reviewer_id=reviewer.pk if reviewer else None
    )
    record(fact, by=by)
    return row


@transaction.atomic
def approve(translation: Translation, *, by: Actor, number: int | None = None, note: str = "") -> Translation:
    """Say that the draft may be published as it stands. A repeat does nothing.

    Raises NotAllowed, OwnReview for who wrote or asked, NoDraft, DraftMoved, ReviewNotAsked.
    """
    row = _asked(translation, by, number, answered=Review.APPROVED)
    if row.review == Review.APPROVED:
        return row
    _answer(row, Review.APPROVED, note, by)
    fact = TemplateApproved(
        template_id=row.template_id, translation_id=row.pk, asked_by_id=row.review_asked_by_id
    )
    record(fact, by=by)
    return row


@transaction.atomic
def decline(translation: Translation, *, reason: str, by: Actor, number: int | None = None) -> Translation:
    """Send the draft back with what should change. A repeat does nothing.

    Raises NotAllowed, OwnReview, NoDraft, DraftMoved, ReviewNotAsked, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    row = _asked(translation, by, number, answered=Review.DECLINED)
    if row.review == Review.DECLINED:
        return row
    _answer(row, Review.DECLINED, reason, by)
    fact = TemplateDeclined(
        template_id=row.template_id, translation_id=row.pk, asked_by_id=row.review_asked_by_id
    )
    record(fact, by=by)
    return row


@transaction.atomic
def mark_read(template: Template, *, by: Actor) -> Template:
    """Somebody read it after a fact in it changed, and found it right. A repeat does nothing. Raises NotAllowed."""
    require_writer(by, template)
    row = Template.objects.locked(template.pk)
    if row.facts_changed_at is None:
        return row
    row.facts_changed_at = None
    row.save(update_fields=["facts_changed_at"])
    record(TemplateReadAgain(template_id=row.pk), by=by)
    return row


def _asked(translation: Translation, by: Actor, number: int | None, *, answered: Review) -> Translation:
    row = Translation.objects.locked(translation.pk)
    require_publisher(by, row.template)
    require_present(row.template)
    writing.require_draft(row, number)
    if row.review == answered:
        return row
    if row.review != Review.ASKED:
        raise ReviewNotAsked
    if by.id is not None and by.id in (row.draft_by_id, row.review_asked_by_id):
        raise OwnReview
    return row


def _answer(row: Translation, review: Review, note: str, by: Actor) -> None:
    row.review, row.review_by = review, agent_of(by)
    row.review_note, row.review_at = note.strip()[:2000], now()
    row.save(update_fields=REVIEW_FIELDS)
