from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tugon.events.models import Event, FailedReaction
from tugon.lib.errors import Conflict, Invalid
from tugon.rules import operations
from tugon.rules.compiled import rulebook
from tugon.rules.models import Firing, Rule
from tugon.tickets import operations as tickets
from tugon.tickets.models import Message, Ticket
from tugon.tickets.operations import NewMessage

from .conftest import leaf, says

pytestmark = pytest.mark.django_db


def urgent(value=4):
    return {"do": "set", "field": "priority", "value": value}


def test_words_of_a_new_request_move_it_raise_it_and_tag_it(rule, write_in, billing):
    one = rule(
        "Payments",
        says("refund*", "bayad"),
        [
            {"do": "team", "team": "billing"},
            {"do": "set", "field": "priority", "value": "high", "at_least": True},
            {"do": "tags", "add": ["Payment Issue"]},
        ],
    )
    ticket = write_in("Money", "Please REFUND me, I was charged twice")
    ticket.refresh_from_db()
    assert (ticket.team, ticket.priority, ticket.tags) == (billing, 3, ["payment-issue"])
    firing = Firing.objects.get(ticket=ticket)
    assert (firing.rule, firing.version.number, firing.outcome) == (one, 1, "done")
    assert [step["result"] for step in firing.steps] == ["done", "done", "done"]
    assert firing.steps[1]["changes"] == {"priority": [2, 3]}


def test_the_timeline_names_the_rule_and_its_version(rule, write_in):
    one = rule("Urgent words", says("mango"), [urgent()])
    ticket = write_in("Fruit", "A mango, please")
    event = Event.objects.about("ticket", ticket.pk).get(name="TicketChanged")
    assert (event.actor_kind, event.actor_id, event.via) == ("rule", one.pk, "Urgent words v1")
    assert event.depth == 1


def test_a_rule_that_does_not_fit_leaves_no_trace(rule, write_in):
    rule("Urgent words", says("mango"), [urgent()])
    assert not Firing.objects.filter(ticket=write_in("Hello", "A question")).exists()


def test_rules_are_weighed_in_their_order_each_on_what_the_one_before_left(rule, write_in):
    rule("First", says("banana"), [urgent(3)])
    rule("Second", {"all": [leaf("priority", "in", [3])]}, [{"do": "tags", "add": ["seen-high"]}])
    ticket = write_in("x", "a banana")
    ticket.refresh_from_db()
    assert ticket.tags == ["seen-high"]


def test_stop_keeps_the_rules_after_it_away(rule, write_in):
    rule("First", says("banana"), [urgent(3)], stop=True)
    rule("Second", says("banana"), [urgent(4)])
    ticket = write_in("x", "a banana")
    ticket.refresh_from_db()
    assert ticket.priority == 3


def test_what_is_so_already_is_not_done_again(rule, write_in):
    rule("Normal", says("banana"), [urgent(2)])
    ticket = write_in("x", "a banana")
    assert Firing.objects.get(ticket=ticket).outcome == "nothing"
    assert not Event.objects.about("ticket", ticket.pk).filter(name="TicketChanged").exists()


def test_a_rule_never_acts_twice_on_one_chain_of_causes(rule, write_in):
    rule("Tag", {"all": [leaf("priority", "at_least", 3)]}, [{"do": "note", "text": "Look"}], on=["changed"])
    rule("Raise", says("banana"), [urgent(3), {"do": "tags", "add": ["a"]}])
    ticket = write_in("x", "a banana")
    assert Message.objects.filter(ticket=ticket, kind="note").count() == 1


def test_two_rules_that_change_each_others_work_end(rule, ticket, ada):
    rule("Up", {"all": [leaf("priority", "in", [2])]}, [urgent(3)], on=["changed"])
    draft = operations.create(
        kind="trigger",
        name="Down",
        definition={
            "on": ["changed"],
            "conditions": {"all": [leaf("priority", "in", [3])]},
            "actions": [urgent(2)],
        },
        by=ada.actor,
    )
    with pytest.raises(Invalid, match="again and again"):
        operations.publish(draft, by=ada.actor)
    # Even if it stood in the database, the chain ends.
    Rule.objects.filter(pk=draft.pk).update(archived_at=None)
    draft.refresh_from_db()
    assert not draft.is_on
    tickets.set_tags(ticket, add=["x"], by=ada.actor)
    assert Firing.objects.filter(ticket=ticket).count() == 1


def test_rules_that_set_the_same_differently_are_told_before_publishing(rule, ada):
    rule("High", says("refund"), [urgent(3)])
    draft = operations.create(
        kind="trigger",
        name="Urgent",
        definition={"on": ["opened"], "conditions": says("card"), "actions": [urgent(4)]},
        by=ada.actor,
    )
    with pytest.raises(Conflict, match="“Urgent” has the last word"):
        operations.publish(draft, by=ada.actor)
    draft.refresh_from_db()
    assert draft.published is None
    operations.publish(draft, despite_conflicts=True, by=ada.actor)


def test_rules_whose_conditions_exclude_each_other_do_not_clash(rule, ada):
    rule("High", {"all": [leaf("kind", "in", ["incident"])]}, [urgent(3)])
    draft = operations.create(
        kind="trigger",
        name="Low",
        definition={
            "on": ["opened"],
            "conditions": {"all": [leaf("kind", "in", ["question"])]},
            "actions": [urgent(1)],
        },
        by=ada.actor,
    )
    operations.publish(draft, by=ada.actor)


def test_a_rule_whose_team_is_gone_is_left_out_and_switched_off_with_the_reason(rule, write_in, billing):
    one = rule("Payments", says("refund"), [{"do": "team", "team": billing.pk}])
    other = rule("Urgent", says("refund"), [urgent()])
    billing.delete()
    ticket = write_in("x", "refund")
    ticket.refresh_from_db()
    assert ticket.priority == 4
    assert [firing.rule for firing in Firing.objects.filter(ticket=ticket)] == [other]
    assert operations.switch_off_broken() == 1
    one.refresh_from_db()
    assert (one.is_on, "team" in one.trouble) == (False, True)


def test_a_team_that_is_only_named_and_not_there_is_passed_over(rule, write_in):
    rule("Payments", says("refund"), [{"do": "team", "team": "Nowhere"}, {"do": "tags", "add": ["payment"]}])
    ticket = write_in("x", "refund")
    ticket.refresh_from_db()
    assert ticket.tags == ["payment"]
    assert [step["result"] for step in Firing.objects.get(ticket=ticket).steps] == ["left", "done"]


def test_an_action_that_is_refused_takes_nothing_else_with_it(rule, write_in, carl):
    rule("Give", says("refund"), [{"do": "agent", "agent": carl.pk}, {"do": "tags", "add": ["payment"]}])
    ticket = write_in("x", "refund")
    firing = Firing.objects.get(ticket=ticket)
    assert firing.outcome == "partly"
    assert "not in the team" in firing.steps[0]["why"]
    assert not FailedReaction.objects.exists()
    ticket.refresh_from_db()
    assert ticket.tags == ["payment"]


def test_thanks_do_not_open_a_solved_request_again(rule, ticket, ana, ben):
    rule("Thanks", {"all": [leaf("only_thanks", "is", True)]}, [{"do": "stay"}], on=["customer_wrote"])
    tickets.solve(ticket, by=ben.actor)
    tickets.add_incoming(ticket, NewMessage(body="Maraming salamat po!"), by=ana.actor, customer=ana)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.reopen_count) == ("solved", 0)
    tickets.add_incoming(ticket, NewMessage(body="Thanks, but it still fails"), by=ana.actor, customer=ana)
    ticket.refresh_from_db()
    assert ticket.status == "open"


def test_imports_start_nothing(rule, write_in):
    rule("Urgent", says("refund"), [urgent()])
    assert not Firing.objects.filter(ticket=write_in("x", "refund", is_silent=True)).exists()


def test_what_cannot_be_read_is_refused_in_words(ada):
    def make(**definition):
        return operations.create(kind="trigger", name="x", definition=definition, by=ada.actor)

    good = {"on": ["opened"], "conditions": says("x"), "actions": [urgent()]}
    for bad, words in (
        ({"on": []}, "say when it begins"),
        ({"on": ["eclipse"]}, "nothing that can begin"),
        ({"actions": []}, "say what it does"),
        ({"actions": [{"do": "ignore", "reason": "x"}]}, "cannot do that"),
        ({"actions": [{"do": "set", "field": "priority", "value": 9}]}, "action 1"),
        ({"actions": [{"do": "webhook", "address": "http://x.example"}]}, "https"),
        ({"actions": [{"do": "reply", "texts": {"en": "Hi {nobody}"}}]}, "nobody"),
        ({"conditions": {"all": [leaf("weather", "is", 1)]}}, "no field"),
        ({"conditions": {"all": [leaf("message_text", "matches", "(?=x)")]}}, "no pattern"),
        ({"conditions": {"all": [leaf("message_text", "matches", "(((")]}}, "no pattern"),
        ({"from": "2026-11-22T10:00+08:00", "until": "2026-11-21T10:00+08:00"}, "ends before"),
    ):
        with pytest.raises(Invalid, match=words):
            make(**{**good, **bad})
    assert not Rule.objects.exists()


def test_who_may_not_edit_rules_is_refused(ben):
    definition = {"on": ["opened"], "conditions": says("x"), "actions": [urgent()]}
    with pytest.raises(Exception, match="not allowed"):
        operations.create(kind="trigger", name="x", definition=definition, by=ben.actor)


def test_a_version_comes_back_as_a_new_one(rule, write_in, ada):
    one = rule("Urgent", says("refund"), [urgent(4)])
    operations.save_draft(
        one, definition={"on": ["opened"], "conditions": says("refund"), "actions": [urgent(1)]}, by=ada.actor
    )
    assert operations.publish(one, by=ada.actor).number == 2
    back = operations.roll_back(one, to=1, by=ada.actor)
    assert (back.number, back.returns_to) == (3, 1)
    ticket = write_in("x", "refund")
    ticket.refresh_from_db()
    assert ticket.priority == 4


def test_the_schedule_holds_a_rule_back(rule, write_in):
    rule("Later", says("refund"), [urgent()], **{"from": "2999-01-01T00:00+00:00"})
    assert not Firing.objects.filter(ticket=write_in("x", "refund")).exists()


def test_a_request_no_rule_fits_costs_two_statements_where_rules_are_remembered(rule, write_in):
    from tugon.database.revision import remembering_decisions

    rule("Urgent", says("mango"), [urgent()])
    rule("Plan", {"all": [leaf("plan", "is_not_empty")]}, [urgent()])
    ticket = write_in("x", "hello")
    from tugon.rules.triggers import on_fact

    event = Event.objects.about("ticket", ticket.pk).get(name="TicketOpened")
    with remembering_decisions():
        rulebook()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            on_fact(event.fact, event)
    assert len(asked) <= 2


def test_one_broken_rule_row_does_not_stop_mail(rule, write_in):
    one = rule("Urgent", says("refund"), [urgent()])
    one.published.definition = {"nonsense": True}
    type(one.published).objects.filter(pk=one.published_id).update(definition={"nonsense": True})
    ticket = write_in("x", "refund")
    assert Ticket.objects.filter(pk=ticket.pk).exists()
    assert not FailedReaction.objects.exists()
    operations.switch_off_broken()
    one.refresh_from_db()
    assert not one.is_on
