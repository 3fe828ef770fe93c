"""Feeds, sitemaps and search descriptions are what their formats say."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from django.test import Client

from tugon.helpcenter.models import Translation

from .conftest import Publish, shown

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HOST = "http://127.0.0.1:8000"


def test_the_feed_holds_the_newest_articles_of_its_language(
    client: Client, publish: Publish, translate: Callable[..., Translation]
) -> None:
    row = publish("A & B", summary="<one>")
    publish("Later")
    translate(row.article, "fil", "Sa Filipino")
    feed = ElementTree.fromstring(shown(client, "/en/help/feed.atom"))
    assert [one.findtext(f"{ATOM}title") for one in feed.iter(f"{ATOM}entry")] == ["Later", "A & B"]
    assert all(
        one.findtext(f"{ATOM}id") and one.findtext(f"{ATOM}updated") for one in feed.iter(f"{ATOM}entry")
    )
    other = ElementTree.fromstring(shown(client, "/fil/help/feed.atom"))
    assert [one.findtext(f"{ATOM}title") for one in other.iter(f"{ATOM}entry")] == ["Sa Filipino"]


def test_an_empty_feed_is_a_feed(client: Client, db: None) -> None:
    assert ElementTree.fromstring(shown(client, "/en/help/feed.atom")).findtext(f"{ATOM}updated")


def test_the_sitemap_names_every_public_page_with_its_languages(
    client: Client, publish: Publish, translate: Callable[..., Translation]
) -> None:
    row = publish()
    publish("For us", around={"visibility": "agents"})
    translate(row.article, "fil", "I-reset ang password")
    pages = _urls(client, "/sitemap.xml")
    places = {page.findtext(f"{MAP}loc") for page in pages}
    assert f"{HOST}/en/help/articles/reset-your-password/" in places
    assert f"{HOST}/fil/help/articles/i-reset-ang-password/" in places
    assert f"{HOST}/en/help/sections/signing-in/" in places
    for page in ("billing/", "help/channels/", "help/expectations/", "help/troubleshooters/"):
        assert f"{HOST}/en/{page}" in places
    assert not any("for-us" in (place or "") for place in places)
    article = next(page for page in pages if "reset-your" in (page.findtext(f"{MAP}loc") or ""))
    assert {link.get("hreflang") for link in article.iter(f"{XHTML}link")} == {"en", "fil"}
    assert f"Sitemap: {HOST}/sitemap.xml" in shown(client, "/robots.txt")


def test_a_large_help_center_is_split_into_files(client: Client, publish: Publish, monkeypatch: Any) -> None:
    monkeypatch.setattr("tugon.portal.help.views.machines.PER_FILE", 2)
    for number in range(5):
        publish(f"Article {number}")
    index = ElementTree.fromstring(b"".join(client.get("/sitemap.xml")))
    files = [(one.findtext(f"{MAP}loc") or "").removeprefix(HOST) for one in index.iter(f"{MAP}sitemap")]
    assert files == ["/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml"]
    named = [page.findtext(f"{MAP}loc") for file in files for page in _urls(client, file)]
    assert len([one for one in named if one and "/articles/" in one]) == 5
    assert client.get("/sitemap-4.xml").status_code == 404


def test_a_browser_learns_how_to_search(client: Client, db: None) -> None:
    text = shown(client, "/opensearch.xml?lang=fil")
    assert "/fil/help/search?q={searchTerms}" in text
    ElementTree.fromstring(text)
    assert "opensearch.xml" in shown(client, "/en/help/")


def _urls(client: Client, path: str) -> list[Any]:
    return list(ElementTree.fromstring(b"".join(client.get(path))).iter(f"{MAP}url"))
