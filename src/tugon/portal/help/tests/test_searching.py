"""Searching: pages, results while typing, what is kept of it, and what is never found."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.helpcenter import operations
from tugon.helpcenter.models import Translation
from tugon.portal.help import revision
from tugon.search.knowledge import indexing
from tugon.search.knowledge.models import Search, Synonym

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


def test_who_asks_the_same_gets_the_same_and_is_noted(
    client: Client, shelf: Translation, django_assert_num_queries: Any
) -> None:
    first = shown(client, "/en/help/search?q=forgotten")
    with django_assert_num_queries(2):
        again = client.get("/en/help/search?q=forgotten", headers={"User-Agent": "another"})
    assert again.content.decode() == first
    assert "no-store" in again["Cache-Control"]
    assert Search.objects.count() == 2


def test_what_was_found_is_forgotten_with_the_article(
    client: Client, shelf: Translation, lea: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revision, "ASKED_EVERY", 0.0)
    assert "Reset your" in shown(client, "/en/help/search?q=forgotten")
    operations.change(shelf.article, visibility="signed_in", by=lea.actor)
    assert "Reset your" not in shown(client, "/en/help/search?q=forgotten")


def test_synonyms_count_at_once(
    client: Client, shelf: Translation, lea: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revision, "ASKED_EVERY", 0.0)
    assert "Reset your" not in shown(client, "/en/help/search?q=ziggurat")
    Synonym.objects.create(words=["ziggurat", "forgotten"], normal=["forgotten", "ziggurat"])
    assert "Reset your" in shown(client, "/en/help/search?q=ziggurat")


def test_signed_in_readers_get_nothing_from_strangers_and_give_them_nothing(
    client: Client, shelf: Translation, ana: Customer, sign_in: Callable[[Client, Customer], None]
) -> None:
    anas = Client()
    sign_in(anas, ana)
    for _turn in range(2):
        assert "for members" in shown(anas, "/en/help/search?q=refunds")
        assert "for members" not in shown(client, "/en/help/search?q=refunds")


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
