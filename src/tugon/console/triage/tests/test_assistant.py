"""The assistant on a ticket: shown first, sent by a press, answered beside, put in by a press."""

from collections.abc import Iterator

import pytest

from tugon.assistant import operations
from tugon.assistant.kinds import Group
from tugon.assistant.models import Asking
from tugon.assistant.setting_up import set_up
from tugon.assistant.tests.service import Service, serving
from tugon.events.models import Event
from tugon.helpcenter import operations as helpcenter
from tugon.helpcenter.models import Category, Section
from tugon.tickets import operations as tickets
from tugon.tickets.operations import NewMessage

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def service() -> Iterator[Service]:
    with serving() as server:
        yield server


@pytest.fixture
def on(service, ada):
    def decide(**values):
        given = {"address": service.address, "model": "small-1", "groups": list(Group.values), "seconds": 5}
        return set_up(by=ada.actor, key=None, **{**given, **values})

    decide()
    return decide


@pytest.fixture
def refund(write_in):
    return write_in(
        "Refund of a double charge",
        "I was charged twice, I am Ana Santos and my card is 4111 1111 1111 1111. How do I get a refund?",
    )


@pytest.fixture
def article(ada):
    category = Category.objects.create(slug="money", titles={"en": "Money"})
    section = Section.objects.create(category=category, slug="refunds", titles={"en": "Refunds"})
    row = helpcenter.create_article(
        section=section,
        language="en",
        title="Refund of a double charge",
        kind="article",
        body="<p>If you were charged twice you get a refund of the double charge within 14 days, under Billing.</p>",
        by=ada.actor,
    )
    helpcenter.publish(row, by=ada.actor)
    row.refresh_from_db()
    return row


def at(ticket, tail=""):
    return f"/console/tickets/{ticket.pk}/assistant{tail}"


def page_of(client, ticket):
    return client.get(f"/console/tickets/{ticket.pk}/").content.decode()


def ask(client, ticket, task, html=""):
    return client.post(at(ticket, "/ask"), {"task": task, "html": html}, headers=HTMX).content.decode()


def run(ticket):
    asking = Asking.objects.filter(ticket=ticket).latest("pk")
    operations.answer(asking.pk)
    asking.refresh_from_db()
    return asking


def test_there_is_no_button_until_a_company_decides(client, ben, refund):
    client.force_login(ben)
    assert "assistant" not in page_of(client, refund).lower()


def test_there_is_no_button_where_the_audience_forbids_it(client, ben, refund, members, on):
    client.force_login(ben)
    assert at(refund) in page_of(client, refund)
    on(forbidden_audiences=[members.pk])
    assert at(refund) not in page_of(client, refund)
    assert "may not leave the house" in ask(client, refund, "summary")


def test_the_page_is_read_in_as_many_statements_as_without(
    client, ben, refund, on, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(ben)
    page_of(client, refund)
    with CaptureQueriesContext(connection) as with_it:
        page_of(client, refund)
    on(address="")
    page_of(client, refund)
    with CaptureQueriesContext(connection) as without:
        page_of(client, refund)
    assert len(with_it) == len(without)


def test_the_exact_words_are_shown_masked_and_nothing_leaves(client, ben, refund, article, on, service):
    client.force_login(ben)
    shown = ask(client, refund, "draft")
    assert "Nothing was sent yet" in shown
    assert "⟦card 1⟧" in shown
    assert "[1]" in shown
    assert "within 14 days" in shown
    payload = str(Asking.objects.get().payload)
    assert "Santos" not in payload
    assert "4111" not in payload
    assert service.heard == []


def test_a_draft_cites_only_published_articles_and_says_what_was_taken_out(
    client, ben, refund, article, on, service
):
    client.force_login(ben)
    ask(client, refund, "draft")
    asking = Asking.objects.get()
    waiting = client.post(at(refund, f"/{asking.pk}/sending"), headers=HTMX).content.decode()
    assert f'data-topic="assistant:{asking.pk}"' in waiting
    service.says = "Dear ⟦person 1⟧,\n\nyou get it back in 14 days [1]. Pay at https://evil.example [4]."
    run(refund)
    shown = client.get(at(refund, f"/{asking.pk}"), headers=HTMX).content.decode()
    assert "Dear Ana Santos" in shown
    assert "Something was taken out" in shown
    assert "an article that it was not given" in shown
    assert 'href="https://evil' not in shown
    assert "made by a machine" in shown
    assert "&lt;a href=&#34;" in shown  # the citation, as it goes into the composer
    assert not refund.messages.filter(kind="outgoing", automatic="").exists()


def test_without_an_article_there_is_nothing_to_draft_from(client, ben, refund, on):
    client.force_login(ben)
    assert "no published article answers this" in ask(client, refund, "draft")


def test_an_article_for_agents_only_is_not_material(client, ben, refund, article, on):
    article.article.visibility = "agents"
    article.article.save()
    client.force_login(ben)
    assert "no published article answers this" in ask(client, refund, "draft")


def test_a_draft_is_rewritten_from_what_stands_in_the_composer(client, ben, refund, on, service):
    client.force_login(ben)
    shown = ask(client, refund, "shorter", "<p>We are looking into it with the greatest care.</p>")
    assert "greatest care" in shown
    assert "charged twice" not in Asking.objects.get().payload[1]["content"]
    client.post(at(refund, f"/{Asking.objects.get().pk}/sending"), headers=HTMX)
    service.says = "We look into it."
    run(refund)
    shown = client.get(at(refund, f"/{Asking.objects.get().pk}"), headers=HTMX).content.decode()
    assert "Use it in place of my draft" in shown


def test_an_empty_draft_is_refused_in_words(client, ben, refund, on):
    client.force_login(ben)
    assert "write a draft first" in ask(client, refund, "kinder", "<p></p>")


def test_a_translation_of_a_letter_stands_beside_and_goes_nowhere(client, ben, refund, on, service):
    client.force_login(ben)
    ask(client, refund, "translate-message:fil")
    asking = Asking.objects.get()
    assert asking.language == "fil"
    assert "Filipino" in asking.payload[0]["content"]
    client.post(at(refund, f"/{asking.pk}/sending"), headers=HTMX)
    service.says = "Dalawang beses akong siningil."
    run(refund)
    shown = client.get(at(refund, f"/{asking.pk}"), headers=HTMX).content.decode()
    assert "Dalawang beses" in shown
    assert "machine-words" not in shown


def test_a_summary_reads_notes_and_goes_into_a_note(client, ben, refund, on, service):
    tickets.add_note(refund, NewMessage(body="Bank called, wait until Friday."), by=ben.actor)
    client.force_login(ben)
    ask(client, refund, "summary")
    asking = Asking.objects.get()
    assert "Bank called" in str(asking.payload)
    client.post(at(refund, f"/{asking.pk}/sending"), headers=HTMX)
    service.says = "- Wants a refund."
    run(refund)
    assert 'data-into="note"' in client.get(at(refund, f"/{asking.pk}"), headers=HTMX).content.decode()


def test_notes_are_no_material_of_an_answer(client, ben, refund, article, on):
    tickets.add_note(refund, NewMessage(body="Difficult person."), by=ben.actor)
    client.force_login(ben)
    ask(client, refund, "draft")
    assert "Difficult" not in str(Asking.objects.get().payload)


def test_more_words_can_be_masked_before_it_leaves(client, ben, refund, on):
    client.force_login(ben)
    ask(client, refund, "summary")
    shown = client.post(
        at(refund, f"/{Asking.objects.get().pk}/hide"), {"words": "double charge"}, headers=HTMX
    )
    assert shown.status_code == 200
    assert "double charge" not in str(Asking.objects.get().payload)


def test_where_the_company_decided_so_it_is_sent_without_asking(client, ben, refund, on):
    on(unasked_groups=["summary"])
    client.force_login(ben)
    assert "Waiting for" in ask(client, refund, "summary")
    assert Asking.objects.get().state == "sent"


@pytest.mark.parametrize(
    ("manner", "words"), [("quota", "limit is used up"), ("nonsense", "no answer"), ("huge", "far too long")]
)
def test_a_failure_is_told_in_plain_words(client, ben, refund, on, service, manner, words):
    on(unasked_groups=["summary"])
    client.force_login(ben)
    ask(client, refund, "summary")
    service.manner = manner
    asking = run(refund)
    assert words in client.get(at(refund, f"/{asking.pk}"), headers=HTMX).content.decode()


def test_waiting_ends_with_a_press(client, ben, refund, on):
    on(unasked_groups=["summary"])
    client.force_login(ben)
    ask(client, refund, "summary")
    client.post(at(refund, f"/{Asking.objects.get().pk}/cancel"), headers=HTMX)
    assert Asking.objects.get().state == "cancelled"


def test_what_one_asked_is_still_there_after_a_reload_until_it_is_put_away(client, ben, lea, refund, on):
    client.force_login(ben)
    ask(client, refund, "summary")
    assert "Nothing was sent yet" in page_of(client, refund)
    client.post(at(refund, f"/{Asking.objects.get().pk}/away"), headers=HTMX)
    assert "Nothing was sent yet" not in page_of(client, refund)
    assert Asking.objects.get().payload == []


def test_a_question_is_nobody_elses(client, ben, lea, refund, on):
    client.force_login(ben)
    ask(client, refund, "summary")
    client.force_login(lea)
    assert client.get(at(refund, f"/{Asking.objects.get().pk}"), headers=HTMX).status_code == 404
    assert "Nothing was sent yet" not in page_of(client, refund)


def test_words_put_into_a_draft_are_on_record(client, ben, refund, on):
    client.force_login(ben)
    ask(client, refund, "summary")
    assert client.post(at(refund, f"/{Asking.objects.get().pk}/take"), {"into": "note"}).status_code == 204
    assert Event.objects.get(name="AssistantWordsTaken").data["into"] == "note"


def test_once_the_answer_is_sent_the_desk_is_empty(client, ben, refund, on):
    client.force_login(ben)
    ask(client, refund, "summary")
    tickets.reply(refund, NewMessage(body="Here you are."), by=ben.actor)
    assert "Nothing was sent yet" not in page_of(client, refund)


def test_without_script_the_ticket_shows_it(client, ben, refund, on):
    client.force_login(ben)
    answer = client.post(at(refund, "/ask"), {"task": "summary"})
    assert answer.status_code == 302
    assert "Nothing was sent yet" in page_of(client, refund)


def test_what_is_no_task_is_not_found(client, ben, refund, on):
    client.force_login(ben)
    assert client.post(at(refund, "/ask"), {"task": "sing"}, headers=HTMX).status_code == 404
