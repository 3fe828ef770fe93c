"""A version as a reader sees it."""

import pytest

from tugon.files.models import StoredFile
from tugon.helpcenter import operations
from tugon.helpcenter.models import Kind
from tugon.helpcenter.rendering import opening, render, rendered

pytestmark = pytest.mark.django_db


def test_headings_get_places_of_their_own_words():
    page = render("<h2>Before you begin</h2><p>x</p><h3>Before you begin</h3><h2>日本語</h2>", "en")
    assert [(one.level, one.words, one.place) for one in page.contents] == [
        (2, "Before you begin", "before-you-begin"),
        (3, "Before you begin", "before-you-begin-2"),
        (2, "日本語", "日本語"),
    ]
    assert '<h2 id="before-you-begin">' in page.html


def test_the_steps_of_a_guide_are_counted_through_its_lists():
    body = "<ol><li>Open it</li><li>Press <strong>OK</strong></li></ol><p>Then</p><ol><li>Close it</li></ol>"
    page = render(body, "en", kind=Kind.GUIDE)
    assert [(step.number, step.words, step.place) for step in page.steps] == [
        (1, "Open it", "step-1"),
        (2, "Press OK", "step-2"),
        (3, "Close it", "step-3"),
    ]
    assert '<ol class="steps" start="3"><li id="step-3">' in page.html
    assert render(body, "en").steps == ()


def test_a_guide_without_a_list_has_its_headings_for_steps():
    page = render("<h2>Open it</h2><p>a</p><h2>Close it</h2><p>b</p>", "en", kind=Kind.GUIDE)
    assert [step.words for step in page.steps] == ["Open it", "Close it"]


def test_links_between_articles_follow_the_readers_language_and_outlive_new_addresses(
    published, translated, lea
):
    target = published("Refunds")
    filipino = translated(target.article, "fil", "Mga refund")
    body = '<p><a href="article:refunds#when">Refunds</a></p>'
    assert 'href="/en/help/articles/refunds/#when"' in render(body, "en").html
    assert 'href="/fil/help/articles/mga-refund/#when"' in render(body, "fil").html
    operations.unpublish(filipino, by=lea.actor)
    operations.rename_slug(target, slug="money-back", by=lea.actor)
    assert 'href="/en/help/articles/money-back/#when"' in render(body, "fil").html


def test_a_link_to_nothing_is_words_and_nobody_clicks_in_vain():
    assert render('<p>See <a href="article:gone">this</a></p>', "en").html == "<p>See <span>this</span></p>"


def test_an_address_typed_as_readers_see_it_is_kept_as_the_article(published, lea):
    published("Refunds")
    translation = published("Other", body='<p><a href="/en/help/articles/refunds/#when">x</a></p>')
    assert translation.published.body == '<p><a href="article:refunds#when">x</a></p>'
    assert translation.published.cites == ["refunds"]


def test_pictures_have_their_sizes_and_wide_tables_a_frame(draft, lea):
    translation = draft()
    file = StoredFile.objects.create(
        sha256="a" * 64, size=5, media_type="image/png", width=640, height=480, storage_name="x"
    )
    row = operations.attach_file(translation.article, file=file, name="a.png", by=lea.actor)
    html = render(f'<figure><img src="/files/article/{row.pk}/a.png" alt="Menu"></figure>', "en").html
    assert 'width="640" height="480" loading="lazy"' in html
    table = render(
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><th>B</th></tr></tbody></table>", "en"
    ).html
    assert table.startswith('<div class="table-frame" tabindex="0" role="group"><table>')
    assert '<th scope="col">A</th>' in table
    assert '<th scope="row">B</th>' in table


def test_a_page_asks_few_questions(published, django_assert_max_num_queries):
    published("Refunds")
    version = published("Other", body='<p><a href="article:refunds">x</a> {{}} </p>').published
    with django_assert_max_num_queries(3):
        rendered(version, "en", kind=Kind.ARTICLE)


def test_the_opening_is_whole_words():
    assert opening("<p>One two three</p><p>four</p>", "en", longest=12) == "One two…"
    assert opening("<p>Short</p>", "en") == "Short"
