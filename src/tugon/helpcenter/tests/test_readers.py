"""Who reads what."""

import pytest

from tugon.customers.models import Audience, Plan
from tugon.files.operations import store
from tugon.helpcenter import addresses, operations, pictures
from tugon.helpcenter.errors import AudiencesMissing
from tugon.helpcenter.models import Article, Category, Section, Translation, Visibility
from tugon.helpcenter.readers import Reader
from tugon.lib.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(published, members, premium):
    """One article for each visibility, named after it."""
    published("Public")
    published("Signed in", around={"visibility": "signed_in"})
    published("Members", around={"visibility": "audiences", "audiences": [members]})
    published("Premium", around={"visibility": "plans", "plans": [premium]})
    published("Agents", around={"visibility": "agents"})


def read_by(reader):
    rows = Translation.objects.published().readable_by(reader).order_by("pk")
    return list(rows.values_list("title", flat=True))


def test_a_stranger_reads_what_is_public(library):
    assert read_by(Reader.anonymous()) == ["Public"]


def test_who_only_says_to_be_a_member_reads_no_more_than_a_stranger(library, members, premium):
    assert read_by(Reader(audience_id=members.pk, plan_id=premium.pk)) == ["Public"]


def test_who_is_signed_in_reads_what_their_audience_and_plan_allow(library, ana, premium):
    assert read_by(Reader.of_customer(ana)) == ["Public", "Signed in", "Members"]
    ana.audience, ana.plan = None, premium
    assert read_by(Reader.of_customer(ana)) == ["Public", "Signed in", "Premium"]


def test_another_audience_or_plan_opens_nothing(library):
    other = Reader(
        signed_in=True,
        audience_id=Audience.objects.create(key="creators", names={"en": "Creators"}).pk,
        plan_id=Plan.objects.create(key="basic", name="Basic").pk,
    )
    assert read_by(other) == ["Public", "Signed in"]


def test_agents_read_everything_that_is_published(library, draft):
    draft("Unfinished")
    assert read_by(Reader.agent()) == ["Public", "Signed in", "Members", "Premium", "Agents"]


def test_what_is_in_a_hidden_category_is_seen_by_agents_only(library, category):
    Category.objects.update(is_visible=False)
    assert read_by(Reader.anonymous()) == []
    assert len(read_by(Reader.agent())) == 5


def test_categories_and_sections_without_anything_to_read_are_not_shown(library, category, section):
    empty = Section.objects.create(category=category, slug="empty", titles={"en": "Empty"})
    anonymous = Reader.anonymous()
    assert list(Section.objects.readable_by(anonymous)) == [section]
    assert list(Category.objects.readable_by(anonymous)) == [category]
    Article.objects.update(visibility=Visibility.AGENTS)
    assert not Category.objects.readable_by(anonymous).exists()
    assert empty not in Section.objects.readable_by(Reader.agent())


def test_a_reader_gets_one_text_of_each_article_in_the_nearest_language(published, translated):
    both = published("Refunds")
    translated(both.article, "fil", "Mga refund")
    published("English only")
    shown = Translation.objects.published().nearest_to("fil").order_by("language")
    assert [(row.language, row.title) for row in shown] == [("en", "English only"), ("fil", "Mga refund")]


def test_a_translation_that_one_may_not_read_does_not_hide_the_one_in_ones_language(
    published, django_assert_num_queries
):
    published("Refunds")
    with django_assert_num_queries(1):
        rows = Translation.objects.published().readable_by(Reader.anonymous()).nearest_to("en").for_list()
        assert [row.article.section.category.slug for row in rows] == ["account"]


def test_certain_audiences_without_any_would_be_nobody(published, lea):
    article = published().article
    with pytest.raises(AudiencesMissing):
        operations.change(article, visibility="audiences", by=lea.actor)
    article.refresh_from_db()
    assert article.visibility == Visibility.PUBLIC


def test_who_may_only_write_does_not_open_what_readers_see(published, draft, ben):
    with pytest.raises(NotAllowed):
        operations.change(published().article, visibility="agents", by=ben.actor)
    operations.change(draft("Unfinished").article, visibility="agents", by=ben.actor)


def test_a_picture_is_seen_by_who_may_read_its_article(draft, lea):
    translation = draft()
    file = store(b"\x89PNG\r\n\x1a\n" + b"0" * 50)
    row = operations.attach_file(translation.article, file=file, name="menu.png", by=lea.actor)
    assert operations.attach_file(translation.article, file=file, name="menu.png", by=lea.actor) == row
    assert pictures.held(row.pk, Reader.anonymous()) is None
    assert pictures.held(row.pk, Reader.agent()).file == file
    operations.publish(translation, by=lea.actor)
    assert pictures.held(row.pk, Reader.anonymous()).file == file
    operations.change(translation.article, visibility="signed_in", by=lea.actor)
    assert pictures.held(row.pk, Reader.anonymous()) is None


def test_over_the_web_a_picture_opens_for_who_may_read_its_article(client, draft, lea):
    translation = draft()
    row = operations.attach_file(
        translation.article, file=store(b"\x89PNG\r\n\x1a\n" + b"1" * 50), name="the menu.png", by=lea.actor
    )
    address = addresses.file(row.pk, row.name)
    assert client.get(address).status_code == 404
    operations.publish(translation, by=lea.actor)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    operations.change(translation.article, visibility="agents", by=lea.actor)
    assert client.get(address).status_code == 404
    client.force_login(lea)
    assert client.get(address).status_code == 200
