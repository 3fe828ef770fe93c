"""What a channel achieved: from events, in words that hold."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tugon.advisor.measuring import achieved, measure
from tugon.advisor.models import Measure, Route
from tugon.advisor.routes import standings
from tugon.advisor.starting import create_starting_advice
from tugon.lib.clock import now
from tugon.sla.calendars import BusinessHours, Shift
from tugon.sla.models import Calendar
from tugon.sla.promises import Promises
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket, reply

HOURS = BusinessHours(
    ZoneInfo("UTC"),
    {day: (Shift(datetime(2026, 1, 1, 9).time(), datetime(2026, 1, 1, 17).time()),) for day in range(5)},
)
PROMISED = Promises(timedelta(hours=8), timedelta(hours=8), timedelta(hours=24), HOURS)
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_kept_is_counted_in_open_time_and_waits_as_the_clock_runs():
    friday_evening = datetime(2026, 11, 13, 16, tzinfo=UTC)
    found = achieved([(friday_evening, MONDAY + timedelta(hours=6))], PROMISED, at=MONDAY + timedelta(days=3))
    assert (found.asked, found.answered, found.kept) == (1, 1, 1)
    assert found.middle == timedelta(days=2, hours=23)


def test_what_waits_within_its_promise_does_not_count_and_what_waits_beyond_it_does():
    rows = [(MONDAY, None), (MONDAY + timedelta(days=2), None), (MONDAY, MONDAY + timedelta(days=2))]
    found = achieved(rows, PROMISED, at=MONDAY + timedelta(days=2, hours=1))
    assert (found.asked, found.answered, found.kept) == (2, 1, 0)


def test_nothing_asked_is_nothing_achieved():
    assert achieved([], PROMISED, at=MONDAY).middle is None


@pytest.mark.django_db
def test_first_answers_of_people_are_measured_for_each_channel(ana, ben, mailbox):
    asked_at = now() - timedelta(days=3)
    for wait in (1, 2, 9):
        with time_machine.travel(asked_at, tick=False):
            ticket = open_ticket(
                customer=ana,
                subject="?",
                message=NewMessage(body="Why?"),
                by=ana.actor,
                channel=mailbox.channel,
            )
        with time_machine.travel(asked_at + timedelta(hours=wait), tick=False):
            reply(ticket, NewMessage(body="So."), by=ben.actor)
        with time_machine.travel(asked_at + timedelta(hours=wait + 1), tick=False):
            reply(ticket, NewMessage(body="And so."), by=ben.actor)
    spam = open_ticket(
        customer=ana, subject="!", message=NewMessage(body="Buy"), by=ana.actor, channel=mailbox.channel
    )
    Ticket.objects.filter(pk=spam.pk).update(is_spam=True)
    assert measure() == 1
    row = Measure.objects.get()
    assert (row.asked, row.answered, row.middle_seconds) == (3, 3, 2 * 3600)
    measure()
    assert Measure.objects.count() == 1


@pytest.mark.django_db
def test_a_route_with_a_promise_of_its_own_is_measured_by_it(ana, ben, mailbox):
    asked_at = now() - timedelta(days=3)
    with time_machine.travel(asked_at, tick=False):
        ticket = open_ticket(
            customer=ana, subject="?", message=NewMessage(body="Why?"), by=ana.actor, channel=mailbox.channel
        )
    with time_machine.travel(asked_at + timedelta(hours=1), tick=False):
        reply(ticket, NewMessage(body="So."), by=ben.actor)
    always = {str(day): [["00:00", "00:00"]] for day in range(7)}
    route = Route.objects.create(
        key="desk", kind="form", address="/contact/", channel=mailbox.channel, promised_minutes=90,
        calendar=Calendar.objects.create(name="Always", zone="UTC", shifts=always),
    )  # fmt: skip
    measure()
    assert Measure.objects.get().kept == 1
    Route.objects.filter(pk=route.pk).update(promised_minutes=30)
    measure()
    assert Measure.objects.get().kept == 0


@pytest.mark.django_db
def test_a_route_says_whether_it_is_open_and_when_it_opens(mailbox):
    create_starting_advice()
    create_starting_advice()
    assert Route.objects.count() == 4
    office = Calendar.objects.create(name="Office", zone="UTC")
    Route.objects.create(
        key="phone", kind="phone", address="+63281234567", names={"en": "Call"}, calendar=office
    )
    sunday = datetime(2026, 11, 15, 12, tzinfo=UTC)
    by_key = {one.route.key: one for one in standings(sunday)}
    assert not by_key["phone"].is_open
    assert by_key["phone"].opens_at == MONDAY
    assert by_key["email"].address == mailbox.address
    assert by_key["help"].is_open


@pytest.mark.django_db
def test_a_route_that_leads_nowhere_is_not_shown():
    create_starting_advice()
    assert "email" not in [one.route.key for one in standings()]
