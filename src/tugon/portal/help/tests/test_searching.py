"""Searching: pages, results while typing, what is kept of it, and what is never found."""

from collections.abc import Callable

import pytest
from django.test import Client

from tugon.customers.models import Customer
from tugon.helpcenter.models import Translation
from tugon.search.knowledge import indexing
from tugon.search.knowledge.models import Search

from .conftest import Publish, shown


@pytest.fixture
def shelf(publish: Publish) -> Translation:
    row = publish("Reset your password", body="<p>Choose Forgotten and follow the letter.</p>")
    publish("Refunds for our staff", around={"visibility": "agents"})
    publish("Refunds for members", around={"visibility": "signed_in"})
    indexing.index_everything()
    return row


def test_a_search_shows_marked_excerpts_and_leads_on(client: Client, shelf: Translation) -> None:
    page = shown(client, "/en/help/search?q=forgotten+letter")
    assert "<mark>Forgotten</mark>" in page
    led = client.get(f"/en/help/search/opened/article/{shelf.article_id}/")
    assert led["Location"] == "/en/help/articles/reset-your-password/"
    kept = Search.objects.get()
    assert (kept.place, kept.text, kept.clicked_id) == ("help", "forgotten letter", shelf.article_id)


def test_results_come_while_typing_as_one_search(client: Client, shelf: Translation) -> None:
    for typed in ("r", "res", "reset", "reset pass"):
        part = client.get("/en/help/search/typed", {"q": typed}).content.decode()
    assert "Reset" in part
    assert "<html" not in part
    assert Search.objects.get().text == "reset pass"


def test_what_one_may_not_read_is_not_found(
    client: Client, shelf: Translation, ana: Customer, sign_in: Callable[[Client, Customer], None]
) -> None:
    for path in ("/en/help/search?q=refunds", "/en/help/search/typed?q=refunds"):
        page = shown(client, path)
        assert "for members" not in page
        assert "for our staff" not in page
    anas = Client()
    sign_in(anas, ana)
    page = shown(anas, "/en/help/search?q=refunds")
    assert "for members" in page
    assert "for our staff" not in page
    for other in Translation.objects.exclude(pk=shelf.pk):
        assert client.get(f"/en/help/search/opened/article/{other.article_id}/").status_code == 404


def test_nothing_found_offers_a_person_and_takes_the_words_along(client: Client, shelf: Translation) -> None:
    page = shown(client, "/en/help/search?q=zzqqzz")
    assert "Nothing was found for" in page
    assert "/contact/?subject=zzqqzz" in page
    assert Search.objects.get().results == 0


def test_results_in_another_language_are_marked_and_stay_below_the_readers(
    client: Client, shelf: Translation
) -> None:
    page = shown(client, "/fil/help/search?q=forgotten")
    assert 'lang="en"' in page
    led = client.get(f"/fil/help/search/opened/article/{shelf.article_id}/")
    assert led["Location"] == "/fil/help/articles/reset-your-password/"


@pytest.mark.parametrize("q", ["", " ", "%", "<script>alert(1)</script>", "a" * 5000, "'; DROP TABLE x"])
def test_whatever_is_typed_is_answered(client: Client, db: None, q: str) -> None:
    for path in ("/en/help/search", "/en/help/search/typed"):
        answer = client.get(path, {"q": q, "after": "x_y_z"})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
