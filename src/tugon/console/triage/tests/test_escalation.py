"""Escalation in the console: the ticket's page, its dialogs, threads of departments, the board."""

import re
from datetime import timedelta

import pytest

from tugon.escalation.models import Department, Inquiry, Level, Rota, RotaPlace, Standing
from tugon.escalation.operations import ask, de_escalate, escalate, page
from tugon.escalation.operations.answering import receive_answer
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage


@pytest.fixture
def lead(db):
    return Level.objects.create(
        position=2, names={"en": "Lead", "fil": "Pinuno"}, steps={"en": "Call her today"}
    )


@pytest.fixture
def tier(db):
    return Level.objects.create(position=1, names={"en": "Tier 2"})


@pytest.fixture
def payments(db):
    return Department.objects.create(names={"en": "Payments"}, address="desk@payments.example")


@pytest.fixture
def at_work(client, ben):
    client.force_login(ben)
    return client


def shown(client, ticket, part=""):
    return client.get(f"/console/tickets/{ticket.pk}/{part}").content.decode()


def test_the_bar_and_the_panel_say_how_high_it_stands_why_and_what_comes_next(at_work, ticket, lead, ben):
    assert "Call her today" not in shown(at_work, ticket)
    escalate(ticket, lead, reason="Third message unanswered", note="Be gentle", by=ben.actor)
    html = shown(at_work, ticket)
    for words in ("Lead", "Third message unanswered", "Call her today", "Be gentle", "escalated to “Lead”"):
        assert words in html
    assert "Third message unanswered" in shown(at_work, ticket, "head")
    assert "Call her today" in shown(at_work, ticket, "beside")


def test_the_ticket_page_takes_no_statement_more_for_it(
    at_work, ticket, lead, payments, ben, django_assert_max_num_queries
):
    escalate(ticket, lead, reason="Hard", by=ben.actor)
    for _number in range(3):
        row = ask(ticket, payments, message=NewMessage(body="Twice?"), by=ben.actor)
        receive_answer(row, NewMessage(body="Yes"), is_confirmed=True)
    shown(at_work, ticket)
    with django_assert_max_num_queries(9) as few:
        shown(at_work, ticket)
    plain = len(few)
    other = Ticket.objects.create(
        subject="x", customer=ticket.customer, team=ticket.team, created_at=now(), updated_at=now()
    )
    shown(at_work, other)
    with django_assert_max_num_queries(plain):
        shown(at_work, other)


def test_the_dialog_offers_levels_above_and_says_what_they_do(at_work, ticket, tier, lead, ben):
    lead.tells_customer = True
    lead.save()
    escalate(ticket, tier, reason="Hard", by=ben.actor)
    html = shown(at_work, ticket, "escalation")
    assert "Lead" in html
    assert "tells the customer" in html
    assert f'value="{tier.pk}"' not in html


def test_escalating_and_lowering_by_hand(at_work, ticket, lead):
    answer = at_work.post(
        f"/console/tickets/{ticket.pk}/escalation",
        {"level": lead.pk, "reason": "Angry", "note": "Promised a call"},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 200
    assert Standing.objects.get(ticket=ticket).level == lead
    assert "Down to" in shown(at_work, ticket, "escalation/lowering")
    at_work.post(f"/console/tickets/{ticket.pk}/escalation/lowering", {"reason": "Calm", "level": ""})
    assert Standing.objects.get(ticket=ticket).level is None


def test_without_a_reason_nothing_happens_and_the_words_say_so(at_work, ticket, lead):
    answer = at_work.post(
        f"/console/tickets/{ticket.pk}/escalation",
        {"level": lead.pk, "reason": " "},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert not Standing.objects.filter(level__isnull=False).exists()


def test_who_may_not_escalate_is_offered_nothing(client, carl, billing, ticket, lead, ben):
    ticket.team = billing
    ticket.save()
    client.force_login(carl)
    escalate(ticket, lead, reason="Hard", by=ben.actor)
    html = shown(client, ticket)
    assert "Hard" in html
    assert "Raise further" not in html
    assert "Ask outside" not in html
    answer = client.post(f"/console/tickets/{ticket.pk}/escalation/lowering", {"reason": "x"})
    assert answer.status_code == 403


def test_asking_outside_from_the_dialog_sends_what_was_chosen(at_work, ticket, payments):
    html = shown(at_work, ticket, "outside")
    assert "desk@payments.example" in html
    assert "checked" not in html.split("Messages to send along")[1].split("</fieldset>")[0]
    message = ticket.messages.get()
    at_work.post(
        f"/console/tickets/{ticket.pk}/outside",
        {"department": payments.pk, "html": "<p>Was she charged?</p>", "quotes": [message.pk], "waits": "1"},
    )
    inquiry = Inquiry.objects.get()
    assert inquiry.waits
    assert inquiry.letters.get().quoted == [message.pk]
    html = shown(at_work, ticket)
    assert "Asked outside: Payments" in html
    assert "Was she charged?" in html
    assert f"#message-{message.pk}" in html


def test_an_unconfirmed_answer_is_marked_and_can_be_accepted(at_work, ticket, payments, ben):
    inquiry = ask(ticket, payments, message=NewMessage(body="Twice?"), by=ben.actor)
    envelope = {"from": {"name": "Eve", "address": "eve@stranger.example"}}
    letter = receive_answer(inquiry, NewMessage(body="Yes", envelope=envelope), is_confirmed=False)
    assert "Not from desk@payments.example" in shown(at_work, ticket)
    at_work.post(f"/console/tickets/{ticket.pk}/outside/letters/{letter.pk}/confirmation")
    inquiry.refresh_from_db()
    assert inquiry.state == "answered"
    assert "Not from desk@payments.example" not in shown(at_work, ticket)


def test_markup_of_a_stranger_is_harmless(at_work, ticket, payments, ben):
    inquiry = ask(ticket, payments, message=NewMessage(body="Twice?"), by=ben.actor)
    envelope = {"from": {"name": "<script>alert(1)</script>", "address": "eve@stranger.example"}}
    receive_answer(
        inquiry, NewMessage(body="<script>alert(2)</script>", envelope=envelope), is_confirmed=False
    )
    html = shown(at_work, ticket)
    assert "<script>alert" not in html


def test_writing_again_and_ending(at_work, ticket, payments, ben):
    inquiry = ask(ticket, payments, message=NewMessage(body="Twice?"), waits=True, by=ben.actor)
    assert "Write to Payments" in shown(at_work, ticket, f"outside/{inquiry.pk}")
    at_work.post(f"/console/tickets/{ticket.pk}/outside/{inquiry.pk}", {"html": "<p>Hello?</p>"})
    assert inquiry.letters.count() == 2
    at_work.post(f"/console/tickets/{ticket.pk}/outside/{inquiry.pk}/end")
    inquiry.refresh_from_db()
    assert inquiry.state == "ended"


def test_a_thread_of_another_ticket_is_not_there(at_work, ticket, write_in, payments, ben):
    inquiry = ask(write_in("Other"), payments, message=NewMessage(body="Twice?"), by=ben.actor)
    assert at_work.get(f"/console/tickets/{ticket.pk}/outside/{inquiry.pk}").status_code == 404
    assert at_work.post(f"/console/tickets/{ticket.pk}/outside/{inquiry.pk}/end").status_code == 404


def test_a_page_is_answered_from_the_link_in_its_mail(at_work, ticket, ben):
    rota = Rota.objects.create(name="Nights")
    RotaPlace.objects.create(rota=rota, agent=ben)
    row = page(ticket, rota, by=SYSTEM)
    assert "Calling Ben Bautista" in shown(at_work, ticket)
    address = f"/console/escalations/pages/{row.pk}"
    assert "I have it" in at_work.get(address).content.decode()
    at_work.post(address)
    row.refresh_from_db()
    assert row.acknowledged_by == ben
    assert "Ben Bautista has it" in at_work.get(address).content.decode()
    assert "Calling" not in shown(at_work, ticket)


class TestTheBoard:
    def test_it_lists_by_the_next_promise_with_why_and_counts_by_level(
        self, at_work, write_in, tier, lead, ben
    ):
        late, soon, never = write_in("Late"), write_in("Soon"), write_in("Never")
        for row, level in ((soon, tier), (late, lead), (never, lead)):
            escalate(row, level, reason=f"Because {row.subject}", by=ben.actor)
        Ticket.objects.filter(pk=late.pk).update(due_at=now() - timedelta(hours=1))
        Ticket.objects.filter(pk=soon.pk).update(due_at=now() + timedelta(hours=1))
        Ticket.objects.filter(pk=never.pk).update(due_at=None)
        html = at_work.get("/console/escalations/").content.decode()
        assert html.index("Because Late") < html.index("Because Soon") < html.index("Because Never")
        only = at_work.get(f"/console/escalations/?level={tier.pk}").content.decode()
        assert "Because Soon" in only
        assert "Because Late" not in only

    def test_it_renews_itself_while_one_looks(self, at_work, ticket, lead, ben):
        Ticket.objects.filter(pk=ticket.pk).update(due_at=now() + timedelta(hours=1))
        escalate(ticket, lead, reason="Third message", by=ben.actor)
        answer = at_work.get("/console/escalations/", headers={"HX-Request": "true"})
        assert answer.status_code == 200
        assert ticket.subject in answer.content.decode()
        assert "<html" not in answer.content.decode()

    def test_pages_go_on_where_the_last_one_ended(self, at_work, write_in, lead, ben, monkeypatch):
        from tugon.console.triage import escalation_views

        monkeypatch.setattr(escalation_views, "SIZE", 2)
        rows = [write_in(f"Number {number}") for number in range(5)]
        for place, row in enumerate(rows):
            escalate(row, lead, reason=f"Because {place}", by=ben.actor)
            due = now() + timedelta(hours=1) if place < 3 else None
            Ticket.objects.filter(pk=row.pk).update(due_at=due)
        seen, address = [], "/console/escalations/"
        for _page in range(3):
            html = at_work.get(address).content.decode()
            seen += [place for place in range(5) if f"Because {place}" in html]
            older = re.findall(r'href="\?(after=[^"]+)"', html)
            address = f"/console/escalations/?{older[-1]}" if older else ""
        assert address == ""
        assert seen == [0, 1, 2, 3, 4]

    def test_it_costs_the_same_however_many_are_escalated(
        self, at_work, write_in, lead, payments, ben, django_assert_max_num_queries
    ):
        for number in range(4):
            row = write_in(f"Number {number}")
            escalate(row, lead, reason="Hard", by=ben.actor)
            ask(row, payments, message=NewMessage(body="Twice?"), waits=True, by=ben.actor)
        at_work.get("/console/escalations/")
        with django_assert_max_num_queries(12):
            html = at_work.get("/console/escalations/").content.decode()
        assert html.count("Waits for Payments") == 4

    def test_it_shows_only_what_one_may_see(self, client, carl, ticket, lead, ben):
        escalate(ticket, lead, reason="Secret reason", by=ben.actor)
        client.force_login(carl)
        html = client.get("/console/escalations/").content.decode()
        assert "Secret reason" not in html
        assert "Nothing is escalated" in html

    def test_what_waits_outside_has_a_list_of_its_own(self, at_work, ticket, payments, ben):
        ask(ticket, payments, message=NewMessage(body="Twice?"), waits=True, by=ben.actor)
        assert "Waits for Payments" in at_work.get("/console/escalations/?level=outside").content.decode()

    def test_a_cursor_that_makes_no_sense_begins_anew(self, at_work, ticket, lead, ben):
        escalate(ticket, lead, reason="Hard", by=ben.actor)
        for after in ("x", "|", "x|y", "2026|1", "-|x", "-|1"):
            assert at_work.get("/console/escalations/", {"after": after}).status_code == 200

    def test_the_levels_are_explained(self, at_work, lead, tier):
        html = at_work.get("/console/escalations/levels").content.decode()
        assert "Only by hand and by rules" in html
        assert "Call her today" in html


def test_lowered_tickets_show_their_history(at_work, ticket, lead, ben):
    escalate(ticket, lead, reason="Angry", by=ben.actor)
    de_escalate(ticket, reason="Calm again", by=ben.actor)
    html = shown(at_work, ticket)
    assert "Calm again" in html
    assert "Raise further" not in html
