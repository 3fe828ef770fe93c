"""The promise on a ticket follows what happens to it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tugon.events.actors import SYSTEM
from tugon.lib.moments import promise_in_words
from tugon.sla import promises
from tugon.sla.models import Calendar, Policy
from tugon.tickets.operations import NewMessage, add_incoming, close, reply, set_status, solve

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def friday():
    with time_machine.travel(FRIDAY, tick=False) as clock:
        yield clock


def promised(ticket):
    ticket.refresh_from_db()
    return ticket.due_at, ticket.due_kind


def test_a_new_ticket_promises_a_first_response_in_a_business_day(friday, write_in):
    assert promised(write_in()) == (datetime(2026, 11, 23, 10, tzinfo=UTC), "first_response")


def test_an_answer_keeps_the_promise_and_the_next_words_make_another(friday, write_in, ana, ben):
    ticket = write_in()
    reply(ticket, NewMessage(body="Try again"), by=ben.actor, then="waiting")
    assert promised(ticket) == (None, "")
    friday.shift(timedelta(hours=1))
    add_incoming(ticket, NewMessage(body="No"), by=ana.actor, customer=ana)
    due = (datetime(2026, 11, 23, 11, tzinfo=UTC), "next_response")
    assert promised(ticket) == due
    friday.shift(timedelta(hours=3))
    add_incoming(ticket, NewMessage(body="Still no"), by=ana.actor, customer=ana)
    assert promised(ticket) == due


def test_the_promise_stands_still_while_it_is_not_our_turn(friday, ticket, ben):
    ticket_with_promise = promised(ticket)
    set_status(ticket, to="hold", by=ben.actor)
    assert promised(ticket) == (None, "")
    set_status(ticket, to="open", by=ben.actor)
    assert promised(ticket) == ticket_with_promise
    solve(ticket, by=ben.actor)
    close(ticket, by=SYSTEM)
    assert promised(ticket) == (None, "")


def test_an_automatic_answer_promises_nothing(friday, write_in, ana, ben):
    ticket = write_in()
    reply(ticket, NewMessage(body="Try again"), by=ben.actor, then="waiting")
    add_incoming(ticket, NewMessage(body="Away", automatic="out-of-office"), by=ana.actor, customer=ana)
    assert promised(ticket) == (None, "")


def test_what_was_answered_and_is_still_ours_is_to_be_solved_in_three_business_days(friday, write_in, ben):
    ticket = write_in()
    reply(ticket, NewMessage(body="I look into it"), by=ben.actor)
    assert promised(ticket) == (datetime(2026, 11, 25, 10, tzinfo=UTC), "resolution")


def test_the_default_policy_counts_with_its_calendar(friday, write_in):
    calendar = Calendar.objects.create(name="Weekend", zone="Asia/Manila", shifts={"5": [["08:00", "20:00"]]})
    Policy.objects.create(name="Fast", calendar=calendar, first_response="1 business hour", is_default=True)
    promises.forget()
    assert promised(write_in())[0] == datetime(2026, 11, 21, 9, tzinfo=ZoneInfo("Asia/Manila"))


def test_a_company_that_never_opens_promises_nothing(write_in):
    Policy.objects.create(
        name="Closed", calendar=Calendar.objects.create(name="Shut", shifts={}), is_default=True
    )
    promises.forget()
    assert promised(write_in()) == (None, "")
    assert promises.expected_answer() is None


def test_the_form_can_say_when_an_answer_comes(friday):
    assert promises.expected_answer() == datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 20, 7, 3, tzinfo=UTC), "today by 3:15 PM"),
        (datetime(2026, 11, 21, 7, tzinfo=UTC), "tomorrow by 3:00 PM"),
        (datetime(2026, 11, 24, 7, tzinfo=UTC), "by Tuesday, 3:00 PM"),
        (datetime(2026, 12, 4, 7, tzinfo=UTC), "by Friday, December 4, 3:00 PM"),
    ],
)
def test_a_promise_is_said_in_words(moment, words):
    assert (
        promise_in_words(moment, language="en", zone="Asia/Manila", at=FRIDAY - timedelta(hours=4)) == words
    )


def test_a_letter_names_the_day_whenever_it_is_read():
    for moment, words in ((FRIDAY, "by Friday, "), (FRIDAY + timedelta(days=1), "by Saturday, ")):
        said = promise_in_words(moment, language="en", zone="Asia/Manila", at=FRIDAY, in_letter=True)
        assert said.startswith(words)


def test_a_promise_speaks_filipino_and_survives_unknown_names():
    assert "Martes" in promise_in_words(
        datetime(2026, 11, 24, 7, tzinfo=UTC), language="fil", zone="Asia/Manila", at=FRIDAY
    )
    assert promise_in_words(FRIDAY, language="??", zone="No/Where", at=FRIDAY)
