"""The coach beside the composer: asked while one writes, answered, held back by what is required, kept at sending."""

import pytest
from django.urls import reverse

from tugon.coaching import operations
from tugon.coaching.contexts import Kind, Mode
from tugon.coaching.models import Answer, CoachResult
from tugon.company import settings as company
from tugon.console.triage.coach_context import remarks_on
from tugon.facts import current
from tugon.tickets.models import Draft, Message
from tugon.tickets.operations import NewMessage, add_incoming, save_draft
from tugon.tickets.operations import reply as send

BAD = "<p>Hi Maria,</p><p>As I said, you failed to read it.</p>"


@pytest.fixture
def at(client, ben):
    client.force_login(ben)
    return client


def ask(client, ticket, html):
    return client.post(reverse("console:coach", args=[ticket.pk]), {"html": html}, headers={"X-Coach": "1"})


def test_remarks_come_with_the_words_and_what_could_stand_there(at, ticket):
    shown = ask(at, ticket, BAD).content.decode()
    for words in ("Wrong name", "As I said", "you failed to", "Ana", "Not here"):
        assert words in shown


def test_a_check_asks_one_statement_for_all_that_it_knows(at, ticket, ada, django_assert_num_queries):
    operations.choose("blame", Mode.ON, by=ada.actor)
    ask(at, ticket, BAD)
    company.everything()
    current.everything()
    with django_assert_num_queries(3):  # who asks, the ticket, what the coach knows
        ask(at, ticket, BAD)


def test_a_colleague_who_may_not_see_the_ticket_learns_nothing(client, carl, ticket):
    client.force_login(carl)
    assert ask(client, ticket, BAD).status_code == 404


def test_the_question_since_our_last_answer_counts_and_older_ones_do_not(at, ticket, ana, ben):
    send(ticket, NewMessage(body="Here you are."), by=ben.actor, undo_seconds=0)
    add_incoming(ticket, NewMessage(body="When does my membership end?"), by=ana.actor, customer=ana)
    shown = ask(at, ticket, "<p>Hi Ana,</p><p>Thank you for writing.</p>").content.decode()
    assert "When does my membership end?" in shown
    assert "Since this morning" not in shown


def test_without_script_the_words_are_kept_and_the_ticket_shows_the_remarks(at, ticket, ben):
    answer = at.post(reverse("console:coach", args=[ticket.pk]), {"html": BAD})
    assert answer.url == reverse("console:ticket", args=[ticket.pk])
    assert Draft.objects.get(ticket=ticket, agent=ben).html == BAD
    assert "you failed to" in at.get(answer.url).content.decode()


def test_a_dismissed_remark_stays_away_from_this_draft(at, ticket, ben):
    mark = _mark(ask(at, ticket, BAD).content.decode(), "blame")
    at.post(
        reverse("console:coach-answer", args=[ticket.pk]),
        {"check": "blame", "mark": mark, "did": "dismissed"},
    )
    assert 'data-check="blame"' not in ask(at, ticket, BAD).content.decode()
    assert Answer.objects.get().did == "dismissed"


def test_what_was_remarked_and_done_is_kept_with_the_sent_reply(at, ticket, ben):
    shown = ask(at, ticket, BAD).content.decode()
    address = reverse("console:coach-answer", args=[ticket.pk])
    at.post(address, {"check": "blame", "mark": _mark(shown, "blame"), "did": "dismissed"})
    at.post(address, {"check": "as_i_said", "mark": _mark(shown, "as_i_said"), "did": "taken"})
    html = "<p>Hi Maria,</p><p>You failed to read it. Please write to me by Friday.</p>"
    at.post(reverse("console:replies", args=[ticket.pk]), {"html": html, "then": "waiting"})
    kept = CoachResult.objects.get()
    assert kept.message == Message.objects.get(kind="outgoing", agent=ben)
    assert kept.taken == ["as_i_said"]
    assert kept.dismissed == ["blame"]
    assert "wrong_name" in kept.left
    assert not Answer.objects.exists()


def test_a_required_check_holds_a_reply_back_and_nothing_typed_is_lost(at, ticket, ben, ada):
    operations.choose("wrong_name", Mode.REQUIRED, by=ada.actor)
    answer = at.post(
        reverse("console:replies", args=[ticket.pk]), {"html": BAD, "then": "waiting", "despite_coach": "1"}
    )
    assert answer.status_code == 422
    assert "The customer is called Ana Santos" in answer.content.decode()
    assert 'name="despite_coach"' not in answer.content.decode()
    assert Draft.objects.get(ticket=ticket, agent=ben).html == BAD
    assert not Message.objects.filter(kind="outgoing", agent=ben).exists()


def test_who_keeps_the_coach_may_send_anyway_and_it_is_noted(client, ticket, lea, ada):
    operations.choose("wrong_name", Mode.REQUIRED, by=ada.actor)
    client.force_login(lea)
    address = reverse("console:replies", args=[ticket.pk])
    assert 'name="despite_coach"' in client.post(address, {"html": BAD, "then": "waiting"}).content.decode()
    client.post(address, {"html": BAD, "then": "waiting", "despite_coach": "1"})
    assert CoachResult.objects.get().sent_despite


def test_a_team_may_have_it_otherwise(at, ticket, support, ada):
    operations.choose("wrong_name", Mode.OFF, by=ada.actor, team=support)
    assert 'data-check="wrong_name"' not in ask(at, ticket, BAD).content.decode()


def test_a_broken_address_of_an_article_is_a_dead_link(at, ticket):
    html = '<p>Hi Ana,</p><p>Please read <a href="/en/help/articles/gone-for-good/">this</a> by Friday.</p>'
    assert 'data-check="dead_link"' in ask(at, ticket, html).content.decode()


def test_the_ticket_page_shows_the_coach_on_a_kept_draft_in_the_same_statements(at, ticket, ben):
    save_draft(ticket, agent=ben, kind="reply", html=BAD)
    assert 'data-check="blame"' in at.get(reverse("console:ticket", args=[ticket.pk])).content.decode()


def test_a_templates_words_are_read_without_a_customer(db):
    found = remarks_on("<p>Hi {{ customer.name }}, you failed to pay.</p>", kind=Kind.TEMPLATE, language="en")
    assert [one.check for one in found] == ["blame"]


def _mark(shown: str, check: str) -> str:
    before = shown[: shown.index(f'data-check="{check}"')]
    return before.rsplit('data-mark="', 1)[1][:16]
