import pytest

from tugon.accounts.models import Team
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed
from tugon.tickets import lists, operations
from tugon.tickets.errors import ConditionInvalid, NameMissing, OrderUnknown
from tugon.tickets.models import View
from tugon.tickets.starting import create_starting_rows

pytestmark = pytest.mark.django_db

OPEN = {"all": [{"field": "status", "is": "in", "value": ["open"]}]}


def test_an_agent_saves_a_list_for_itself(ben, lea, support):
    named = {"all": [{"field": "team", "is": "in", "value": ["support"]}]}
    row = operations.create_view(name=" Ours ", conditions=named, by=ben.actor)
    assert (row.name, row.agent, row.conditions["all"][0]["value"]) == ("Ours", ben, [support.pk])
    assert operations.views_for(ben) == [row]
    assert operations.views_for(lea) == []
    assert list(Event.objects.about("view", row.pk).values_list("name", flat=True)) == ["ViewCreated"]


def test_sharing_needs_the_permission(ben, lea, support, billing):
    mine = operations.create_view(name="Mine", conditions=OPEN, by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.share_view(mine, by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.create_view(name="All", conditions=OPEN, for_everyone=True, by=ben.actor)
    theirs = operations.create_view(name="Support", conditions=OPEN, team=support, by=lea.actor)
    with pytest.raises(NotAllowed):
        operations.change_view(theirs, name="Mine now", by=ben.actor)
    with pytest.raises(NotAllowed):
        operations.change_view(mine, name="Leas", by=lea.actor)
    assert operations.views_for(ben) == [mine, theirs]
    assert operations.share_view(theirs, by=lea.actor).team is None
    assert operations.keep_view_to_oneself(theirs, by=lea.actor).agent == lea


def test_views_are_ordered_changed_and_forgotten(ben):
    rows = [operations.create_view(name=name, conditions=OPEN, by=ben.actor) for name in "abc"]
    operations.reorder_views([rows[2].pk, rows[0].pk, rows[1].pk], by=ben.actor)
    assert [row.name for row in operations.views_for(ben)] == ["c", "a", "b"]
    changed = operations.change_view(rows[0], order="due_at", name="A", by=ben.actor)
    assert (changed.order, changed.name) == ("due_at", "A")
    for _ in range(2):
        operations.delete_view(rows[1], by=ben.actor)
    assert [row.name for row in operations.views_for(ben)] == ["c", "A"]


def test_what_cannot_work_is_refused(ben):
    with pytest.raises(NameMissing):
        operations.create_view(name=" ", conditions=OPEN, by=ben.actor)
    with pytest.raises(OrderUnknown):
        operations.create_view(name="x", conditions=OPEN, order="colour", by=ben.actor)
    wrong = {"all": [{"field": "fields.moon", "is": "in", "value": ["full"]}]}
    with pytest.raises(ConditionInvalid, match=r"fields\.moon"):
        operations.create_view(name="x", conditions=wrong, by=ben.actor)
    assert not View.objects.exists()


def test_a_new_installation_has_working_views_and_a_repeat_adds_none(ben, ticket):
    create_starting_rows()
    create_starting_rows()
    views = operations.views_for(ben)
    numbers = {view.name_in("en"): lists.counts(views, ben)[view.pk].number for view in views}
    assert (numbers["Unassigned"], numbers["My teams"], numbers["All open"], numbers["My tickets"]) == (
        1,
        1,
        1,
        0,
    )
    assert all(view.name_in("fil") for view in views)
    assert len({view.shortcut for view in views if view.shortcut}) == len(
        [view for view in views if view.shortcut]
    )


def test_a_team_that_is_gone_takes_its_views_along(lea, support):
    operations.create_view(name="Support", conditions=OPEN, team=support, by=lea.actor)
    Team.objects.filter(pk=support.pk).delete()
    assert not View.objects.exists()
