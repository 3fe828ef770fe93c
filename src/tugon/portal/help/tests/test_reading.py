"""Chapters and articles as readers find them."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.helpcenter import operations
from tugon.helpcenter.models import Section, Translation
from tugon.pages import assets

from .conftest import Publish, shown

Translate = Callable[..., Translation]


def test_an_article_is_found_through_its_chapter_and_section(client: Client, publish: Publish) -> None:
    publish("Reset your password", summary="In three steps.")
    assert 'href="/en/help/categories/account/"' in shown(client, "/en/help/")
    assert 'href="/en/help/articles/reset-your-password/"' in shown(client, "/en/help/categories/account/")
    assert "In three steps." in shown(client, "/en/help/sections/signing-in/")
    page = shown(client, "/en/help/articles/reset-your-password/")
    assert "choose <strong>Password</strong>" in page
    assert 'href="/en/help/sections/signing-in/"' in page  # breadcrumbs


def test_every_page_leads_to_the_form_with_its_context(client: Client, publish: Publish) -> None:
    row = publish()
    page = shown(client, "/en/help/articles/reset-your-password/")
    assert f'href="/contact/?article={row.article_id}&amp;lang=en"' in page
    category = shown(client, "/en/help/categories/account/")
    assert f"/contact/?category={row.article.section.category_id}&amp;lang=en" in category


def test_an_article_knows_its_languages(client: Client, publish: Publish, translate: Translate) -> None:
    row = publish()
    translate(row.article, "fil", "I-reset ang password")
    page = shown(client, "/en/help/articles/reset-your-password/")
    assert 'hreflang="fil" href="http://127.0.0.1:8000/fil/help/articles/i-reset-ang-password/"' in page
    assert 'href="/fil/help/articles/i-reset-ang-password/?lang=fil"' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/help/articles/reset-your-password/">' in page
    assert '<html lang="fil"' in shown(client, "/fil/help/articles/i-reset-ang-password/")


def test_the_slug_of_another_language_leads_to_the_readers_own(
    client: Client, publish: Publish, translate: Translate
) -> None:
    row = publish()
    translate(row.article, "fil", "I-reset ang password")
    moved = client.get("/fil/help/articles/reset-your-password/")
    assert (moved.status_code, moved["Location"]) == (301, "/fil/help/articles/i-reset-ang-password/")


def test_what_is_not_translated_is_shown_and_marked(client: Client, publish: Publish) -> None:
    publish()
    page = shown(client, "/fil/help/articles/reset-your-password/")
    assert 'class="notice tinted tone-info' in page
    assert '<article class="min-w-0" lang="en">' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/en/help/articles/reset-your-password/">' in page
    listed = shown(client, "/fil/help/sections/signing-in/")
    assert '<span class="article-name" lang="en">Reset your password</span>' in listed


def test_an_old_address_leads_to_the_new_one(client: Client, publish: Publish, lea: Agent) -> None:
    row = publish()
    operations.rename_slug(row, slug="forgotten-password", by=lea.actor)
    moved = client.get("/en/help/articles/reset-your-password/")
    assert (moved.status_code, moved["Location"]) == (301, "/en/help/articles/forgotten-password/")
    assert client.get("/en/help/articles/forgotten-password/").status_code == 200


def test_a_choice_of_language_is_kept_and_leaves_a_clean_address(client: Client, publish: Publish) -> None:
    publish()
    led = client.get("/fil/help/articles/reset-your-password/?lang=fil")
    assert (led.status_code, led["Location"]) == (302, "/fil/help/articles/reset-your-password/")
    assert client.cookies["tugon_language"].value == "fil"
    assert client.get("/en/help/?lang=fil")["Location"] == "/fil/help/"


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/help/", "/en/help/"),
        ("/help/articles/reset-your-password/?x=1", "/en/help/articles/reset-your-password/?x=1"),
        ("/en/help/articles/reset-your-password", "/en/help/articles/reset-your-password/"),
    ],
)
def test_addresses_without_language_or_stroke_lead_on(
    client: Client, db: None, typed: str, leads_to: str
) -> None:
    assert client.get(typed)["Location"] == leads_to


def test_a_language_nobody_speaks_is_not_there(client: Client, db: None) -> None:
    assert client.get("/xx/help/").status_code == 404
    assert client.get("/tl/help/").status_code == 404


def test_empty_shelves_say_so_and_lead_on(client: Client, section: Section) -> None:
    for path in ("/en/help/", "/en/help/categories/account/", "/en/help/sections/signing-in/"):
        assert "/contact/" in shown(client, path)
    assert "Nothing is written here yet" in shown(client, "/en/help/sections/signing-in/")


def test_a_long_section_comes_in_pages(
    client: Client, section: Section, publish: Publish, monkeypatch: Any
) -> None:
    monkeypatch.setattr("tugon.portal.help.lists.PAGE", 2)
    for number in range(5):
        publish(f"Article {number}")
    first = shown(client, "/en/help/sections/signing-in/")
    assert "Article 1" in first
    assert "Article 2" not in first
    after = re.search(r"\?after=([\d.]+)", first)
    assert after
    second = shown(client, f"/en/help/sections/signing-in/?after={after[1]}")
    assert "Article 2" in second
    assert "Article 1" not in second
    assert "Article 0" in shown(client, "/en/help/sections/signing-in/?after=no-number")


def test_related_articles_share_the_section(client: Client, publish: Publish) -> None:
    publish()
    publish("Sign in with a passkey")
    page = shown(client, "/en/help/articles/reset-your-password/")
    assert "Related articles" in page
    assert "/en/help/articles/sign-in-with-a-passkey/" in page


def test_what_shares_terms_is_related_wherever_it_stands(client: Client, publish: Publish) -> None:
    row, other = publish("Reset your password"), publish("Passkeys in other words")
    elsewhere = Section.objects.create(
        category=row.article.section.category, slug="else", titles={"en": "Else"}
    )
    other.article.section = elsewhere
    for one, terms in ((row, ["key", "lock"]), (other, ["lock"])):
        one.article.terms = terms
        one.article.save()
    assert "/en/help/articles/passkeys-in-other-words/" in shown(
        client, "/en/help/articles/reset-your-password/"
    )


def test_a_guide_tells_search_engines_its_steps_and_an_article_of_questions_its_answers(
    client: Client, publish: Publish
) -> None:
    publish("Change it", kind="guide", body="<ol><li>Open it.</li><li>Close it.</li></ol>")
    publish("Questions", body="<h2>Is it free?</h2><p>Yes &amp; no.</p><h2>Why?</h2><p>Because.</p>")
    publish("Plain </script> text")
    assert _data(shown(client, "/en/help/articles/change-it/"))["@type"] == "HowTo"
    questions = _data(shown(client, "/en/help/articles/questions/"))
    assert questions["@type"] == "FAQPage"
    assert questions["mainEntity"][0]["acceptedAnswer"]["text"] == "Yes & no."
    assert _data(shown(client, "/en/help/articles/plain-script-text/"))["@type"] == "Article"


def test_what_is_not_there_can_be_searched_for(client: Client, publish: Publish) -> None:
    publish()
    answer = client.get("/fil/help/articles/nothing-here/", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert 'action="/fil/help/search"' in answer.content.decode()


def test_tables_code_and_callouts_are_dressed(client: Client, publish: Publish) -> None:
    body = (
        '<aside data-callout="warning"><p>Hot.</p></aside>'
        "<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>"
        "<pre><code>x = 1</code></pre>"
    )
    publish(body=body)
    page = shown(client, "/en/help/articles/reset-your-password/")
    assert 'class="callout tone-warning"' in page
    assert '<div class="table-frame" aria-label="Table"' in page
    assert "<copy-button" in page


def test_the_print_view_holds_the_article_alone_and_is_not_listed(client: Client, publish: Publish) -> None:
    publish()
    page = shown(client, "/en/help/articles/reset-your-password/print/")
    assert "choose <strong>Password</strong>" in page
    assert '<meta name="robots" content="noindex">' in page
    assert "Still need help" not in page


def test_pages_ask_few_questions(
    client: Client, publish: Publish, django_assert_max_num_queries: Any, members: Any
) -> None:
    for number in range(8):
        publish(f"Article {number}")
    for path, most in (
        ("/en/", 15),
        ("/en/help/", 6),
        ("/en/help/categories/account/", 7),
        ("/en/help/sections/signing-in/", 7),
        ("/en/help/articles/article-1/", 9),
    ):
        shown(client, path)
        from tugon.portal.help import warm

        warm.shelf.clear()
        with django_assert_max_num_queries(most):
            shown(client, path)


def test_the_first_view_is_light(client: Client, publish: Publish) -> None:
    publish()
    answer = client.get("/en/help/articles/reset-your-password/", headers={"Accept-Encoding": "gzip"})
    needed = ("portal.css", "portal.js", "inter.woff2", "icons.svg")
    files = [assets.DIST / assets.asset(name).rsplit("/", 1)[1] for name in needed]
    packed = [file.with_name(f"{file.name}.gz") for file in files]
    sizes = [(one if one.exists() else file).stat().st_size for one, file in zip(packed, files, strict=True)]
    assert len(answer.content) + sum(sizes) <= 150_000


def _data(page: str) -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert len(blocks) == 2
    assert json.loads(blocks[0])["@type"] == "BreadcrumbList"
    return json.loads(blocks[1])  # type: ignore[no-any-return]
