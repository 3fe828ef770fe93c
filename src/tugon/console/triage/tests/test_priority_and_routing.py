"""Priority and routing as an agent meets them in the console, without the browser."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tugon.accounts.models import Agent
from tugon.lib.clock import now
from tugon.priority.models import Assessment, Override
from tugon.routing.models import Availability
from tugon.routing.operations import change_team, set_away, set_online, set_out_of_office
from tugon.tickets import operations

pytestmark = pytest.mark.django_db


def enter(agent):
    client = Client()
    client.force_login(agent)
    return client


def address(name, *args):
    return reverse(f"console:{name}", args=args)


def read(client, *parts, **options):
    answer = client.get(address(*parts), **options)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_says_why_the_ticket_has_its_priority(ticket, ben):
    page = read(enter(ben), "ticket", ticket.pk)
    assert "Why this priority" in page
    assert "Normal: one person × moderate × no threat" in page


def test_choosing_a_priority_asks_for_the_reason_and_sets_nothing_yet(ticket, ben):
    client = enter(ben)
    dialog = client.get(address("priority", ticket.pk), {"to": "4"}, headers={"HX-Request": "true"})
    assert 'value="4" selected' in dialog.content.decode()
    whole = client.get(address("priority", ticket.pk), {"to": "4"}).content.decode()
    assert "<title>Priority" in whole
    ticket.refresh_from_db()
    assert ticket.priority == 2


def test_without_a_reason_it_is_refused_in_words(ticket, ben):
    answer = enter(ben).post(address("priority", ticket.pk), {"priority": "4", "reason": " "})
    assert answer.status_code == 422
    assert "Say why this ticket gets another priority" in answer.content.decode()
    assert not Override.objects.exists()
    assert enter(ben).post(address("properties", ticket.pk), {"priority": "4"}).status_code == 422


def test_a_decision_stands_on_the_ticket_and_can_be_taken_back(ticket, ben):
    client = enter(ben)
    client.post(
        address("priority", ticket.pk), {"priority": "4", "reason": "Press asked", "until": "tomorrow"}
    )
    page = read(client, "ticket", ticket.pk)
    assert "Ben Bautista decided otherwise: Press asked. By the table it would be Normal." in page
    assert "decided the priority Urgent until" in page
    client.post(address("priority-back", ticket.pk))
    ticket.refresh_from_db()
    assert ticket.priority == 2
    assert "let the table decide the priority again: Normal" in read(client, "ticket", ticket.pk)


def test_a_colleague_says_how_many_are_affected(ticket, ben):
    enter(ben).post(address("priority-known", ticket.pk), {"reach": "4", "threat": ""})
    assert Assessment.objects.get(ticket=ticket).users_affected == 4
    assert "a colleague says so" in read(enter(ben), "ticket", ticket.pk)


def test_many_tickets_need_one_reason(ticket, ben):
    client = enter(ben)
    chosen = {"tickets": [ticket.pk], "do_priority": "4"}
    assert "Say why this ticket" in client.post(address("bulk-preview"), chosen).content.decode()
    client.post(address("bulk"), {**chosen, "do_reason": "Outage"})
    ticket.refresh_from_db()
    assert (ticket.priority, Override.objects.get().reason) == (4, "Outage")


def test_the_page_says_why_this_agent_and_whether_they_are_here(ben, lea, support, write_in):
    Agent.objects.update(last_seen_at=now())
    set_online(ben, by=ben.actor)
    change_team(support, is_automatic=True, by=lea.actor)
    ticket = write_in("A")
    page = read(enter(lea), "ticket", ticket.pk)
    assert "Why Ben Bautista has it" in page
    assert "the only one who was free (0 of 20)" in page
    assert "Why Ben Bautista: the only one who was free" in page
    set_away(ben, by=ben.actor)
    page = read(enter(lea), "ticket", ticket.pk)
    assert "Ben Bautista · Away" in page


def test_the_ticket_page_still_reads_in_one_statement(ticket, ben, django_assert_max_num_queries):
    client = enter(ben)
    read(client, "ticket", ticket.pk)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        read(client, "ticket", ticket.pk)
    assert not [one["sql"] for one in captured if one["sql"].startswith('SELECT "priority_')]
    assert not [one["sql"] for one in captured if one["sql"].startswith('SELECT "routing_')]


def test_the_menu_in_the_bar_says_and_changes_whether_i_am_here(ben):
    client = enter(ben)
    assert "You are: Available" in read(client, "here-mine")
    shown = client.post(
        address("here-mine"), {"state": "away", "until": "later"}, headers={"HX-Request": "true"}
    )
    assert "You are: Away" in shown.content.decode()
    client.post(address("here-mine"), {"state": "online"})
    assert Availability.objects.get(agent=ben).is_available
    assert client.post(address("here-mine"), {"state": "dancing"}).status_code == 422


def test_the_board_shows_load_and_lets_leads_change_others(ticket, ben, lea, carl):
    operations.assign(ticket, to=ben, by=lea.actor)
    page = read(enter(lea), "here")
    assert "1 of 20" in page
    enter(lea).post(address("here-state", ben.pk), {"state": "away"})
    assert Availability.objects.get(agent=ben).state == "away"
    assert enter(carl).post(address("here-state", ben.pk), {"state": "online"}).status_code == 403
    assert enter(carl).get(address("here-person", ben.pk)).status_code == 403


def test_the_board_costs_the_same_for_many(ben, lea, hire, support, django_assert_max_num_queries):
    client = enter(lea)
    read(client, "here")
    for name in ("Dan", "Eva", "Fay", "Gil"):
        hire(name, "Agent", support)
    with django_assert_max_num_queries(24):
        read(client, "here")


def test_hours_absence_and_substitute_are_kept_or_refused_with_the_words_typed(ben, lea):
    client = enter(ben)
    data = {"hours": "whenever", "out_from": "", "out_until": "", "substitute": ""}
    refused = client.post(address("here-person", ben.pk), data)
    assert refused.status_code == 422
    assert 'value="whenever"' in refused.content.decode()
    data |= {"hours": "Mon-Fri 9:00-17:00", "out_from": "2026-12-24T00:00", "out_until": "2027-01-02T00:00"}
    client.post(address("here-person", ben.pk), data | {"substitute": lea.pk})
    row = Availability.objects.get(agent=ben)
    assert (row.hours, row.substitute, row.out_from.year) == ("Mon–Fri 09:00–17:00", lea, 2026)
    assert 'value="2026-12-24T00:00"' in read(client, "here-person", ben.pk)


def test_a_lead_sets_capacities(ben, lea):
    enter(lea).post(address("here-person", ben.pk), {"capacity": "1", "lane_mail": "5", "lane_chat": ""})
    assert Availability.objects.get(agent=ben).capacity == {"mail": 5}
    assert (
        enter(ben).post(address("here-person", ben.pk), {"capacity": "1", "lane_mail": "1"}).status_code
        == 422
    )


def test_an_absent_assignee_is_shown_with_the_substitute(ticket, ben, lea):
    operations.assign(ticket, to=ben, by=lea.actor)
    operations.set_status(ticket, to="waiting", by=lea.actor)
    until = now() + timedelta(days=3)
    set_out_of_office(ben, begins=now() - timedelta(1), ends=until, substitute=lea, by=ben.actor)
    page = read(enter(lea), "ticket", ticket.pk)
    assert "Out of office" in page
    assert "substitute: Lea Lim" in page
