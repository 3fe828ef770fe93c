from datetime import timedelta

import pytest

from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.tickets import operations
from tugon.tickets.errors import BulkInvalid
from tugon.tickets.models import Batch, Ticket
from tugon.tickets.operations import bulk
from tugon.tickets.tasks import run_batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def pile(write_in):
    return [write_in(f"Ticket {n}", tags=["old"]) for n in range(4)]


def ids(rows):
    return [row.pk for row in rows]


def look():
    return list(
        Ticket.objects.order_by("pk").values(
            "status",
            "state",
            "assignee",
            "team",
            "priority",
            "tags",
            "snoozed_until",
            "is_spam",
            "merged_into",
            "reopen_count",
        )
    )


ACTIONS = [
    {"assign": "me"},
    {
        "status": "waiting",
        "priority": {"to": 4, "reason": "Outage"},
        "tags": {"add": ["bug"], "remove": ["old"]},
    },
    {"solve": {"done": "Fixed for all"}},
    {"snooze": (now() + timedelta(days=30)).isoformat()},
    {"spam": True},
    {"team": None, "status": "hold"},
]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: "+".join(action))
def test_a_batch_changes_all_and_undo_puts_all_back(pile, lea, action):
    before = look()
    batch = bulk.run(bulk.start(ids(pile), action, by=lea.actor))
    assert (batch.done, batch.total) == (4, 4)
    assert all(now_there != then for now_there, then in zip(look(), before, strict=True))
    undone = bulk.undo(batch, by=lea.actor)
    assert (undone.number, undone.left) == (4, [])
    assert look() == before
    assert bulk.undo(batch, by=lea.actor).number == 0


def test_a_preview_says_what_would_be_and_changes_nothing(pile, lea, facts):
    operations.solve(pile[0], by=lea.actor)
    before, said = look(), facts(pile[1])
    seen = bulk.preview(ids(pile), {"snooze": (now() + timedelta(days=1)).isoformat()}, by=lea.actor)
    assert (seen.total, [one.number for one in seen.refused]) == (4, [pile[0].pk])
    assert "solved" in seen.refused[0].refused
    assert seen.tickets[1].changes["status"] == ("new", "hold")
    assert (look(), facts(pile[1])) == (before, said)


def test_refusals_leave_the_ticket_whole_and_say_why(pile, lea, carl):
    batch = bulk.run(
        bulk.start(ids(pile), {"priority": {"to": 4, "reason": "Outage"}, "assign": carl.pk}, by=lea.actor)
    )
    words = {change.refused for change in batch.changes.all()}
    assert len(words) == 1
    assert words.pop().startswith(
        "Carl Cruz is not in the team Support. Move the ticket to one of Carl Cruz's teams"
    )
    assert {row["priority"] for row in look()} == {2}
    assert bulk.undo(batch, by=lea.actor) == bulk.Undone(0, [])


def test_undo_leaves_alone_what_was_changed_since_and_says_so(pile, lea, ben):
    batch = bulk.run(
        bulk.start(ids(pile), {"status": "waiting", "priority": {"to": 4, "reason": "Outage"}}, by=lea.actor)
    )
    operations.change(pile[0], priority=3, by=ben.actor)
    undone = bulk.undo(batch, by=lea.actor)
    assert (undone.number, undone.left) == (3, [(pile[0].pk, "changed since: Priority.")])
    assert [(row["status"], row["priority"]) for row in look()] == [
        ("new", 3),
        ("new", 2),
        ("new", 2),
        ("new", 2),
    ]


def test_many_merge_into_one_and_come_apart(pile, lea):
    before = look()
    batch = bulk.run(bulk.start(ids(pile), {"merge": pile[0].pk}, by=lea.actor))
    assert Ticket.objects.get(pk=pile[0].pk).message_count == 4
    bulk.undo(batch, by=lea.actor)
    assert look() == before


def test_an_interrupted_batch_goes_on_where_it_stopped(pile, lea, monkeypatch, facts):
    monkeypatch.setattr(bulk, "CHUNK", 3)
    batch = bulk.start(ids(pile), {"priority": {"to": 4, "reason": "Outage"}}, by=lea.actor)
    bulk._run_chunk(batch, lea.actor)
    batch.refresh_from_db()
    assert (batch.done, batch.is_finished) == (3, False)
    with pytest.raises(BulkInvalid, match="still going on"):
        bulk.undo(batch, by=lea.actor)
    run_batch(batch_id=batch.pk)
    run_batch(batch_id=batch.pk)
    batch.refresh_from_db()
    assert batch.is_finished
    assert [facts(one).count("TicketChanged") for one in pile] == [1, 1, 1, 1]


def test_nobody_changes_what_they_do_not_see_or_undoes_for_others(pile, write_in, billing, hire, lea, ben):
    dan = hire("Dan", "Agent", billing)
    dan.roles.get().permissions.remove("ticket.view_all")
    role = dan.roles.get()
    role.permissions = [name for name in role.permissions if name != "ticket.view_all"]
    role.save()
    mine = write_in(team=billing)
    batch = bulk.run(
        bulk.start([*ids(pile), mine.pk], {"priority": {"to": 4, "reason": "Outage"}}, by=dan.actor)
    )
    assert [change.ticket_id for change in batch.changes.all()] == [mine.pk]
    with pytest.raises(BulkInvalid, match="somebody else"):
        bulk.undo(batch, by=lea.actor)


def test_nonsense_is_refused(pile, lea, carl, ana):
    for action in ({}, {"explode": True}):
        with pytest.raises(BulkInvalid):
            bulk.start(ids(pile), action, by=lea.actor)
    with pytest.raises(BulkInvalid):
        bulk.start([], {"priority": {"to": 4, "reason": "Outage"}}, by=lea.actor)
    for somebody in (carl, ana):
        with pytest.raises(NotAllowed):
            bulk.start(ids(pile), {"priority": {"to": 4, "reason": "Outage"}}, by=somebody.actor)
    assert not Batch.objects.exists()


def test_a_ticket_deleted_meanwhile_holds_nothing_up(pile, lea):
    batch = bulk.start(ids(pile), {"priority": {"to": 4, "reason": "Outage"}}, by=lea.actor)
    operations.delete(pile[3], by=lea.actor)
    batch = bulk.run(batch)
    assert (batch.done, batch.total, batch.is_finished) == (3, 3, True)
    operations.delete(pile[2], by=lea.actor)
    assert bulk.undo(batch, by=lea.actor).number == 2
