"""The screens of facts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tugon.accounts.models import Agent
from tugon.customers.models import Audience
from tugon.facts import current, operations
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact, FactReview
from tugon.facts.referencing import render

LIST = "/administration/facts"


@pytest.fixture
def lead(lea: Agent, client: Client) -> Client:
    client.force_login(lea)
    return client


@pytest.fixture
def window(lea: Agent) -> Fact:
    fact = operations.create(
        key="refund.window", kind=Kind.DURATION, unit="day", context_words={"en": ["+refund"]}, by=lea.actor
    )
    operations.give_value(fact, typed="30", valid_from=current.today() - timedelta(days=9), by=lea.actor)
    return fact


def test_a_fact_is_made_and_shown_in_every_language(lead: Client) -> None:
    assert "14 days" in lead.get(f"{LIST}/new").content.decode()
    page = lead.get(f"{LIST}/new?kind=duration").content.decode()
    assert "business days" in page
    given = {"key": "refund.window", "unit": "day", "value": "14", "note": "From the charge on."}
    answer = lead.post(
        f"{LIST}/new?kind=duration", {**given, "context_en": "+refund, money back"}, follow=True
    )
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "14 days" in page
    assert "14 na araw" in page
    assert Fact.objects.get().context_words == {"en": ["+refund", "money back"]}


@pytest.mark.parametrize("kind", list(Kind.values))
def test_every_kind_has_its_form(lead: Client, kind: str) -> None:
    assert lead.get(f"{LIST}/new?kind={kind}").status_code == 200


def test_what_cannot_be_used_is_refused_in_words_and_nothing_typed_is_lost(lead: Client) -> None:
    given = {"key": "refund.window", "unit": "day", "value": "soon", "note": "From the charge on."}
    answer = lead.post(f"{LIST}/new?kind=duration", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a number" in page
    assert 'value="soon"' in page
    assert "From the charge on." in page
    assert not Fact.objects.exists()


def test_the_preview_says_what_readers_will_see(lead: Client) -> None:
    page = lead.get(f"{LIST}/preview", {"kind": "duration", "unit": "day", "value": "5-10"}).content.decode()
    assert "5–10 days" in page
    assert "5–10 araw" in page
    page = lead.get(f"{LIST}/preview", {"kind": "money", "unit": "PHP", "value": "x"}).content.decode()
    assert "Write a number" in page
    page = lead.get(
        f"{LIST}/preview", {"kind": "duration", "unit": "day", "value": "14", "words_fil": "dalawang linggo"}
    ).content.decode()
    assert "dalawang linggo" in page


def test_a_new_value_lists_the_texts_to_read_again(lead: Client, window: Fact, members: Audience) -> None:
    Audience.objects.filter(pk=members.pk).update(
        descriptions={"en": "Refunds within {{ refund.window }}", "fil": "May refund sa loob ng 30 araw"}
    )
    assert Audience.objects.get().description_in("en") == "Refunds within 30 days"
    answer = lead.post(f"{LIST}/{window.pk}/values", {"value": "14", "unit": "day"}, follow=True)
    page = answer.content.decode()
    assert "2 texts are to be read again" in page
    assert "30 araw" in page
    assert Audience.objects.get().description_in("en") == "Refunds within 14 days"
    review = FactReview.objects.get(why="states")
    assert (
        f"/administration/audiences/{members.pk}"
        in lead.get("/administration/reading-again").content.decode()
    )
    lead.post(f"/administration/reading-again/{review.pk}/mark")
    assert FactReview.objects.to_do().count() == 1
    assert "Undo" in lead.get("/administration/reading-again?done=1").content.decode()
    lead.post(f"/administration/reading-again/{review.pk}/mark", {"undo": "1"})
    assert FactReview.objects.to_do().count() == 2


def test_a_value_to_come_is_shown_and_can_be_withdrawn(lead: Client, window: Fact) -> None:
    day = (current.today() + timedelta(days=5)).isoformat()
    page = lead.post(
        f"{LIST}/{window.pk}/values", {"value": "14", "valid_from": day}, follow=True
    ).content.decode()
    assert "to come" in page
    assert "14 days" in lead.get(LIST).content.decode()
    coming = window.values.first()
    assert coming is not None
    lead.post(f"{LIST}/{window.pk}/values/{coming.pk}/withdrawal")
    assert window.values.count() == 1


def test_the_past_is_not_rewritten(lead: Client, window: Fact) -> None:
    day = (current.today() - timedelta(days=1)).isoformat()
    answer = lead.post(f"{LIST}/{window.pk}/values", {"value": "14", "valid_from": day})
    assert answer.status_code == 422
    assert window.values.count() == 1


def test_details_change_and_an_archived_fact_comes_back(lead: Client, window: Fact, lea: Agent) -> None:
    given = {"note": "From the charge.", "source": "Terms 4.2", "owner": str(lea.pk), "unit": "day"}
    lead.post(f"{LIST}/{window.pk}/details", given)
    window.refresh_from_db()
    assert (window.note, window.owner, window.context_words) == ("From the charge.", lea, {})
    lead.post(f"{LIST}/{window.pk}/archive")
    assert "refund.window" not in lead.get(LIST).content.decode()
    assert "refund.window" in lead.get(f"{LIST}?archived=1").content.decode()
    lead.post(f"{LIST}/{window.pk}/archive", {"restore": "1"})
    assert "refund.window" in lead.get(f"{LIST}?q=refund").content.decode()


def test_writers_of_articles_read_facts_and_change_none(
    client: Client, ben: Agent, carl: Agent, window: Fact
) -> None:
    client.force_login(ben)
    page = client.get(f"{LIST}/{window.pk}").content.decode()
    assert "30 days" in page
    assert "A new value" not in page
    assert client.post(f"{LIST}/{window.pk}/values", {"value": "14"}).status_code == 403
    client.force_login(carl)
    assert client.get(LIST).status_code == 403
    assert window.values.count() == 1


def test_the_list_costs_the_same_however_long(
    lead: Client, lea: Agent, window: Fact, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        fact = operations.create(key=f"fact.number{number}", kind=Kind.NUMBER, owner=lea, by=lea.actor)
        operations.give_value(fact, typed=str(number), by=lea.actor)
    lead.get(LIST)
    with django_assert_max_num_queries(9):
        lead.get(LIST)


def test_facts_leave_and_come_as_a_table(lead: Client, window: Fact) -> None:
    table = lead.get(f"{LIST}/table")
    assert "refund.window" in table.content.decode()
    file = SimpleUploadedFile("facts.csv", b"key,kind,value\nfee.creator,percent,12\nfee,percent,9\n")
    page = lead.post(f"{LIST}/import", {"table": file}).content.decode()
    assert "1 made" in page
    assert "1 line was not taken" in page
    assert render("{{ fee.creator }}", "en") == "12%"
    assert lead.post("/administration/tables/rest", {"rest": "a2V5Cg=="}).content == b"key\n"
    assert lead.post(f"{LIST}/import", {"table": SimpleUploadedFile("x.csv", b"\0\1")}).status_code == 422


def test_a_form_refuses_words_with_an_unknown_fact(client: Client, ada: Agent, members: Audience) -> None:
    client.force_login(ada)
    given = {
        "names_en": "Members",
        "descriptions_en": "Within {{ refund.windwo }}",
        "key": "members",
        "icon": "user",
    }
    answer = client.post(f"/administration/audiences/{members.pk}", {**given, "position": "0"})
    assert answer.status_code == 422
    assert "refund.windwo" in answer.content.decode()
