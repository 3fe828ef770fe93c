"""What the demo shows of priorities and routing, without the sixty days before it."""

import pytest

from tugon.accounts.starting import create_roles
from tugon.demo.attending import furnish_routing
from tugon.demo.house import furnish
from tugon.demo.weighing import weigh_tickets
from tugon.lib.clock import now
from tugon.priority.models import Assessment, Override
from tugon.routing.models import Availability, Skill, TeamRouting
from tugon.tickets.operations import NewMessage, open_ticket
from tugon.tickets.starting import create_starting_rows

pytestmark = pytest.mark.django_db


def test_the_demo_shows_who_is_here_and_why_tickets_matter():
    create_roles()
    create_starting_rows()
    house = furnish()
    for priority in (1, 2, 3, 4):
        open_ticket(
            customer=house.customers[priority],
            subject="Hello",
            message=NewMessage(body="Words"),
            by=house.customers[priority].actor,
            team=house.teams["Support"],
            priority=priority,
            is_silent=True,
        )
    furnish_routing(house, today=now())
    assert weigh_tickets(house, today=now()) == 4
    assert sorted(Assessment.objects.values_list("ticket__priority", flat=True)) == [1, 2, 3, 4]
    assert Override.objects.get().reason
    states = dict(Availability.objects.values_list("agent__email", "state"))
    assert (states["joaquin@sining.example"], states["noor@sining.example"]) == ("out", "away")
    assert TeamRouting.objects.get(is_automatic=True).team.name == "Trust and safety"
    assert all(skill.conditions for skill in Skill.objects.all())
