import pytest

from tugon.accounts import operations as accounts
from tugon.events.models import Event
from tugon.tickets.operations import assign, solve

pytestmark = pytest.mark.django_db


def test_the_open_tickets_of_who_leaves_wait_for_somebody_else(ada, ben, lea, write_in):
    open_one, solved = write_in("Open"), write_in("Solved")
    for ticket in (open_one, solved):
        assign(ticket, to=ben, by=lea.actor)
    solve(solved, by=ben.actor, done="Explained it")
    accounts.deactivate(ben, by=ada.actor)
    open_one.refresh_from_db()
    solved.refresh_from_db()
    assert open_one.assignee is None
    assert solved.assignee == ben
    fact = Event.objects.filter(name="TicketAssigned", subject_id=open_one.pk).latest("id")
    assert fact.cause.name == "AgentDeactivated"
