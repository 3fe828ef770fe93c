"""Clocks as rows: written with the ticket, followed, warned about, told, broken; and what that costs."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tugon.customers.models import ContactPoint
from tugon.database.revision import remembering_decisions
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.sla import clocks, promises, telling, watching
from tugon.sla.handlers import follow_ticket
from tugon.sla.models import Calendar, Clock, Policy
from tugon.tickets.models import Message
from tugon.tickets.operations import (
    NewMessage,
    add_incoming,
    change,
    mark_spam,
    merge,
    open_ticket,
    reply,
    set_status,
    solve,
    undo_merge,
    unmark_spam,
    withdraw,
)

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
H = timedelta(hours=1)


@pytest.fixture
def monday():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def fresh():
    promises.forget()
    yield
    promises.forget()


@pytest.fixture
def by_mail(write_in, ana):
    """A letter of Ana's, which may be answered."""

    def make(**fields):
        ticket = write_in(**fields)
        Message.objects.filter(ticket=ticket).update(
            envelope={"from": {"name": "Ana Santos", "address": "ana@mail.example"}, "may_answer": True}
        )
        return ticket

    return make


def one(ticket, kind, cycle=1):
    return Clock.objects.get(ticket=ticket, kind=kind, cycle=cycle)


def facts(ticket, *names):
    return list(
        Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, name__in=names)
        .order_by("id")
        .values_list("name", flat=True)
    )


def test_a_ticket_is_written_with_its_promises(monday, write_in):
    ticket = write_in()
    assert {(row.kind, row.state) for row in ticket.clocks.all()} == {
        ("first_response", "running"),
        ("resolution", "running"),
    }
    assert one(ticket, "resolution").due_at == MONDAY + timedelta(days=2, hours=8)
    assert facts(ticket, "TicketOpened", "PromiseMade") == ["TicketOpened"]


def test_an_imported_ticket_promises_nothing(monday, ana, mailbox):
    ticket = open_ticket(
        customer=ana, subject="Old", message=NewMessage(body="Old"), by=SYSTEM, is_silent=True
    )
    assert not ticket.clocks.exists()
    monday.shift(timedelta(days=30))
    add_incoming(ticket, NewMessage(body="And again"), by=ana.actor, customer=ana)
    assert one(ticket, "first_response").started_at == MONDAY + timedelta(days=30)


def test_an_answer_in_time_keeps_the_promise(monday, write_in, ben):
    ticket = write_in()
    monday.shift(2 * H)
    reply(ticket, NewMessage(body="Try again"), by=ben.actor, then="waiting")
    assert one(ticket, "first_response").state == "kept"
    assert one(ticket, "resolution").state == "paused"
    assert facts(ticket, "PromiseKept", "PromiseBroken") == ["PromiseKept"]


def test_an_answer_too_late_breaks_it(monday, write_in, ben):
    ticket = write_in()
    monday.shift(timedelta(days=1, hours=1))
    reply(ticket, NewMessage(body="Sorry"), by=ben.actor)
    row = one(ticket, "first_response")
    assert (row.state, row.broken_at) == ("broken", MONDAY + 8 * H)
    assert facts(ticket, "PromiseKept", "PromiseBroken") == ["PromiseBroken"]


def test_a_reply_taken_back_leaves_the_promise_as_it_was(monday, write_in, ben):
    ticket = write_in()
    message = reply(ticket, NewMessage(body="Oops"), by=ben.actor, then="waiting", undo_seconds=10)
    withdraw(message, by=ben.actor)
    row = one(ticket, "first_response")
    assert (row.state, row.due_at, row.ended_at) == ("running", MONDAY + 8 * H, None)


def test_reopening_never_resets_a_clock(monday, write_in, ana, ben):
    ticket = write_in()
    reply(ticket, NewMessage(body="Done"), by=ben.actor)
    monday.shift(H)
    solve(ticket, by=ben.actor)
    monday.shift(timedelta(days=7))
    add_incoming(ticket, NewMessage(body="Not done"), by=ana.actor, customer=ana)
    row = one(ticket, "resolution")
    assert (row.started_at, row.state) == (MONDAY, "running")
    assert row.due_at == MONDAY + timedelta(days=9, hours=8)
    assert clocks.paused_by(clocks.of(ticket)[-1]) == [("solved", timedelta(days=7))]


def test_a_raised_priority_counts_from_the_same_start(monday, write_in, ben):
    calendar = Calendar.objects.create(name="Office", zone="UTC")
    Policy.objects.create(name="Rest", calendar=calendar, is_default=True)
    Policy.objects.create(
        name="Urgent",
        calendar=calendar,
        first_response="2 business hours",
        conditions={"all": [{"field": "priority", "is": "at_least", "value": 4}]},
    )
    promises.forget()
    ticket = write_in()
    monday.shift(H)
    change(ticket, by=ben.actor, priority=4)
    ticket.refresh_from_db()
    assert ticket.due_at == MONDAY + 2 * H
    assert one(ticket, "first_response").target == "2 business hours"


def test_what_was_kept_stays_kept_under_a_stricter_policy(monday, write_in, ben):
    calendar = Calendar.objects.create(name="Office", zone="UTC")
    Policy.objects.create(name="Rest", calendar=calendar, is_default=True)
    urgent = {"all": [{"field": "priority", "is": "at_least", "value": 4}]}
    Policy.objects.create(name="Urgent", calendar=calendar, first_response="10 minutes", conditions=urgent)
    promises.forget()
    ticket = write_in()
    monday.shift(H)
    reply(ticket, NewMessage(body="I look into it"), by=ben.actor)
    change(ticket, by=ben.actor, priority=4)
    row = one(ticket, "first_response")
    assert (row.state, row.target, row.broken_at) == ("kept", "1 business day", None)


def test_the_first_policy_that_fits_counts(monday, write_in, members, support):
    calendar = Calendar.objects.create(name="Office", zone="UTC")
    Policy.objects.create(name="Rest", calendar=calendar, is_default=True)
    for place, (name, target, field, value) in enumerate(
        (
            ("Members", "4 business hours", "audience", members.pk),
            ("Support", "1 business hour", "team", support.pk),
        )
    ):
        condition = {"all": [{"field": field, "is": "in", "value": [value]}]}
        Policy.objects.create(
            name=name, calendar=calendar, position=place, first_response=target, conditions=condition
        )
    promises.forget()
    assert write_in().due_at == MONDAY + 4 * H


def test_spam_and_merged_tickets_rest(monday, write_in, ada):
    ticket, other = write_in(), write_in()
    mark_spam(ticket, by=ada.actor)
    ticket.refresh_from_db()
    assert ticket.due_at is None
    monday.shift(2 * H)
    unmark_spam(ticket, by=ada.actor)
    ticket.refresh_from_db()
    assert ticket.due_at == MONDAY + timedelta(days=1, hours=2)
    merged = merge(other, into=ticket, by=ada.actor)
    assert one(other, "first_response").state == "paused"
    undo_merge(merged, by=ada.actor)
    assert one(other, "first_response").state == "running"


def test_agents_are_warned_then_the_customer_is_told_then_it_breaks(monday, by_mail):
    ticket = by_mail()
    monday.shift(5 * H)
    assert watching.look() == 0
    monday.shift(H)
    assert watching.look() == 1
    assert facts(ticket, "PromiseAtRisk", "CustomerForewarned", "PromiseBroken") == ["PromiseAtRisk"]
    assert watching.look() == 0
    monday.shift(80 * H / 60)
    assert watching.look() == 1
    row = one(ticket, "first_response")
    assert row.told_at == MONDAY + 6 * H + 80 * H / 60
    assert row.expected_at > row.due_at
    letter = Message.objects.get(ticket=ticket, automatic="promise")
    assert "by Tuesday, " in letter.body
    assert letter.envelope["to"][0]["address"] == "ana@mail.example"
    monday.shift(H)
    assert watching.look() == 1
    assert facts(ticket, "PromiseAtRisk", "CustomerForewarned", "PromiseBroken") == [
        "PromiseAtRisk",
        "CustomerForewarned",
        "PromiseBroken",
    ]
    assert watching.look() == 0
    ticket.refresh_from_db()
    assert ticket.due_at == MONDAY + 8 * H


def test_nobody_is_told_twice_nor_any_machine(monday, by_mail, ben):
    ticket = by_mail()
    Message.objects.filter(ticket=ticket).update(automatic="auto-reply")
    monday.shift(8 * H)
    watching.look()
    assert not Message.objects.filter(ticket=ticket, automatic="promise").exists()
    other = by_mail()
    monday.shift(timedelta(days=1))
    for _time in range(3):
        watching.look()
    assert Message.objects.filter(ticket=other, automatic="promise").count() == 1


def test_a_promise_broken_long_ago_is_noted_without_letters(monday, by_mail):
    ticket = by_mail()
    monday.shift(timedelta(days=9))
    watching.look()
    assert facts(ticket, "PromiseAtRisk", "PromiseBroken") == ["PromiseBroken", "PromiseBroken"]
    assert not Message.objects.filter(ticket=ticket, automatic="promise").exists()
    assert watching.look() == 0


@pytest.fixture
def templates():
    """Who writes the letters; nobody afterwards but who did before."""
    before = list(telling._provided)
    yield telling.provide
    telling._provided[:] = before


def test_a_template_speaks_where_there_is_one(monday, by_mail, templates):
    said = {}

    def letter(key, ticket, moments):
        said[key] = moments
        return NewMessage(body="Our own words", language="en", envelope={"template": {"key": key}})

    templates(letter)
    ticket = by_mail()
    monday.shift(7.5 * H)
    watching.look()
    row = one(ticket, "first_response")
    assert said == {telling.AT_RISK: {"old_moment": row.due_at, "new_moment": row.expected_at}}
    sent = Message.objects.get(ticket=ticket, automatic="promise")
    assert sent.body == "Our own words"
    assert sent.envelope["to"][0]["address"] == "ana@mail.example"


def test_our_own_words_are_sent_where_a_template_fails(monday, by_mail, templates):
    def letter(key, ticket, moments):
        raise RuntimeError

    templates(letter)
    ticket = by_mail()
    monday.shift(7.5 * H)
    watching.look()
    assert "We now expect to answer" in Message.objects.get(ticket=ticket, automatic="promise").body


def test_one_that_cannot_be_looked_at_keeps_no_other_waiting(monday, by_mail, monkeypatch):
    first, second = by_mail(), by_mail()
    monday.shift(6 * H)
    usual = watching.bring_up_to_date

    def fails_once(ticket, *args):
        if ticket.pk == first.pk:
            raise RuntimeError
        return usual(ticket, *args)

    monkeypatch.setattr(watching, "bring_up_to_date", fails_once)
    assert watching.look() == 1
    assert one(second, "first_response").warned_at == MONDAY + 6 * H


def test_promises_cost_few_statements(write_in, django_assert_num_queries):
    ticket = write_in()
    with django_assert_num_queries(1):
        assert len(clocks.of(ticket)) == 2
    with remembering_decisions():
        follow_ticket(ticket.pk)
        with django_assert_num_queries(1):
            follow_ticket(ticket.pk)


def test_waiting_for_a_third_party_pauses_too(monday, write_in, ben):
    ticket = write_in()
    set_status(ticket, to="hold", by=ben.actor)
    monday.shift(3 * H)
    set_status(ticket, to="open", by=ben.actor)
    row = one(ticket, "first_response")
    assert row.due_at == MONDAY + timedelta(days=1, hours=3)
    [[since, until, why, _state]] = row.pauses
    assert why == "hold"
    assert datetime.fromisoformat(until) - datetime.fromisoformat(since) == 3 * H


def test_who_has_no_address_is_not_written_to(monday, write_in, ana):
    ContactPoint.objects.filter(customer=ana).delete()
    ticket = write_in()
    monday.shift(7.5 * H)
    watching.look()
    assert not Message.objects.filter(ticket=ticket, automatic="promise").exists()
