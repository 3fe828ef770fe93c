from datetime import timedelta

import pytest

from tugon.lib.clock import now
from tugon.tickets import lists
from tugon.tickets.errors import ConditionInvalid, CursorInvalid, OrderUnknown
from tugon.tickets.models import Ticket, View

pytestmark = pytest.mark.django_db

ACTIVE = {"all": [{"field": "status", "is": "in", "value": ["new", "open", "waiting", "hold"]}]}


@pytest.fixture
def many(ana, support, mailbox):
    moment = now()
    return Ticket.objects.bulk_create(
        Ticket(
            subject=f"Ticket {n}",
            customer=ana,
            team=support,
            channel=mailbox.channel,
            status="open",
            priority=1 + n % 4,
            created_at=moment - timedelta(hours=n),
            updated_at=moment - timedelta(minutes=n // 2),
            last_customer_at=None if n % 5 == 0 else moment - timedelta(hours=n % 7),
            due_at=None if n % 3 == 0 else moment + timedelta(hours=n % 4),
        )
        for n in range(23)
    )


@pytest.mark.parametrize("order", lists.ORDERS)
def test_pages_walk_every_ticket_once_forwards_and_back(many, ben, order):
    seen, cursor, pages = [], None, []
    while True:
        page = lists.page(ACTIVE, agent=ben, order=order, after=cursor, limit=5)
        seen += [row.id for row in page.rows]
        pages.append([row.id for row in page.rows])
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert sorted(seen) == sorted(row.pk for row in many)
    assert len(pages) == 5
    for expected in reversed(pages[:-1]):
        page = lists.page(ACTIVE, agent=ben, order=order, after=page.previous_cursor, limit=5)
        assert [row.id for row in page.rows] == expected
    assert page.previous_cursor is None


def test_tickets_without_a_promise_come_last(many, ben):
    rows = lists.page({}, agent=ben, order="due_at", limit=50).rows
    assert [row.due_at is None for row in rows] == sorted(row.due_at is None for row in rows)


def test_a_page_of_fifty_is_one_query(many, ben, django_assert_num_queries):
    assert ben.permissions
    assert ben.team_ids
    with django_assert_num_queries(1):
        rows = lists.page(ACTIVE, agent=ben).rows
        assert (rows[0].customer_name, rows[0].team_name, rows[0].channel_kind) == (
            "Ana Santos",
            "Support",
            "email",
        )


def test_a_list_holds_no_spam_and_no_merged_shells_unless_asked(write_in, ben):
    spam, shell, good = write_in(is_spam=True), write_in(), write_in()
    Ticket.objects.filter(pk=shell.pk).update(merged_into=good)
    assert [row.id for row in lists.page({}, agent=ben).rows] == [good.pk]
    spam_only = {"all": [{"field": "is_spam", "is": "is", "value": True}]}
    assert [row.id for row in lists.page(spam_only, agent=ben).rows] == [spam.pk]


def test_a_list_shows_only_what_the_agent_may_see(write_in, carl, billing):
    write_in()
    theirs = write_in(team=billing)
    assert [row.id for row in lists.page({}, agent=carl).rows] == [theirs.pk]


def test_counts_of_all_views_are_one_query_and_capped(many, ben, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(lists, "MOST_COUNTED", 10)
    views = [
        View.objects.create(name="Active", conditions=ACTIVE),
        View.objects.create(
            name="Mine", conditions={"all": [{"field": "assignee", "is": "in", "value": ["me"]}]}
        ),
        View.objects.create(
            name="Urgent", conditions={"all": [{"field": "priority", "is": "at_least", "value": "urgent"}]}
        ),
        View.objects.create(
            name="Nothing", conditions={"all": [{"field": "team", "is": "in", "value": ["my_teams"]}]}
        ),
        View.objects.create(name="Broken", conditions={"all": [{"field": "moon", "is": "in", "value": [1]}]}),
    ]
    assert ben.permissions
    assert ben.team_ids
    with django_assert_num_queries(1):
        counted = lists.counts(views, ben)
    assert [str(counted[view.pk]) for view in views] == ["9+", "0", "5", "9+", "0"]


def test_counts_of_somebody_who_may_see_nothing_are_zero(many, hire):
    stranger = hire("Tom", "Collaborator")
    stranger.roles.clear()
    view = View.objects.create(name="Active", conditions=ACTIVE)
    assert lists.counts([view], stranger) == {view.pk: lists.Count(0)}


@pytest.mark.parametrize("cursor", ["x", "W10", "!!!", "WyJhIiwxLDIsMF0", "eyJhIjoxfQ"])
def test_a_forged_cursor_is_refused_in_words(many, ben, cursor):
    with pytest.raises(CursorInvalid, match="Start again"):
        lists.page({}, agent=ben, after=cursor)


def test_a_cursor_of_another_order_is_refused(many, ben):
    cursor = lists.page({}, agent=ben, limit=3).next_cursor
    with pytest.raises(CursorInvalid):
        lists.page({}, agent=ben, order="-priority", after=cursor)


def test_unknown_orders_and_conditions_are_refused(ben):
    with pytest.raises(OrderUnknown):
        lists.page({}, agent=ben, order="subject")
    with pytest.raises(ConditionInvalid, match="“All of these”, line 1: there is no field “moon”"):
        lists.page({"all": [{"field": "moon", "is": "in", "value": [1]}]}, agent=ben)
