"""Where articles are, how they are found, and what becomes of links to them."""

import pytest

from tugon.customers.models import Audience
from tugon.events.models import Event
from tugon.helpcenter import checking, linking, operations
from tugon.helpcenter.errors import (
    ChapterInUse,
    NameMissing,
    NotArchived,
    NoticeInvalid,
    OriginalStays,
    ReviewIntervalInvalid,
    SameAudience,
    SlugInvalid,
    SlugTaken,
    StillCited,
)
from tugon.helpcenter.models import Article, BrokenLink, Notice, Redirect, Section, Translation
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db
CITING = '<p>See <a href="article:refunds">our refunds</a>.</p>'


def broken():
    return list(BrokenLink.objects.values_list("translation__title", "words", "why"))


def test_articles_move_together_or_not_at_all(published, draft, category, lea, ben, facts):
    other = Section.objects.create(category=category, slug="other", titles={"en": "Other"})
    one, two = published("One").article, draft("Two").article
    with pytest.raises(NotAllowed):
        operations.move_all([two, one], to=other, by=ben.actor)
    assert not Article.objects.filter(section=other).exists()
    assert operations.move_all([one, two], to=other, by=lea.actor) == 2
    assert operations.move_all([one, two], to=other, by=lea.actor) == 0
    assert facts(one).count("ArticleMoved") == 1


def test_articles_stand_in_the_order_they_are_put_into(published, section, lea):
    one, _two, three = (published(title).article for title in ("One", "Two", "Three"))
    operations.reorder(section, articles=[three.pk, one.pk], by=lea.actor)
    assert list(Article.objects.values_list("key", flat=True)) == ["three", "one", "two"]


def test_an_archived_article_that_others_cite_is_reported_and_mended_when_it_comes_back(published, lea):
    refunds = published("Refunds")
    published("Payments", body=CITING)
    assert [row.title for row in linking.citing(refunds.article)] == ["Payments"]
    operations.archive(refunds.article, by=lea.actor)
    operations.archive(refunds.article, by=lea.actor)
    assert not Translation.objects.published().filter(article=refunds.article).exists()
    assert broken() == [("Payments", "our refunds", "archived")]
    operations.restore(refunds.article, by=lea.actor)
    assert broken() == []


def test_deleting_what_others_cite_names_them_first(published, lea, facts):
    refunds = published("Refunds").article
    payments = published("Payments", body=CITING)
    with pytest.raises(NotArchived):
        operations.delete(refunds, by=lea.actor)
    operations.archive(refunds, by=lea.actor)
    with pytest.raises(StillCited) as refused:
        operations.delete(refunds, by=lea.actor)
    assert "“Payments”" in str(refused.value)
    assert Article.objects.filter(pk=refunds.pk).exists()
    pk = refunds.pk
    operations.delete(refunds, even_if_cited=True, by=lea.actor)
    operations.delete(refunds, even_if_cited=True, by=lea.actor)
    assert broken() == [("Payments", "our refunds", "gone")]
    payments.refresh_from_db()
    assert "our refunds" in payments.published.body
    assert Event.objects.about("article", pk).named("ArticleDeleted").count() == 1


@pytest.mark.parametrize(
    ("target", "source", "why"),
    [("agents", "public", "unreadable"), ("signed_in", "public", "unreadable"), ("agents", "agents", None)],
)
def test_a_link_that_not_every_reader_may_follow_is_reported(published, target, source, why):
    published("Refunds", around={"visibility": target})
    published("Payments", body=CITING, around={"visibility": source})
    assert [one[2] for one in broken()] == ([why] if why else [])


def test_the_nightly_look_finds_what_changed_behind_our_back(published, lea):
    published("Payments", body='<p><a href="article:nothing">x</a> <a href="https://a.example/">y</a></p>')
    BrokenLink.objects.all().delete()
    assert checking.check_all() == 1
    assert broken() == [("Payments", "x", "gone")]


def test_checking_many_takes_few_queries(published, django_assert_max_num_queries):
    published("Refunds")
    for number in range(5):
        published(f"P{number}", body=CITING)
    rows = Translation.objects.published()
    with django_assert_max_num_queries(12):
        checking.check(rows)


def test_an_old_address_leads_on(published, lea, facts):
    translation = published("Refunds")
    row = operations.rename_slug(translation, slug="Money-Back ", by=lea.actor)
    assert row.slug == "money-back"
    assert Redirect.objects.get(slug="refunds").translation == translation
    operations.rename_slug(translation, slug="refunds", by=lea.actor)
    assert list(Redirect.objects.values_list("slug", flat=True)) == ["money-back"]
    assert facts(translation.article).count("SlugChanged") == 2


def test_an_address_somebody_else_has_is_refused_in_words_when_typed_and_mended_when_derived(
    published, draft, lea
):
    refunds = published("Refunds")
    other = draft("Other")
    with pytest.raises(SlugTaken) as refused:
        operations.rename_slug(other, slug="refunds", by=lea.actor)
    assert "“Refunds”" in str(refused.value)
    operations.rename_slug(refunds, slug="money-back", by=lea.actor)
    with pytest.raises(SlugTaken):
        operations.rename_slug(other, slug="refunds", by=lea.actor)
    assert draft("Refunds").slug == "refunds-2"
    with pytest.raises(SlugInvalid):
        operations.rename_slug(other, slug="Not an address!", by=lea.actor)
    other.refresh_from_db()
    assert other.slug == "other"


def test_the_same_address_may_stand_in_two_languages(published, translated):
    article = published("Password").article
    assert translated(article, "fil", "Password").slug == "password"


def test_a_translation_says_when_its_original_went_on(published, translated, lea, django_assert_num_queries):
    source = published("Refunds")
    filipino = translated(source.article, "fil", "Mga refund")
    fresh = Translation.objects.with_freshness()
    assert [row.out_of_date for row in fresh.order_by("language")] == [False, False]
    operations.write_draft(source, body="<p>New words</p>", by=lea.actor)
    assert not Translation.objects.out_of_date().exists()
    operations.publish(source, by=lea.actor)
    with django_assert_num_queries(1):
        assert list(Translation.objects.out_of_date()) == [filipino]
    source.refresh_from_db()
    operations.write_draft(filipino, body="<p>Bago</p>", made_from=source.published, by=lea.actor)
    operations.publish(filipino, by=lea.actor)
    assert not Translation.objects.out_of_date().exists()


def test_a_corrected_comma_leaves_translations_up_to_date(published, translated, lea):
    source = published("Refunds")
    translated(source.article, "fil", "Mga refund")
    operations.write_draft(source, body="<p>A comma, corrected</p>", by=lea.actor)
    operations.publish(source, minor=True, by=lea.actor)
    assert not Translation.objects.out_of_date().exists()


def test_the_original_stays_and_a_translation_may_go(published, translated, lea):
    source = published("Refunds")
    filipino = translated(source.article, "fil", "Mga refund")
    with pytest.raises(OriginalStays):
        operations.remove_translation(source, by=lea.actor)
    operations.remove_translation(filipino, by=lea.actor)
    operations.remove_translation(filipino, by=lea.actor)
    assert list(source.article.translations.all()) == [source]


def test_a_review_interval_is_days_or_never(published, lea):
    article = published().article
    with pytest.raises(ReviewIntervalInvalid):
        operations.change(article, review_every_days=0, by=lea.actor)
    row = operations.change(
        article, review_every_days=30, terms=["Login", " login", "SMS code"], by=lea.actor
    )
    assert row.terms == ["login", "sms code"]
    assert operations.change(article, review_every_days=None, by=lea.actor).review_due_on is None


def test_chapters_are_made_renamed_ordered_and_go_when_empty(published, category, section, ada, ben):
    with pytest.raises(NotAllowed):
        operations.create_category(titles={"en": "x"}, by=ben.actor)
    with pytest.raises(NameMissing):
        operations.create_category(titles={"en": " "}, by=ada.actor)
    new = operations.create_category(titles={"en": "Billing", "fil": ""}, by=ada.actor)
    assert (new.slug, new.titles, new.title_in("fil")) == ("billing", {"en": "Billing"}, "Billing")
    operations.change_category(new, slug="money", by=ada.actor)
    assert Redirect.objects.get(kind="category", slug="billing").category == new
    with pytest.raises(SlugTaken):
        operations.change_category(new, slug="account", by=ada.actor)
    operations.reorder_categories([new.pk, category.pk], by=ada.actor)
    assert list(type(new).objects.values_list("slug", flat=True)) == ["money", "account"]
    published()
    with pytest.raises(ChapterInUse) as refused:
        operations.remove_section(section, by=ada.actor)
    assert "1 article" in str(refused.value)
    with pytest.raises(ChapterInUse):
        operations.remove_category(category, by=ada.actor)
    moved = operations.create_section(category=new, titles={"en": "Cards"}, needs_review=True, by=ada.actor)
    operations.change_section(moved, category=category, owner=ben, by=ada.actor)
    moved.refresh_from_db()
    assert (moved.category, moved.owner, moved.needs_review) == (category, ben, True)
    operations.remove_category(new, by=ada.actor)
    operations.remove_category(new, by=ada.actor)


def test_a_notice_is_current_between_its_moments(members, ada):
    from datetime import timedelta

    with pytest.raises(NoticeInvalid):
        operations.create_notice(titles={}, by=ada.actor)
    with pytest.raises(NoticeInvalid):
        operations.create_notice(titles={"en": "x"}, ends_at=now() - timedelta(hours=1), by=ada.actor)
    outage = operations.create_notice(titles={"en": "Payments are down"}, level="outage", by=ada.actor)
    news = operations.create_notice(titles={"en": "Hello members"}, audiences=[members], by=ada.actor)
    later = operations.create_notice(
        titles={"en": "Maintenance"}, starts_at=now() + timedelta(hours=1), by=ada.actor
    )
    current = Notice.objects.current(now())
    assert list(current) == [outage, news]
    other = Audience.objects.create(key="creators", names={"en": "Creators"})
    assert list(current.for_audience(other.pk)) == [outage]
    assert list(current.for_audience(members.pk)) == [outage, news]
    operations.change_notice(outage, titles={"en": "Payments are slow"}, level="warning", by=ada.actor)
    operations.end_notice(outage, by=ada.actor)
    operations.end_notice(later, by=ada.actor)
    assert list(Notice.objects.current(now())) == [news]
    assert Notice.objects.count() == 2


def test_of_two_audiences_that_are_one_nothing_is_left_behind(published, category, members, ana, ada):
    fans = Audience.objects.create(key="fans", names={"en": "Fans"})
    category.audiences.set([members, fans])
    article = published(around={"visibility": "audiences", "audiences": [fans]}).article
    with pytest.raises(SameAudience):
        operations.merge_audiences(fans, into=fans, by=ada.actor)
    assert operations.merge_audiences(fans, into=members, by=ada.actor) == 2
    assert list(article.audiences.all()) == [members]
    assert list(category.audiences.all()) == [members]
    fans.refresh_from_db()
    assert not fans.is_visible
    assert operations.merge_audiences(fans, into=members, by=ada.actor) == 0
