"""What agents see of promises: every clock on the ticket, and the board."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tugon.sla import promises, watching
from tugon.tickets.operations import NewMessage, add_incoming, reply

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def monday():
    promises.forget()
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock
    promises.forget()


def test_the_ticket_says_what_is_left_and_what_it_stood_still_for(monday, client, write_in, ana, ben):
    ticket = write_in()
    client.force_login(ben)
    page = client.get(f"/console/tickets/{ticket.pk}/").content.decode()
    assert "8h of open time left" in page
    assert "1 business day" in page
    monday.shift(timedelta(hours=1))
    reply(ticket, NewMessage(body="Which browser?"), by=ben.actor, then="waiting")
    page = client.get(f"/console/tickets/{ticket.pk}/").content.decode()
    assert "stands still while waiting for the customer" in page
    assert "kept" in page
    monday.shift(timedelta(hours=2, minutes=10))
    add_incoming(ticket, NewMessage(body="Firefox"), by=ana.actor, customer=ana)
    page = client.get(f"/console/tickets/{ticket.pk}/").content.decode()
    assert "paused 2h 10m while waiting for the customer" in page


def test_a_promise_that_broke_says_so_in_words(monday, client, write_in, ben):
    ticket = write_in()
    monday.shift(timedelta(days=1, hours=2))
    watching.look()
    client.force_login(ben)
    page = client.get(f"/console/tickets/{ticket.pk}/").content.decode()
    assert "late by 18h" in page
    board = client.get("/console/promises").content.decode()
    assert "Next to break" in board
    assert f"#{ticket.pk}" in board


def test_the_board_costs_the_same_however_many_promises(
    monday, client, write_in, ben, django_assert_max_num_queries
):
    client.force_login(ben)
    write_in()
    client.get("/console/promises")
    for _number in range(30):
        write_in()
    with django_assert_max_num_queries(14):
        page = client.get("/console/promises").content.decode()
    assert "Later ones" in page


def test_the_board_shows_later_promises_on_the_next_page(monday, client, write_in, ben):
    import re

    client.force_login(ben)
    tickets = [write_in() for _number in range(15)]
    page = client.get("/console/promises").content.decode()
    after = re.search(r"\?after=([\dT.]+)", page)
    assert after is not None
    later = client.get(f"/console/promises?after={after[1]}").content.decode()
    assert f"#{tickets[-1].pk}" in later
    assert client.get("/console/promises?after=nonsense").status_code == 200
    part = client.get("/console/promises", headers={"HX-Request": "true", "HX-Live": "true"}).content.decode()
    assert part.lstrip().startswith(
        '<div id="board"'
    )  # renewed while one looks: the board, no page in the page


def test_the_board_shows_nobody_what_is_not_theirs(monday, client, write_in, carl):
    ticket = write_in()
    client.force_login(carl)
    assert f"#{ticket.pk}" not in client.get("/console/promises").content.decode()
