from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tugon.accounts import operations as accounts
from tugon.accounts.models import Agent
from tugon.channels.models import Channel
from tugon.events.models import Event, FailedReaction
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.lib.remember import remembering
from tugon.routing import capacity, sweeping
from tugon.routing.errors import AvailabilityRefused, RoutingRefused
from tugon.routing.models import AgentLanguage, AgentSkill, Availability, RoutedTicket, Skill, TeamRouting
from tugon.routing.operations import (
    change_habits,
    change_team,
    drain,
    ensure_rows,
    need,
    refresh,
    route,
    set_away,
    set_capacity,
    set_hours,
    set_online,
    set_out_of_office,
    set_skills,
)
from tugon.tickets import operations
from tugon.tickets.conditions import compile, matches, snapshot
from tugon.tickets.models import Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(ben, lea):
    """Ben and Lea of Support, both here."""
    Agent.objects.filter(pk__in=[ben.pk, lea.pk]).update(last_seen_at=now())
    for agent in (ben, lea):
        set_online(agent, by=agent.actor)
    return ben, lea


@pytest.fixture
def automatic(support, at_work, lea):
    """Support gives its tickets out."""
    return lambda **values: change_team(support, is_automatic=True, by=lea.actor, **values)


def who(ticket):
    return Ticket.objects.get(pk=ticket.pk).assignee


def why(ticket):
    return [code for code, _values in RoutedTicket.objects.get(ticket=ticket).why]


def test_a_team_that_never_chose_gives_nothing_out(at_work, ticket):
    assert who(ticket) is None
    assert not RoutedTicket.objects.exists()


def test_a_new_ticket_is_given_to_the_least_loaded_and_says_why(automatic, ben, lea, write_in, facts):
    automatic()
    first, second = write_in("One"), write_in("Two")
    assert {who(first), who(second)} == {ben, lea}
    assert why(second) == ["only_one"] or why(second) == ["least_loaded"]
    assert facts(first)[-2:] == ["TicketAssigned", "TicketRouted"]
    assert Event.objects.named("TicketAssigned").first().actor_kind == "system"
    assert not FailedReaction.objects.exists()


def test_without_automatic_teams_a_new_ticket_costs_routing_nothing(write_in):
    with remembering():
        write_in("First")
        with CaptureQueriesContext(connection) as captured:
            write_in("Second")
    assert not [one["sql"] for one in captured if "routing_" in one["sql"]]


def test_choosing_costs_four_statements_and_giving_what_giving_costs(automatic, write_in, ben):
    automatic()
    with remembering():
        write_in("First")
        with CaptureQueriesContext(connection) as captured:
            write_in("Second")
    own = [one["sql"] for one in captured if "routing_" in one["sql"]]
    # the ticket with what it needs, the agents, the reason (looked for, written), whose turn it is
    assert len(own) <= 7


def test_who_is_full_gets_nothing_and_the_ticket_waits(automatic, ben, lea, write_in):
    automatic()
    for agent in (ben, lea):
        set_capacity(agent, {"mail": 1}, by=lea.actor)
    tickets = [write_in(str(number)) for number in range(3)]
    assert {who(tickets[0]), who(tickets[1])} == {ben, lea}
    assert (who(tickets[2]), why(tickets[2])) == (None, ["all_full"])
    operations.solve(tickets[0], by=lea.actor)
    assert drain(tickets[0].team_id) == 1
    assert who(tickets[2]) is not None


def test_the_queue_drains_the_oldest_promise_first(automatic, ben, lea, write_in):
    set_away(ben, by=ben.actor)
    set_away(lea, by=lea.actor)
    automatic()
    late, early = write_in("Late"), write_in("Early")
    Ticket.objects.filter(pk=late.pk).update(due_at=now() + timedelta(hours=9))
    Ticket.objects.filter(pk=early.pk).update(due_at=now() + timedelta(hours=1))
    assert why(early) == ["nobody_available"]
    set_capacity(ben, {"mail": 1}, by=lea.actor)
    set_online(ben, by=ben.actor)
    assert drain(late.team_id) == 1
    assert (who(early), who(late)) == (ben, None)


def test_a_chat_and_a_letter_take_different_places(automatic, ben, lea, write_in, support):
    automatic(left_out=[lea])
    set_capacity(ben, {"mail": 1, "chat": 1}, by=lea.actor)
    chat = Channel.objects.create(kind="chat", name="Chat", team=support)
    letter, talk, second = write_in("A"), write_in("B", channel=chat), write_in("C", channel=chat)
    assert (who(letter), who(talk), who(second)) == (ben, ben, None)


def test_who_had_the_customer_last_gets_the_next_ticket_too(automatic, ben, lea, write_in):
    old = write_in("Old")
    operations.assign(old, to=lea, by=lea.actor)
    automatic(strategy="last_agent")
    assert who(write_in("New")) == lea


def test_a_skill_is_found_by_its_conditions_and_needs_somebody_who_has_it(automatic, ben, lea, write_in):
    condition = {"all": [{"field": "tags", "is": "any_of", "value": ["payout"]}]}
    payouts = Skill.objects.create(names={"en": "Payouts"}, conditions=condition, level=2)
    set_skills(lea, {payouts.pk: 3}, by=lea.actor)
    automatic(strategy="round_robin")
    tickets = [write_in("Payout", tags=["payout"]) for _number in range(3)]
    assert {who(ticket) for ticket in tickets} == {lea}
    assert why(tickets[0])[0] == "skill"


def test_a_skill_whose_conditions_are_broken_is_passed_over(automatic, write_in):
    Skill.objects.create(
        names={"en": "X"}, conditions={"all": [{"field": "nonsense", "is": "in", "value": 1}]}
    )
    automatic()
    assert who(write_in("A")) is not None


def test_a_needed_skill_can_be_said_and_asked_for(ticket, ben, lea):
    skill = Skill.objects.create(names={"en": "Payouts"})
    need(ticket, skill=skill, by=ben.actor)
    tree = {"all": [{"field": "needed_skill", "is": "in", "value": [skill.pk]}]}
    assert Ticket.objects.filter(compile(tree, agent=None, now=now())).exists()
    assert matches(tree, snapshot(Ticket.objects.get(pk=ticket.pk)), now())


def test_language_decides_where_somebody_speaks_it(automatic, ben, lea, write_in):
    AgentLanguage.objects.create(agent=ben, language="en", level=3)
    automatic()
    assert {who(write_in(str(number))) for number in range(3)} == {ben}


def test_a_rule_may_route_by_a_strategy_of_its_own(at_work, ticket, lea, carl):
    choice = route(ticket, strategy="round_robin")
    assert who(ticket).pk == choice.agent_id
    assert route(ticket).why == (("has_somebody", {}),)
    with pytest.raises(RoutingRefused):
        route(ticket, strategy="by magic")
    with pytest.raises(NotAllowed):
        route(ticket, by=carl.actor)


def test_who_puts_a_ticket_back_is_not_given_it_again(automatic, ben, lea, write_in):
    automatic(left_out=[lea])
    ticket = write_in("A")
    assert who(ticket) == ben
    automatic(left_out=[])
    operations.assign(ticket, to=None, by=ben.actor)
    assert drain(ticket.team_id) == 1
    assert who(ticket) == lea


def test_out_of_office_passes_open_tickets_to_the_substitute(ben, lea, write_in, facts):
    ours, waiting = write_in("Ours"), write_in("Waiting")
    for ticket in (ours, waiting):
        operations.assign(ticket, to=ben, by=lea.actor)
    operations.set_status(waiting, to="waiting", by=lea.actor)
    set_out_of_office(ben, begins=now() - timedelta(hours=1), substitute=lea, by=ben.actor)
    assert (who(ours), who(waiting)) == (lea, ben)
    assert "AgentBecameUnavailable" in facts(ben)
    # The customer answers: somebody who is here gets it.
    operations.add_incoming(
        waiting, operations.NewMessage(body="Hello?"), customer=waiting.customer, by=waiting.customer.actor
    )
    assert who(waiting) == lea


def test_waiting_tickets_go_too_where_the_team_says_so(automatic, ben, lea, write_in):
    automatic(on_leave="substitute", left_out=[lea])
    ticket = write_in("A")
    operations.set_status(ticket, to="waiting", by=lea.actor)
    set_out_of_office(ben, begins=now() - timedelta(hours=1), by=ben.actor)
    assert who(ticket) is None


def test_without_substitute_tickets_of_a_manual_team_stay(ben, lea, write_in):
    ticket = write_in("A")
    operations.assign(ticket, to=ben, by=lea.actor)
    set_out_of_office(ben, begins=now() - timedelta(hours=1), by=ben.actor)
    assert who(ticket) == ben


def test_an_absence_begins_and_ends_by_the_clock(ben, lea, at_work):
    set_out_of_office(
        ben, begins=now() + timedelta(hours=1), ends=now() + timedelta(hours=2), substitute=lea, by=ben.actor
    )
    row = Availability.objects.get(agent=ben)
    assert row.is_available
    Availability.objects.update(out_from=now() - timedelta(hours=1))
    assert ben.pk in refresh()
    row.refresh_from_db()
    assert (row.state, row.state_until) == ("out", row.out_until)
    assert refresh() == []


def test_who_is_not_seen_is_away_after_a_while_and_here_again_when_seen(ben, at_work, ada, facts):
    Agent.objects.update(last_seen_at=now() - timedelta(hours=1))
    assert ben.pk in refresh()
    assert Availability.objects.get(agent=ben).state == "unseen"
    Agent.objects.update(last_seen_at=now())
    assert ben.pk in refresh()
    assert facts(ben)[-2:] == ["AgentBecameUnavailable", "AgentBecameAvailable"]
    change_habits(capacity={"mail": 5, "chat": 2, "phone": 1}, away_after=0, by=ada.actor)
    Agent.objects.update(last_seen_at=None)
    refresh()
    assert set(Availability.objects.values_list("state", flat=True)) == {"online"}
    assert capacity.of(ben) == {"mail": 5, "chat": 2, "phone": 1}


def test_hours_are_understood_or_refused_with_the_part(ben):
    assert set_hours(ben, "mon-fri 9:00-17:00", by=ben.actor).hours == "Mon–Fri 09:00–17:00"
    with pytest.raises(AvailabilityRefused, match="whenever"):
        set_hours(ben, "whenever", by=ben.actor)


def test_only_oneself_or_who_may_route_says_whether_somebody_is_there(ben, lea, carl):
    with pytest.raises(NotAllowed):
        set_away(ben, by=carl.actor)
    with pytest.raises(NotAllowed):
        set_capacity(ben, {"mail": 1}, by=ben.actor)
    assert set_away(ben, by=lea.actor).state == "away"
    with pytest.raises(AvailabilityRefused):
        set_out_of_office(ben, begins=now(), substitute=ben, by=ben.actor)
    with pytest.raises(AvailabilityRefused):
        set_out_of_office(ben, begins=now(), ends=now() - timedelta(1), by=ben.actor)


def test_tickets_of_a_deactivated_agent_find_somebody_else(automatic, ben, lea, ada, write_in):
    automatic(left_out=[lea])
    ticket = write_in("A")
    assert who(ticket) == ben
    automatic(left_out=[])
    accounts.deactivate(ben, by=ada.actor)
    assert who(ticket) is None
    assert sweeping.sweep() == 1
    assert who(ticket) == lea


def test_who_leaves_a_team_leaves_its_tickets(automatic, ben, lea, ada, write_in, billing):
    automatic(left_out=[lea])
    ticket = write_in("A")
    accounts.change_teams(ben, teams=[billing], by=ada.actor)
    assert who(ticket) is None


def test_new_agents_get_a_row_and_rows_are_made_once(ben, lea, roles, ada):
    ensure_rows()
    ensure_rows()
    assert Availability.objects.count() == Agent.objects.count()
    accounts.invite(email="dan@company.example", name="Dan", roles=[roles["Agent"]], teams=[], by=ada.actor)
    assert Availability.objects.count() == Agent.objects.count()


def test_what_cannot_be_is_refused_in_words(support, ben, lea):
    for values in ({"strategy": "magic"}, {"waits_for_fit": -1}, {"on_leave": "x"}, {"speed": 3}):
        with pytest.raises(RoutingRefused):
            change_team(support, by=lea.actor, **values)
    with pytest.raises(NotAllowed):
        change_team(support, is_automatic=True, by=ben.actor)
    with pytest.raises(RoutingRefused):
        set_skills(ben, {99999: 2}, by=lea.actor)
    assert not TeamRouting.objects.exists()
    assert not AgentSkill.objects.exists()


def test_spam_and_imports_are_given_to_nobody(automatic, write_in):
    automatic()
    assert who(write_in("Pills", is_spam=True)) is None
    assert who(write_in("Old", is_silent=True)) is None
