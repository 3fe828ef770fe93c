"""Whoever is on call is called until somebody has it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from tugon.escalation.clockwork import call_due
from tugon.escalation.letters import send_page
from tugon.escalation.models import Page, PageCall, RotaOverride
from tugon.escalation.operations import acknowledge, de_escalate, escalate, page
from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.lib.clock import standing_at
from tugon.notifications.models import Notification
from tugon.tickets import operations

MONDAY = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def monday():
    with standing_at(MONDAY):
        yield


def called():
    return list(PageCall.objects.order_by("pk").values_list("agent__name", flat=True))


def pass_time(minutes):
    with standing_at(MONDAY + timedelta(minutes=minutes)):
        return call_due()


def test_who_is_on_call_is_told_and_mailed_where_they_are_paged(monday, ticket, rota, level, lea, ben, facts):
    escalate(ticket, level(1, "On call", rota=rota), reason="All down", by=lea.actor)
    call = PageCall.objects.get()
    assert (call.agent, call.address) == (ben, "ben-phone@pager.example")
    assert "PageSent" in facts(ticket)
    assert Notification.objects.filter(kind="paged", agent=ben).count() == 1
    send_page(call)
    (letter,) = mail.outbox
    assert letter.to == ["ben-phone@pager.example"]
    assert f"#{ticket.pk}" in letter.subject
    assert f"/console/escalations/pages/{call.page_id}" in letter.body


def test_calls_repeat_then_go_to_the_next_person_and_begin_anew(monday, ticket, rota):
    page(ticket, rota, by=SYSTEM)
    assert pass_time(5) == 0
    for minutes in (10, 20, 30, 40):
        assert pass_time(minutes) == 1
    assert called() == ["Ben Bautista", "Ben Bautista", "Lea Lim", "Lea Lim", "Ben Bautista"]


def test_who_has_it_ends_the_calls_and_that_is_written_down(monday, ticket, rota, lea, facts):
    row = page(ticket, rota, by=SYSTEM)
    acknowledge(row, by=lea.actor)
    acknowledge(row, by=lea.actor)
    assert pass_time(30) == 0
    row.refresh_from_db()
    assert row.acknowledged_by == lea
    assert facts(ticket).count("PageAcknowledged") == 1


def test_a_ticket_calls_once_at_a_time(monday, ticket, rota):
    assert page(ticket, rota, by=SYSTEM) == page(ticket, rota, by=SYSTEM)
    assert called() == ["Ben Bautista"]


def test_lowering_or_solving_the_ticket_ends_the_calls(monday, ticket, rota, level, lea, write_in):
    high = level(1, rota=rota)
    escalate(ticket, high, reason="Down", by=lea.actor)
    de_escalate(ticket, reason="Up again", by=lea.actor)
    other = write_in()
    escalate(other, high, reason="Down", by=lea.actor)
    operations.solve(other, by=lea.actor)
    assert pass_time(60) == 0


def test_who_stands_in_is_called(monday, ticket, rota, ada):
    RotaOverride.objects.create(
        rota=rota, agent=ada, begins_at=MONDAY - timedelta(hours=1), ends_at=MONDAY + timedelta(hours=1)
    )
    page(ticket, rota, by=SYSTEM)
    assert called() == ["Ada Aquino"]


def test_who_has_left_is_not_called(monday, ticket, rota, ben):
    ben.is_active = False
    ben.save()
    page(ticket, rota, by=SYSTEM)
    assert called() == ["Lea Lim"]


def test_a_rota_of_nobody_is_told_to_those_who_may_change_it(monday, ticket, rota, ada):
    rota.places.all().delete()
    assert page(ticket, rota, by=SYSTEM) is None
    assert Event.objects.named("PageUnanswered").exists()
    assert Notification.objects.filter(kind="page_unanswered", agent=ada).exists()


def test_after_a_day_of_silence_the_calls_end_and_it_is_told(monday, ticket, rota, ada):
    page(ticket, rota, by=SYSTEM)
    pass_time(24 * 60)
    assert Page.objects.get().next_call_at is None
    assert Notification.objects.filter(kind="page_unanswered", agent=ada).exists()


def test_a_call_that_somebody_answered_meanwhile_is_not_mailed(monday, ticket, rota, lea):
    from tugon.escalation.tasks import send_page as job

    row = page(ticket, rota, by=SYSTEM)
    acknowledge(row, by=lea.actor)
    job(call_id=row.calls.get().pk)
    assert not mail.outbox
