"""A ticket is raised to a level and lowered again: what is written down, who is told, what follows."""

from datetime import timedelta

import pytest

from tugon.accounts.models import Agent
from tugon.delivery.models import Delivery
from tugon.escalation.clockwork import raise_due
from tugon.escalation.errors import AlreadyHigher, CannotEscalate, NotEscalated, ReasonMissing
from tugon.escalation.models import Escalation, Inquiry, Standing
from tugon.escalation.operations import de_escalate, escalate
from tugon.events.actors import SYSTEM, Actor, ActorKind
from tugon.events.models import Event, FailedReaction
from tugon.lib.clock import now, standing_at
from tugon.lib.errors import NotAllowed
from tugon.notifications.models import Notification
from tugon.tickets import operations
from tugon.tickets.models import Message, Priority, Ticket
from tugon.tickets.operations import NewMessage

URGENT = {"all": [{"field": "priority", "is": "at_least", "value": 4}]}
DOWN = {"all": [{"field": "subject", "is": "contains", "value": "down"}]}
SOON = {"all": [{"field": "due_at", "is": "within_next", "value": "30 minutes"}]}


def stands(ticket):
    standing = Standing.objects.select_related("level").filter(ticket=ticket).first()
    return standing.level.names["en"] if standing and standing.level else None


def test_an_agent_raises_a_ticket_with_a_reason_and_a_note_for_the_team_that_gets_it(
    ticket, ben, billing, level, facts
):
    tier = level(1, "Tier 2", team=billing, raises_to=Priority.HIGH)
    row = escalate(ticket, tier, reason="Double charge", note="She has paid twice.", by=ben.actor)
    ticket.refresh_from_db()
    assert (row.reason, row.agent, row.how) == ("Double charge", ben, "hand")
    assert (ticket.team, ticket.priority) == (billing, Priority.HIGH)
    note = Message.objects.get(ticket=ticket, kind="note")
    assert (note.body, note.agent) == ("She has paid twice.", ben)
    wanted = ["TicketEscalated", "NoteAdded", "TicketChanged", "TicketTransferred"]
    assert [one for one in facts(ticket) if one in wanted] == wanted
    assert not FailedReaction.objects.exists()


def test_a_repeat_does_nothing(ticket, ben, level):
    tier = level(1)
    first = escalate(ticket, tier, reason="Double charge", by=ben.actor)
    assert escalate(ticket, tier, reason="Again", by=ben.actor) == first
    assert Event.objects.named("TicketEscalated").count() == 1


def test_people_say_why_and_rules_need_not(ticket, ben, level):
    with pytest.raises(ReasonMissing):
        escalate(ticket, level(1), reason=" ", by=ben.actor)
    assert stands(ticket) is None
    rule = Actor(ActorKind.RULE, via="Refunds, version 3")
    row = escalate(ticket, level(2, "Lead"), reason="", by=rule)
    assert (row.how, row.via, stands(ticket)) == ("rule", "Refunds, version 3", "Lead")


def test_who_may_not_escalate_is_refused_and_nothing_changes(ticket, carl, billing, level):
    operations.transfer(ticket, to=billing, by=SYSTEM)
    with pytest.raises(NotAllowed):
        escalate(ticket, level(1), reason="Why not", by=carl.actor)
    assert not Escalation.objects.exists()


def test_a_ticket_is_raised_further_and_a_rule_never_lowers_it(ticket, ben, level):
    low, high = level(1, "Tier 2"), level(2, "Lead")
    escalate(ticket, low, reason="Hard", by=ben.actor)
    escalate(ticket, high, reason="Angry", by=ben.actor)
    assert stands(ticket) == "Lead"
    assert Escalation.objects.get(level=low).end == "raised"
    escalate(ticket, low, by=Actor(ActorKind.RULE, via="Any"))
    assert stands(ticket) == "Lead"
    with pytest.raises(AlreadyHigher):
        escalate(ticket, low, reason="Lower", by=ben.actor)


def test_a_solved_ticket_is_not_raised(ticket, ben, level):
    operations.solve(ticket, by=ben.actor)
    with pytest.raises(CannotEscalate):
        escalate(ticket, level(1), reason="Late", by=ben.actor)


def test_leads_the_levels_people_and_whoever_has_the_ticket_are_told_but_not_who_raised_it(
    ticket, ben, lea, ada, level
):
    operations.assign(ticket, to=ben, by=SYSTEM)
    Notification.objects.all().delete()
    escalate(ticket, level(1, people=[ada]), reason="Double charge", by=lea.actor)
    told = Notification.objects.filter(kind="escalated").values_list("agent", flat=True)
    assert set(told) == {ben.pk, ada.pk}
    de_escalate(ticket, reason="Was a mistake", by=lea.actor)
    escalate(ticket, level(2), reason="Double charge", by=ben.actor)
    assert Notification.objects.filter(kind="escalated", agent=lea).exists()


def test_lowering_needs_a_reason_and_ends_at_no_level_or_a_lower_one(ticket, ben, level, facts):
    low, high = level(1, "Tier 2"), level(2, "Lead")
    escalate(ticket, high, reason="Angry", by=ben.actor)
    with pytest.raises(ReasonMissing):
        de_escalate(ticket, reason="", by=ben.actor)
    row = de_escalate(ticket, reason="Calm again", to=low, by=ben.actor)
    assert (row.level, stands(ticket)) == (low, "Tier 2")
    assert de_escalate(ticket, reason="Done", by=ben.actor) is None
    assert stands(ticket) is None
    assert facts(ticket).count("TicketDeescalated") == 2
    with pytest.raises(NotEscalated):
        de_escalate(ticket, reason="Once more", by=ben.actor)


def test_solving_ends_the_escalation(ticket, ben, level):
    escalate(ticket, level(1), reason="Hard", by=ben.actor)
    operations.solve(ticket, by=ben.actor)
    assert stands(ticket) is None
    assert Escalation.objects.get().end == "solved"


def test_a_new_ticket_that_meets_the_criteria_is_raised_at_once_with_their_words_as_reason(write_in, level):
    level(1, "Refunds", criteria={"all": [{"field": "subject", "is": "contains", "value": "charged twice"}]})
    calm, hot = write_in("Blank page"), write_in("I was charged twice")
    assert (stands(calm), stands(hot)) == (None, "Refunds")
    assert "charged twice" in Escalation.objects.get().reason


def test_a_keyword_in_the_words_counts_though_search_does_not_know_them_yet(write_in, level):
    level(1, "Legal", criteria={"all": [{"field": "text", "is": "contains", "value": "my lawyer"}]})
    assert stands(write_in("Refund", body="You will hear from my lawyer.")) == "Legal"


def test_the_highest_level_a_ticket_calls_for_is_the_one_it_gets(write_in, level):
    level(1, "Tier 2", criteria={"all": [{"field": "subject", "is": "contains", "value": "all"}]})
    level(2, "Lead", criteria=DOWN)
    assert stands(write_in("All is down")) == "Lead"


def test_a_change_of_priority_raises_it(ticket, ben, level):
    level(1, "Tier 2", criteria=URGENT)
    operations.change(ticket, priority=Priority.URGENT, by=ben.actor)
    assert stands(ticket) == "Tier 2"


def test_imported_tickets_are_not_raised(write_in, level):
    level(1, criteria=DOWN)
    assert stands(write_in("All is down", is_silent=True)) is None


def test_the_minutes_look_raises_what_runs_out_of_time_each_once(ticket, level):
    level(1, "Tier 2", criteria=SOON)
    Ticket.objects.update(due_at=now() + timedelta(minutes=10))
    assert raise_due() == 1
    assert raise_due() == 0
    assert (stands(ticket), Escalation.objects.count()) == ("Tier 2", 1)
    assert Escalation.objects.get().how == "criteria"


def test_who_lowers_a_ticket_is_not_overruled_until_something_new_happens(ticket, ana, ben, level):
    level(1, "Tier 2", criteria=SOON)
    Ticket.objects.update(due_at=now() + timedelta(minutes=10))
    raise_due()
    de_escalate(ticket, reason="I am at it", by=ben.actor)
    assert raise_due() == 0
    operations.add_incoming(ticket, NewMessage(body="Hello?"), by=ana.actor, customer=ana)
    Ticket.objects.update(due_at=now() + timedelta(minutes=10))
    assert raise_due() == 1 or stands(ticket) == "Tier 2"


def test_another_promise_is_something_new(ticket, ben, level):
    level(1, "Tier 2", criteria=SOON)
    Ticket.objects.update(due_at=now() + timedelta(minutes=10))
    raise_due()
    de_escalate(ticket, reason="I am at it", by=ben.actor)
    Ticket.objects.update(due_at=now() + timedelta(minutes=20))
    assert raise_due() == 1


def test_criteria_that_cannot_be_read_raise_nothing_and_tickets_still_flow(write_in, level):
    level(2, "Broken", criteria={"all": [{"field": "gone", "is": "is", "value": 1}]})
    level(1, "Tier 2", criteria=DOWN)
    assert stands(write_in("All is down")) == "Tier 2"
    assert raise_due() == 0
    assert not FailedReaction.objects.exists()


def test_writing_again_without_an_answer_is_counted_until_somebody_answers(ticket, ana, ben, level):
    level(1, "Tier 2", criteria={"all": [{"field": "contacts", "is": "at_least", "value": 2}]})
    operations.add_incoming(ticket, NewMessage(body="Hello?"), by=ana.actor, customer=ana)
    assert stands(ticket) is None
    operations.add_incoming(ticket, NewMessage(body="Hello??"), by=ana.actor, customer=ana)
    assert stands(ticket) == "Tier 2"
    operations.reply(ticket, NewMessage(body="Here I am"), by=ben.actor, undo_seconds=0)
    assert Standing.objects.get(ticket=ticket).contacts == 0


def test_an_automatic_answer_is_no_repeated_contact(ticket, ana):
    operations.add_incoming(
        ticket, NewMessage(body="I am away", automatic="out-of-office"), by=ana.actor, customer=ana
    )
    assert not Standing.objects.filter(ticket=ticket, contacts__gt=0).exists()


def test_the_customer_is_told_once_where_the_level_says_so(by_mail, ben, level, mailbox):
    quiet, loud = level(1, "Tier 2"), level(2, "Lead", tells_customer=True)
    escalate(by_mail, quiet, reason="Hard", by=ben.actor)
    assert not Message.objects.filter(automatic="escalated").exists()
    escalate(by_mail, loud, reason="Harder", by=ben.actor)
    letter = Message.objects.get(automatic="escalated")
    assert f"#{by_mail.pk}" in letter.body
    assert Delivery.objects.get(message=letter).recipient == "ana@mail.example"


def test_a_machine_is_not_told(by_mail, ben, level):
    Message.objects.update(automatic="auto-generated")
    escalate(by_mail, level(1, tells_customer=True), reason="Hard", by=ben.actor)
    assert not Message.objects.filter(automatic="escalated").exists()


def test_merging_keeps_the_higher_level(write_in, lea, level):
    first, second = write_in("One"), write_in("Two")
    escalate(first, level(2, "Lead"), reason="Hard", note="", by=lea.actor)
    operations.merge(first, into=second, by=lea.actor)
    assert (stands(first), stands(second)) == (None, "Lead")


def test_raising_many_costs_a_fixed_number_of_looks(write_in, level, django_assert_max_num_queries):
    level(1, "Tier 2", criteria=URGENT)
    level(2, "Lead", criteria=SOON)
    for _number in range(5):
        write_in()
    with django_assert_max_num_queries(3):
        assert raise_due() == 0


def test_a_look_at_an_arriving_ticket_costs_one_statement_more(write_in, level, django_assert_num_queries):
    from tugon.escalation import criteria

    level(1, "Tier 2", criteria=URGENT)
    level(2, "Lead", criteria=SOON)
    ticket = write_in()
    with django_assert_num_queries(2):  # the levels, which a worker remembers, and the ticket
        assert criteria.called_for(ticket.pk) is None


def test_time_passes_and_the_level_is_reached(ticket, level):
    level(1, "Tier 2", criteria={"any": [{"field": "due_at", "is": "before", "value": "now"}]})
    Ticket.objects.update(due_at=now() + timedelta(hours=1))
    assert raise_due() == 0
    with standing_at(now() + timedelta(hours=2)):
        assert raise_due() == 1


def test_agents_are_kept_out_of_what_they_do_not_see(write_in, hire, billing, level):
    stranger: Agent = hire("Dan", "Agent", billing)
    agents = stranger.roles.get()
    agents.permissions = [one for one in agents.permissions if one != "ticket.view_all"]
    agents.save()
    stranger = Agent.objects.get(pk=stranger.pk)
    with pytest.raises(NotAllowed):
        escalate(write_in(), level(1), reason="Why", by=stranger.actor)


def test_a_level_asks_its_department_once_in_the_departments_language(by_mail, ben, level, payments):
    payments.language = "fil"
    payments.save()
    tier = level(1, department=payments, questions={"en": "Was it once?", "fil": "Isa lang ba?"})
    escalate(by_mail, tier, reason="Hard", note="She has the statement.", by=ben.actor)
    inquiry = Inquiry.objects.get()
    letter = inquiry.letters.get()
    for words in ("Magandang araw", "Bayaran", "Isa lang ba?", "She has the statement."):
        assert words in letter.body
    assert letter.quoted == [Message.objects.get(ticket=by_mail, kind="incoming").pk]
    de_escalate(by_mail, reason="Calm", by=ben.actor)
    escalate(by_mail, tier, reason="Hard again", by=ben.actor)
    assert Inquiry.objects.count() == 1
