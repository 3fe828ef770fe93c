"""A second person reads a draft before it is published; and published articles are read again from time to time."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from tugon.accounts.models import Agent
from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now

from ..errors import OwnReview, ReasonMissing, ReviewerCannot, ReviewNotAsked
from ..events import ArticleReviewed, DraftApproved, DraftDeclined, ReviewAsked
from ..models import Article, Review, Translation
from ..policies import agent_of, require_present, require_publisher, require_writer
from . import writing

REVIEW_FIELDS = ("review", "review_number", "review_asked_by", "review_by", "review_note", "review_at")


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

    Raises NotAllowed, ArticleArchived, NoDraft, DraftMoved, OwnReview, ReviewerCannot, TitleMissing, TextMissing,
    SourcesMissing.
    """
    require_writer(by)
    row = Translation.objects.locked(translation.pk)
    require_present(row.article)
    writing.require_draft(row, number).require_complete(row)
    if reviewer is not None:
        if not reviewer.may("article.publish"):
            raise ReviewerCannot(name=reviewer.name)
        if reviewer.pk in (row.draft_by_id, by.id):
            raise OwnReview
    if row.review == Review.ASKED and row.review_by == reviewer and row.review_number == row.draft_number:
        return row
    row.review, row.review_number = Review.ASKED, row.draft_number
    row.review_asked_by, row.review_by = agent_of(by), reviewer
    row.review_note, row.review_at = note.strip()[:2000], now()
    row.save(update_fields=REVIEW_FIELDS)
    fact = ReviewAsked(
        article_id=row.article_id, translation_id=row.pk, reviewer_id=reviewer.pk if reviewer else None
    )
    record(fact, by=by)
    return row


@transaction.atomic
def approve(translation: Translation, *, by: Actor, number: int | None = None, note: str = "") -> Translation:
    """Say that the draft may be published as it stands. A repeat does nothing. number: the `draft_number` read.

    Raises NotAllowed, OwnReview for who wrote or asked, NoDraft, DraftMoved, ReviewNotAsked.
    """
    row = _answered(translation, by, number)
    if row.review == Review.APPROVED:
        return row
    _answer(row, Review.APPROVED, note, by)
    fact = DraftApproved(article_id=row.article_id, translation_id=row.pk, asked_by_id=row.review_asked_by_id)
    record(fact, by=by)
    return row


@transaction.atomic
def decline(translation: Translation, *, reason: str, by: Actor, number: int | None = None) -> Translation:
    """Send the draft back with what should change. A repeat does nothing.

    Raises NotAllowed, OwnReview, NoDraft, DraftMoved, ReviewNotAsked, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    row = _answered(translation, by, number, answered=Review.DECLINED)
    if row.review == Review.DECLINED:
        return row
    _answer(row, Review.DECLINED, reason, by)
    fact = DraftDeclined(article_id=row.article_id, translation_id=row.pk, asked_by_id=row.review_asked_by_id)
    record(fact, by=by)
    return row


@transaction.atomic
def mark_reviewed(article: Article, *, by: Actor) -> Article:
    """Somebody read it again and found it right: the next reading is due an interval from today.

    Raises NotAllowed, ArticleArchived.
    """
    require_writer(by)
    row = Article.objects.locked(article.pk)
    require_present(row)
    row.reviewed_at, row.reviewed_by, row.facts_changed_at = now(), agent_of(by), None
    row.review_due_on = None
    begin_interval(row, save=False)
    row.save(update_fields=["reviewed_at", "reviewed_by", "facts_changed_at", "review_due_on"])
    record(ArticleReviewed(article_id=row.pk, due_on=row.review_due_on), by=by)
    return row


def begin_interval(article: Article, *, save: bool = True) -> None:
    """Where a reading should be due and none is: from today on."""
    if article.review_every_days and article.review_due_on is None:
        article.review_due_on = now().date() + timedelta(days=article.review_every_days)
        if save:
            article.save(update_fields=["review_due_on"])


def _answered(
    translation: Translation, by: Actor, number: int | None, answered: Review = Review.APPROVED
) -> Translation:
    """The row whose review the actor may answer."""
    require_publisher(by)
    row = Translation.objects.locked(translation.pk)
    require_present(row.article)
    writing.require_draft(row, number)
    if row.review == answered:
        return row
    if row.review != Review.ASKED:
        raise ReviewNotAsked
    if by.id is not None and by.id in (row.draft_by_id, row.review_asked_by_id):
        raise OwnReview
    return row


def _answer(row: Translation, review: Review, note: str, by: Actor) -> None:
    row.review, row.review_number = review, row.draft_number
    row.review_by, row.review_note, row.review_at = agent_of(by), note.strip()[:2000], now()
    row.save(update_fields=REVIEW_FIELDS)
