import pytest

from tugon.customers.errors import FieldInvalid, FieldUnknown
from tugon.customers.models import CustomField
from tugon.events.models import Event
from tugon.lib.errors import NotAllowed
from tugon.tickets import operations
from tugon.tickets.errors import (
    AgentNotActive,
    AssigneeOutsideTeam,
    FieldValueInvalid,
    TeamArchived,
    TicketNotVisible,
    UnknownField,
)
from tugon.tickets.models import Tag

pytestmark = pytest.mark.django_db


def last():
    return Event.objects.filter(depth=0).latest("pk")


def test_a_change_is_one_fact_with_before_and_after_and_a_repeat_none(ticket, ben, facts):
    operations.change(ticket, priority=4, kind="incident", by=ben.actor)
    assert last().data["changes"] == {"priority": [2, 4], "kind": ["question", "incident"]}
    operations.change(ticket, priority=4, by=ben.actor)
    assert facts(ticket).count("TicketChanged") == 1


def test_the_fact_of_a_new_subject_keeps_no_words(ticket, ben):
    operations.change(ticket, subject="  Ana's  secret ", by=ben.actor)
    ticket.refresh_from_db()
    assert (ticket.subject, last().data["changes"]) == ("Ana's secret", {"subject": []})


@pytest.mark.parametrize(
    "values", [{"priority": 9}, {"kind": "poem"}, {"severity": "much"}, {"subject": " "}]
)
def test_values_that_do_not_exist_are_refused(ticket, ben, values):
    with pytest.raises(FieldValueInvalid):
        operations.change(ticket, by=ben.actor, **values)
    with pytest.raises(UnknownField):
        operations.change(ticket, status="solved", by=ben.actor)
    assert last().name == "TicketOpened"


def test_tags_are_words_kept_once(ticket, ben):
    operations.set_tags(ticket, add=["Payment Issue", "payment-issue", "vip"], by=ben.actor)
    operations.set_tags(ticket, add=["vip"], remove=["payment-issue", "never"], by=ben.actor)
    ticket.refresh_from_db()
    assert ticket.tags == ["vip"]
    assert last().data == {"ticket_id": ticket.pk, "added": [], "removed": ["payment-issue"]}
    assert Tag.objects.get(name="vip").used == 1


def test_custom_fields_are_checked_and_their_values_kept_out_of_the_fact(ticket, ben):
    CustomField.objects.create(on="ticket", key="amount", names={"en": "Amount"}, kind="number")
    operations.set_fields(ticket, values={"amount": "12.5"}, by=ben.actor)
    ticket.refresh_from_db()
    assert (ticket.fields, last().data["changes"]) == ({"amount": 12.5}, {"fields.amount": []})
    with pytest.raises(FieldInvalid, match="Amount"):
        operations.set_fields(ticket, values={"amount": "lots"}, by=ben.actor)
    with pytest.raises(FieldUnknown):
        operations.set_fields(ticket, values={"moon": 1}, by=ben.actor)


def test_a_ticket_goes_to_agents_of_its_team(ticket, ben, lea, carl, facts):
    operations.assign(ticket, to=ben, by=lea.actor)
    operations.assign(ticket, to=ben, by=lea.actor)
    with pytest.raises(AssigneeOutsideTeam, match="Carl Cruz is not in the team Support"):
        operations.assign(ticket, to=carl, by=lea.actor)
    ticket.refresh_from_db()
    assert ticket.assignee == ben
    assert facts(ticket).count("TicketAssigned") == 1


def test_an_agent_takes_a_ticket_and_a_customer_cannot(ticket, ben, ana):
    assert operations.take(ticket, by=ben.actor).assignee == ben
    with pytest.raises(NotAllowed):
        operations.take(ticket, by=ana.actor)


def test_nothing_goes_to_who_left(ticket, ben, lea):
    ben.is_active = False
    ben.save()
    with pytest.raises(AgentNotActive):
        operations.assign(ticket, to=ben, by=lea.actor)


def test_a_transfer_takes_its_note_and_lets_go_of_who_stays(ticket, ben, lea, billing, facts):
    operations.assign(ticket, to=ben, by=lea.actor)
    operations.transfer(ticket, to=billing, note="About an invoice", by=ben.actor)
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee, ticket.messages.last().kind) == (billing, None, "note")
    assert facts(ticket)[-3:] == ["NoteAdded", "TicketTransferred", "TicketAssigned"]


def test_who_moves_a_ticket_out_of_sight_still_says_who_gets_it(ticket, hire, support, billing, lea):
    dan = hire("Dan", "Agent", support)
    role = dan.roles.get()
    role.permissions = [name for name in role.permissions if name != "ticket.view_all"]
    role.save()
    operations.transfer(ticket, to=billing, assignee=lea, by=dan.actor)
    ticket.refresh_from_db()
    assert (ticket.team, ticket.assignee) == (billing, lea)
    with pytest.raises(TicketNotVisible):
        operations.change(ticket, priority=4, by=dan.actor)


def test_nothing_goes_to_a_team_of_the_past(ticket, billing, ben, ada):
    from tugon.accounts.operations.teams import archive_team

    operations_before = Event.objects.about("ticket", ticket.pk).count()
    with pytest.raises(TeamArchived):
        operations.transfer(ticket, to=archive_team(billing, by=ada.actor), by=ben.actor)
    assert Event.objects.about("ticket", ticket.pk).count() == operations_before


def test_followers_come_and_go_and_see_the_ticket(ticket, carl, ben):
    with pytest.raises(TicketNotVisible):
        operations.follow(ticket, who=carl, by=carl.actor)
    for _ in range(2):
        operations.follow(ticket, who=carl, by=ben.actor)
    operations.unfollow(ticket, who=carl, by=carl.actor)
    names = Event.objects.about("ticket", ticket.pk).named("FollowersChanged")
    assert [(event.data["added"], event.data["removed"]) for event in names] == [
        ([carl.pk], []),
        ([], [carl.pk]),
    ]
    with pytest.raises((NotAllowed, TicketNotVisible)):
        operations.follow(ticket, who=ben, by=carl.actor)
