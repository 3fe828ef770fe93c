"""Many workers at the same moment: nobody gets more than it can carry, no ticket goes to two, none is lost."""

import pytest

from tugon.accounts.models import Agent
from tugon.lib.clock import now
from tugon.routing.models import Availability, TeamRouting
from tugon.routing.operations import drain, route, set_capacity, set_online
from tugon.tickets.models import Ticket
from tugon.tickets.tests.test_at_once import together

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)


@pytest.fixture
def crowd(support, ben, lea, write_in):
    """Two agents with room for three each, and ten tickets."""
    Agent.objects.update(last_seen_at=now())
    for agent in Agent.objects.filter(pk__in=[ben.pk, lea.pk]):
        set_online(agent, by=agent.actor)
        set_capacity(agent, {"mail": 3}, by=lea.actor)
    tickets = [write_in(str(number)) for number in range(10)]
    TeamRouting.objects.create(team=support, is_automatic=True)
    return tickets


def carried():
    return {
        agent: Ticket.objects.filter(assignee=agent).count()
        for agent in Availability.objects.values_list("agent_id", flat=True)
    }


def test_six_workers_drain_one_queue_and_nobody_exceeds_capacity(crowd, support):
    results = together(*(lambda: drain(support.pk) for _worker in range(6)))
    assert all(isinstance(one, int) for one in results), results
    assert max(carried().values()) <= 3
    drain(support.pk)  # what was passed over while others held it
    assert sorted(carried().values())[-2:] == [3, 3]
    assert Ticket.objects.filter(assignee=None).count() == 4


def test_ten_tickets_routed_at_once_never_overfill_anybody(crowd):
    results = together(*(lambda one=one: route(one) for one in crowd))
    assert not [one for one in results if isinstance(one, Exception)], results
    given = [one.agent_id for one in results if one.agent_id]
    assert max(carried().values()) <= 3
    assert sum(carried().values()) == len(given)


def test_draining_and_routing_at_once_do_not_wait_for_each_other_for_ever(crowd, support):
    acts = [lambda one=one: route(one) for one in crowd[:4]] + [lambda: drain(support.pk)] * 3
    results = together(*acts)
    assert not [one for one in results if isinstance(one, Exception)], results
    assert max(carried().values()) <= 3
