"""From draft to readers, by the clock, back again."""

from datetime import timedelta

import pytest

from tugon.events.models import Event
from tugon.facts.errors import FactUnknown
from tugon.helpcenter import operations
from tugon.helpcenter.errors import (
    DraftMoved,
    MomentPast,
    NoDraft,
    NotApproved,
    OwnReview,
    ReasonMissing,
    ReviewerCannot,
    ReviewNotAsked,
    SourcesMissing,
    TextMissing,
    VersionElsewhere,
)
from tugon.helpcenter.models import Review, Translation
from tugon.lib.clock import now, standing_at
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_publishing_shows_the_draft_to_readers(draft, lea, facts):
    translation = draft()
    version = operations.publish(translation, note="First words", by=lea.actor)
    row = Translation.objects.published().get()
    assert (row.published, row.title, row.has_draft) == (version, "Reset your password", False)
    assert (version.number, version.author, version.note) == (1, lea, "First words")
    assert version.published_at == row.published_at
    assert facts(translation.article)[-1] == "ArticlePublished"


def test_publishing_again_without_a_new_word_does_nothing(published, lea, facts):
    translation = published()
    assert operations.publish(translation, by=lea.actor) == translation.published
    assert facts(translation.article).count("ArticlePublished") == 1


def test_an_agent_who_may_only_write_does_not_publish(draft, ben):
    translation = draft(by=ben)
    with pytest.raises(NotAllowed):
        operations.publish(translation, by=ben.actor)
    assert not Translation.objects.published().exists()


def test_what_is_published_is_what_was_read(draft, ben, lea):
    translation = draft(by=ben)
    seen = translation.draft_number
    operations.write_draft(translation, body="<p>Other</p>", by=ben.actor)
    with pytest.raises(DraftMoved):
        operations.publish(translation, number=seen, by=lea.actor)
    assert not Translation.objects.published().exists()


def test_an_empty_text_is_not_published(draft, lea):
    with pytest.raises(TextMissing):
        operations.publish(draft(body="<p>&nbsp;</p>"), by=lea.actor)


def test_a_text_that_names_a_fact_nobody_wrote_is_not_published(draft, lea):
    with pytest.raises(FactUnknown):
        operations.publish(draft(body="<p>Within {{ refund.window }}.</p>"), by=lea.actor)
    assert not Event.objects.named("ArticlePublished").exists()


def test_a_section_that_demands_sources_gets_them(section, draft, lea):
    section.demands_sources = True
    section.save()
    translation = draft()
    with pytest.raises(SourcesMissing):
        operations.publish(translation, by=lea.actor)
    operations.write_draft(translation, sources="Terms of use, §4", by=lea.actor)
    assert operations.publish(translation, by=lea.actor).sources == "Terms of use, §4"


def test_what_is_scheduled_appears_when_its_moment_comes(draft, lea, facts):
    translation = draft()
    at = now() + timedelta(hours=2)
    version = operations.schedule(translation, at=at, by=lea.actor)
    assert operations.publish_due() == 0
    with standing_at(at + timedelta(minutes=1)):
        assert operations.publish_due() == 1
        assert operations.publish_due() == 0
    translation.refresh_from_db()
    assert (translation.published, translation.scheduled_for) == (version, None)
    assert facts(translation.article)[-2:] == ["ArticleScheduled", "ArticlePublished"]


def test_a_draft_begun_after_scheduling_waits_for_its_own_turn(draft, lea):
    translation = draft()
    at = now() + timedelta(hours=2)
    operations.schedule(translation, at=at, by=lea.actor)
    operations.write_draft(translation, body="<p>Unfinished</p>", by=lea.actor)
    with standing_at(at):
        operations.publish_due()
    translation.refresh_from_db()
    assert "Password" in translation.published.body
    assert translation.draft_body == "<p>Unfinished</p>"


def test_a_cancelled_schedule_leaves_the_words_as_the_draft(draft, lea):
    translation = draft()
    operations.schedule(translation, at=now() + timedelta(hours=1), by=lea.actor)
    row = operations.cancel_schedule(translation, by=lea.actor)
    assert row.has_draft
    assert "Password" in row.draft_body
    assert row.scheduled is None
    assert operations.cancel_schedule(row, by=lea.actor).scheduled is None


def test_nothing_is_scheduled_for_the_past_or_without_words(draft, published, lea):
    with pytest.raises(MomentPast):
        operations.schedule(draft(), at=now() - timedelta(minutes=1), by=lea.actor)
    with pytest.raises(NoDraft):
        operations.schedule(published("Other"), at=now() + timedelta(hours=1), by=lea.actor)


def test_what_was_archived_meanwhile_is_not_published_by_the_clock(draft, lea):
    translation = draft()
    at = now() + timedelta(hours=1)
    operations.schedule(translation, at=at, by=lea.actor)
    operations.archive(translation.article, by=lea.actor)
    with standing_at(at):
        assert operations.publish_due() == 0
    translation.refresh_from_db()
    assert translation.published is None
    assert translation.scheduled_for is None


def test_rolling_back_shows_the_old_words_as_a_new_version(published, lea):
    translation = published()
    first = translation.published
    operations.write_draft(translation, title="Worse", body="<p>Worse words</p>", by=lea.actor)
    operations.publish(translation, by=lea.actor)
    third = operations.roll_back(translation, to=first, by=lea.actor)
    translation.refresh_from_db()
    assert (third.number, third.body, translation.title) == (3, first.body, "Reset your password")
    assert third.note == "Rolled back to version 1"
    assert operations.roll_back(translation, to=first, by=lea.actor) == third


def test_a_version_of_another_text_is_nothing_to_roll_back_to(published, lea):
    one, other = published("One"), published("Other")
    with pytest.raises(VersionElsewhere):
        operations.roll_back(one, to=other.published, by=lea.actor)


def test_unpublishing_takes_it_from_readers_and_keeps_the_words(published, lea, facts):
    translation = published()
    operations.unpublish(translation, by=lea.actor)
    operations.unpublish(translation, by=lea.actor)
    assert not Translation.objects.published().exists()
    assert translation.versions.count() == 1
    assert facts(translation.article).count("ArticleUnpublished") == 1


class TestSecondPerson:
    @pytest.fixture(autouse=True)
    def strict(self, section):
        section.needs_review = True
        section.save()

    def test_nothing_appears_before_a_second_person_has_read_it(self, draft, ben, lea, ada):
        translation = draft(by=lea)
        with pytest.raises(NotApproved):
            operations.publish(translation, by=lea.actor)
        operations.ask_review(translation, reviewer=ada, by=lea.actor)
        operations.approve(translation, number=translation.draft_number, by=ada.actor)
        version = operations.publish(translation, by=lea.actor)
        assert version.reviewed_by == ada

    def test_nobody_approves_what_they_wrote_or_asked_about(self, draft, lea, ada):
        translation = operations.ask_review(draft(by=lea), by=lea.actor)
        with pytest.raises(OwnReview):
            operations.approve(translation, by=lea.actor)
        with pytest.raises(OwnReview):
            operations.ask_review(translation, reviewer=lea, by=ada.actor)
        translation.refresh_from_db()
        assert translation.review == Review.ASKED

    def test_who_may_not_publish_is_not_asked(self, draft, ben, lea):
        with pytest.raises(ReviewerCannot):
            operations.ask_review(draft(by=lea), reviewer=ben, by=lea.actor)

    def test_sending_back_says_what_should_change(self, draft, ben, lea, facts):
        translation = operations.ask_review(draft(by=ben), by=ben.actor)
        with pytest.raises(ReasonMissing):
            operations.decline(translation, reason=" ", by=lea.actor)
        row = operations.decline(translation, reason="Say where the menu is.", by=lea.actor)
        assert (row.review, row.review_note, row.review_by) == (
            Review.DECLINED,
            "Say where the menu is.",
            lea,
        )
        assert facts(translation.article)[-1] == "DraftDeclined"

    def test_what_was_not_asked_is_not_answered(self, draft, ben, lea):
        with pytest.raises(ReviewNotAsked):
            operations.approve(draft(by=ben), by=lea.actor)

    def test_an_approval_is_of_the_words_that_were_read(self, draft, ben, lea):
        translation = operations.ask_review(draft(by=ben), by=ben.actor)
        seen = translation.draft_number
        operations.write_draft(translation, body="<p>Slipped in</p>", by=ben.actor)
        with pytest.raises(DraftMoved):
            operations.approve(translation, number=seen, by=lea.actor)

    def test_rolling_back_needs_no_second_reading_of_what_readers_saw(self, draft, ben, lea):
        translation = operations.ask_review(draft(by=ben), by=ben.actor)
        operations.approve(translation, by=lea.actor)
        first = operations.publish(translation, by=lea.actor)
        operations.write_draft(translation, body="<p>Kept only</p>", by=ben.actor)
        operations.discard_draft(translation, by=ben.actor)
        with pytest.raises(NotApproved):
            operations.roll_back(translation, to=translation.versions.get(number=2), by=lea.actor)
        assert operations.roll_back(translation, to=first, by=lea.actor) == first


def test_reading_again_moves_the_due_day_by_the_interval(published, ben, lea):
    article = published(around={"review_every_days": 90}).article
    day = now().date()
    assert article.review_due_on == day + timedelta(days=90)
    with standing_at(now() + timedelta(days=100)):
        from tugon.helpcenter.models import Article

        later = now().date()
        assert list(Article.objects.due_for_review(later)) == [article]
        row = operations.mark_reviewed(article, by=ben.actor)
        assert (row.review_due_on, row.reviewed_by) == (later + timedelta(days=90), ben)
        assert not Article.objects.due_for_review(later).exists()
