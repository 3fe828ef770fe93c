"""Drafts: saved while somebody types, never over the words of somebody else, never lost."""

import pytest

from tugon.helpcenter import content, operations
from tugon.helpcenter.errors import (
    ArticleArchived,
    DraftMoved,
    LanguageUnknown,
    TextTooLong,
    TitleMissing,
    TranslationExists,
)
from tugon.helpcenter.models import Article, Review, Translation
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db


def test_an_article_begins_as_a_draft_that_no_reader_sees(draft, ben, facts):
    translation = draft("Reset your password", by=ben)
    article = translation.article
    assert (translation.slug, article.key, article.owner) == (
        "reset-your-password",
        "reset-your-password",
        ben,
    )
    assert translation.has_draft
    assert not translation.is_published
    assert not Translation.objects.published().exists()
    assert facts(article) == ["ArticleCreated", "TranslationAdded", "DraftStarted"]


def test_without_a_title_nothing_begins(section, ben):
    with pytest.raises(TitleMissing):
        operations.create_article(section=section, language="en", title="  ", by=ben.actor)
    assert not Article.objects.exists()


def test_a_collaborator_writes_no_articles(section, carl):
    with pytest.raises(NotAllowed):
        operations.create_article(section=section, language="en", title="x", by=carl.actor)
    assert not Article.objects.exists()


def test_a_pause_in_typing_saves_without_a_fact_of_its_own(draft, ben, facts):
    translation = draft(by=ben)
    saved = operations.write_draft(
        translation, body="<p>One</p>", number=translation.draft_number, by=ben.actor
    )
    saved = operations.write_draft(
        saved.translation, body="<p>One two</p>", number=saved.translation.draft_number, by=ben.actor
    )
    assert saved.translation.draft_body == "<p>One two</p>"
    assert saved.translation.draft_title == "Reset your password"
    assert facts(translation.article).count("DraftStarted") == 1


def test_saving_the_same_again_does_nothing(published, lea):
    translation = published()
    body = content.at_hand(translation).body
    saved = operations.write_draft(translation, body=body, number=translation.draft_number, by=lea.actor)
    assert not saved.translation.has_draft
    assert saved.translation.draft_number == translation.draft_number


def test_who_opened_the_draft_before_somebody_saved_is_told_who_and_when(draft, ben, lea):
    translation = draft(by=ben)
    seen = translation.draft_number
    operations.write_draft(translation, body="<p>Lea's words</p>", number=seen, by=lea.actor)
    with pytest.raises(DraftMoved) as refused:
        operations.write_draft(translation, body="<p>Ben's words</p>", number=seen, by=ben.actor)
    assert "Lea Lim saved this draft at" in str(refused.value)
    assert "still on your screen" in str(refused.value)
    translation.refresh_from_db()
    assert translation.draft_body == "<p>Lea's words</p>"
    assert refused.value.values["number"] == translation.draft_number


def test_who_writes_over_a_newer_draft_loses_nobodys_words(draft, ben, lea):
    translation = draft(by=ben)
    seen = translation.draft_number
    operations.write_draft(translation, body="<p>Lea's words</p>", number=seen, by=lea.actor)
    saved = operations.write_draft(translation, body="<p>Mine</p>", number=seen, over=True, by=ben.actor)
    assert saved.translation.draft_body == "<p>Mine</p>"
    kept = translation.versions.get()
    assert (kept.body, kept.author, kept.published_at) == ("<p>Lea's words</p>", lea, None)


def test_a_tab_left_open_while_the_draft_was_published_does_not_bring_the_old_draft_back(draft, ben, lea):
    translation = draft(by=ben)
    seen = translation.draft_number
    operations.publish(translation, by=lea.actor)
    with pytest.raises(DraftMoved):
        operations.write_draft(translation, body="<p>stale</p>", number=seen, by=ben.actor)


def test_until_it_is_published_the_address_follows_the_title(draft, lea):
    translation = draft("Untitled thoughts")
    row = operations.write_draft(translation, title="Change your e-mail", by=lea.actor).translation
    assert row.slug == "change-your-e-mail"
    operations.publish(row, by=lea.actor)
    row = operations.write_draft(row, title="Another title", by=lea.actor).translation
    assert row.slug == "change-your-e-mail"


def test_the_same_title_twice_gets_an_address_with_a_number(draft):
    first, second, third = draft("Refunds"), draft("Refunds"), draft("Refunds!")
    assert [one.slug for one in (first, second, third)] == ["refunds", "refunds-2", "refunds-3"]
    assert [one.article.key for one in (first, second, third)] == ["refunds", "refunds-2", "refunds-3"]


def test_a_title_without_latin_letters_has_an_address_all_the_same(draft):
    assert draft("返金について").slug == "article"
    assert draft("返金").slug == "article-2"


def test_a_huge_paste_is_refused_in_words_and_what_was_saved_stays(draft, ben):
    translation = draft(by=ben)
    with pytest.raises(TextTooLong) as refused:
        operations.write_draft(translation, body="<p>" + "x" * 1_000_001, by=ben.actor)
    assert "1,000,000" in str(refused.value)
    translation.refresh_from_db()
    assert "Password" in translation.draft_body


def test_what_was_left_out_of_a_paste_is_said(draft, ben):
    saved = operations.write_draft(
        draft(by=ben),
        body='<p>See <img src="https://elsewhere.example/a.png" alt="the menu"></p>',
        by=ben.actor,
    )
    assert saved.translation.draft_body == "<p>See the menu</p>"
    assert "1 pictures from elsewhere were left out" in saved.remarks[0]


def test_a_discarded_draft_stays_in_the_history(draft, ben):
    translation = operations.discard_draft(draft(by=ben), by=ben.actor)
    assert not translation.has_draft
    assert translation.versions.get().note == "Discarded draft"
    assert "Password" in content.at_hand(translation).body


def test_writing_from_an_old_version_keeps_the_draft_there_was(published, lea):
    translation = published()
    old = translation.published
    operations.write_draft(translation, body="<p>Newer</p>", by=lea.actor)
    row = operations.draft_from(old, by=lea.actor)
    assert row.draft_body == old.body
    assert "<p>Newer</p>" in row.versions.values_list("body", flat=True)


def test_an_archived_article_is_restored_before_it_is_written(published, lea):
    translation = published()
    operations.archive(translation.article, by=lea.actor)
    with pytest.raises(ArticleArchived):
        operations.write_draft(translation, body="<p>x</p>", by=lea.actor)


def test_a_translation_is_made_once_in_a_language_that_is_offered(published, ben):
    article = published().article
    row = operations.add_translation(article, language="fil", by=ben.actor)
    assert row.draft_made_from == article.translations.get(language="en").published
    with pytest.raises(TranslationExists):
        operations.add_translation(article, language="fil", by=ben.actor)
    with pytest.raises(LanguageUnknown):
        operations.add_translation(article, language="xx", by=ben.actor)


def test_a_change_after_the_approval_waits_for_the_reader_again(draft, ben, lea):
    translation = operations.ask_review(draft(by=ben), by=ben.actor)
    operations.approve(translation, by=lea.actor)
    row = operations.write_draft(translation, body="<p>Something else</p>", by=ben.actor).translation
    assert row.review == Review.ASKED


def test_a_zero_byte_is_left_out_rather_than_an_error(draft, ben):
    row = operations.write_draft(
        draft(by=ben), title="A\0B", body="<p>c\0d</p>", exact_phrases="E\0R", sources="s\0", by=ben.actor
    ).translation
    assert (row.draft_title, row.draft_exact_phrases, row.draft_sources) == ("AB", ["ER"], "s")
