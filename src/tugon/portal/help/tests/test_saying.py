"""Votes and reads come from readers' own pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from tugon.customers.models import Customer
from tugon.helpcenter import counting
from tugon.helpcenter.models import DayCount, Vote

from .conftest import Publish, shown

VOTES = "/en/help/articles/reset-your-password/votes/"
VIEWS = "/en/help/articles/reset-your-password/views/"
HERE = {"Sec-Fetch-Site": "same-origin"}


def test_a_vote_needs_no_script_and_no_cookie(client: Client, publish: Publish) -> None:
    publish()
    answer = client.post(VOTES, {"helpful": "no"}, headers={"Origin": "http://testserver"})
    assert answer["Location"] == "/en/help/articles/reset-your-password/?voted=no#helpful"
    assert not answer.cookies
    page = shown(client, "/en/help/articles/reset-your-password/?voted=no")
    assert "What was missing or wrong?" in page
    assert (Vote.objects.get().helpful, Vote.objects.get().comment) == (False, "")


def test_words_join_the_vote_and_are_thanked_for(client: Client, publish: Publish) -> None:
    publish()
    client.post(VOTES, {"helpful": "no"}, headers=HERE)
    answer = client.post(VOTES, {"helpful": "no", "comment": " Step 2 is gone "}, headers=HERE)
    assert answer["Location"].endswith("?voted=said#helpful")
    vote = Vote.objects.get()
    assert vote.comment == "Step 2 is gone"
    assert "have reached who wrote this" in shown(client, "/en/help/articles/reset-your-password/?voted=said")


def test_one_vote_a_person(
    publish: Publish, ana: Customer, sign_in: Callable[[Client, Customer], None]
) -> None:
    publish()
    anas = Client()
    sign_in(anas, ana)
    for said in ("yes", "no"):
        anas.post(VOTES, {"helpful": said}, headers=HERE)
        Client(headers={"User-Agent": "One"}).post(VOTES, {"helpful": said}, headers=HERE)
    Client(headers={"User-Agent": "Two"}).post(VOTES, {"helpful": "yes"}, headers=HERE)
    assert Vote.objects.count() == 3
    assert Vote.objects.get(customer=ana).helpful is False


def test_htmx_gets_the_part_alone(client: Client, publish: Publish) -> None:
    publish()
    part = client.post(VOTES, {"helpful": "yes"}, headers={**HERE, "HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section")
    assert "<html" not in part


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}],
)
def test_other_sites_vote_for_nobody(client: Client, publish: Publish, headers: dict[str, str]) -> None:
    publish()
    assert client.post(VOTES, {"helpful": "no"}, headers=headers).status_code == 403
    assert client.post(VIEWS, headers=headers).status_code == 403
    counting.flush()
    assert not Vote.objects.exists()
    assert not DayCount.objects.exists()


def test_a_vote_that_says_nothing_changes_nothing(client: Client, publish: Publish) -> None:
    publish()
    assert client.post(VOTES, {"helpful": "perhaps"}, headers=HERE).status_code == 302
    assert not Vote.objects.exists()


def test_reads_are_counted_by_day(client: Client, publish: Publish) -> None:
    row = publish()
    client.post(VIEWS, headers=HERE)
    client.post(VIEWS, {"from": "search"}, headers=HERE)
    counting.flush()
    count = DayCount.objects.get(translation=row)
    assert (count.views, count.from_search) == (2, 1)
    assert "Read most" in shown(client, "/en/")
