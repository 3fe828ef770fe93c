"""What readers say about an article, and what the owner does about it."""

from __future__ import annotations

from django.db import transaction

from tugon.customers.models import Customer
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now

from ..errors import CommentTooLong, NotPublished
from ..events import ArticleVoted, VoteResolved
from ..models import Translation, Vote
from ..policies import agent_of, require_writer

LONGEST_COMMENT = 2_000


@transaction.atomic
def vote(
    translation: Translation, *, helpful: bool, voter: str, by: Actor, comment: str | None = None
) -> Vote:
    """Keep a reader's answer to "was this helpful?". One each: a second one replaces the first, words stay with it.

    voter: "customer:9", or a hash of the session of who is not signed in; who may read the article is the caller's to
    ask (`readable_by`). comment: None leaves what was said; with words the vote is work for the owner, open again when
    the words change. Raises NotPublished, CommentTooLong.
    """
    words = None if comment is None else comment.replace("\0", "").strip()
    if words and len(words) > LONGEST_COMMENT:
        raise CommentTooLong(limit=f"{LONGEST_COMMENT:,}")
    article = (
        Translation.objects.published()
        .filter(pk=translation.pk)
        .values("article_id", "published_id", "article__owner_id")
        .first()
    )
    if article is None:
        raise NotPublished
    row = Vote.objects.select_for_update(of=("self",)).filter(translation=translation, voter=voter).first()
    if row is not None and row.helpful == helpful and words in (None, row.comment):
        return row
    row = row or Vote(translation=translation, voter=voter[:64])
    if words is not None and words != row.comment:
        row.comment, row.resolved_at, row.resolved_by, row.resolution = words, None, None, ""
    row.helpful, row.version_id, row.voted_at = helpful, article["published_id"], now()
    row.customer = _customer(by)
    row.save()
    fact = ArticleVoted(
        article_id=article["article_id"],
        translation_id=translation.pk,
        vote_id=row.pk,
        helpful=helpful,
        has_comment=bool(row.comment),
        owner_id=article["article__owner_id"],
    )
    record(fact, by=by)
    return row


@transaction.atomic
def withdraw_vote(translation: Translation, *, voter: str, by: Actor) -> None:
    """Take back one's vote and words. A repeat does nothing."""
    Vote.objects.filter(translation=translation, voter=voter).delete()


@transaction.atomic
def resolve_vote(vote: Vote, *, by: Actor, resolution: str = "") -> Vote:
    """Say that what a reader wrote was dealt with, and how. A repeat does nothing. Raises NotAllowed."""
    require_writer(by)
    row = Vote.objects.select_for_update(of=("self",)).select_related("translation").get(pk=vote.pk)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by = now(), agent_of(by)
        row.resolution = " ".join(resolution.split())[:300]
        row.save(update_fields=["resolved_at", "resolved_by", "resolution"])
        record(VoteResolved(article_id=row.translation.article_id, vote_id=row.pk), by=by)
    return row


def _customer(by: Actor) -> Customer | None:
    return by.subject if by.kind is ActorKind.CUSTOMER else None
