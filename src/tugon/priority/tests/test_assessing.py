from datetime import timedelta

import pytest

from tugon.customers.models import Plan
from tugon.events.actors import Actor, ActorKind
from tugon.events.models import Event, FailedReaction
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.priority import stating
from tugon.priority.errors import MatrixRefused, OverrideInThePast, OverrideNeedsReason
from tugon.priority.models import Assessment, Matrix, Override, Raise
from tugon.priority.operations import (
    assess,
    change_matrix,
    end_due_overrides,
    end_override,
    keep_raises,
    override,
    say,
)
from tugon.priority.reassessing import assess_some
from tugon.tickets import operations
from tugon.tickets.conditions import compile, matches, snapshot
from tugon.tickets.models import Ticket
from tugon.tickets.operations import bulk

pytestmark = pytest.mark.django_db


@pytest.fixture
def says():
    """What the customer is read to say."""
    before = list(stating._provided)
    yield lambda reach, words="": stating.provide(lambda ticket: stating.Stated(reach, words))
    stating._provided[:] = before


def assessed(ticket):
    ticket.refresh_from_db()
    return Assessment.objects.select_related("override__agent").get(ticket=ticket)


def reports(write_in, person, problem, lea, number, kind="parent"):
    for one in range(number):
        report = write_in(f"Me too {one}", customer=person(f"P{one}", f"p{one}@mail.example"))
        pair = (problem, report) if kind == "parent" else (report, problem)
        operations.link(*pair, kind=kind, by=lea.actor)


def test_a_new_ticket_is_assessed_and_says_why(ticket):
    row = assessed(ticket)
    assert (row.priority, row.users_affected, row.stability, ticket.priority) == (2, 1, 0, 2)
    assert row.words("en").headline == "Normal: one person × moderate × no threat"
    assert row.words("en").lines[1].why == "nobody said, so it counts as this"


def test_a_new_ticket_costs_one_statement(write_in, ana, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tugon.lib.remember import remembering

    with remembering():
        write_in("First")
        with CaptureQueriesContext(connection) as captured:
            write_in("Second")
    own = [one["sql"] for one in captured if "priority_" in one["sql"]]
    assert len(own) == 1


def test_words_of_an_outage_raise_the_ticket_and_are_quoted(write_in, facts):
    ticket = write_in("Help", "I cannot work: the whole site is down!")
    row = assessed(ticket)
    assert (row.stability, row.priority, ticket.priority) == (2, 4, 4)
    assert "“the whole site is down”" in row.words("en").lines[2].why
    assert "PriorityAssessed" in facts(ticket)


def test_fourteen_reports_of_a_major_problem_make_it_high(write_in, person, lea, facts):
    problem = write_in("Blank pages", kind="problem")
    operations.change(problem, severity=3, by=lea.actor)
    reports(write_in, person, problem, lea, 13)
    row = assessed(problem)
    assert (row.people, row.users_affected, problem.priority) == (14, 3, 3)
    assert row.words("en").headline == "High: 14 people affected × major × no threat"
    assert row.words("en").cause == "when a report was linked"
    assert "14 people, by the reports linked here" in [line.why for line in row.words("en").lines]
    assert facts(problem).count("PriorityAssessed") >= 2


def test_one_person_who_reports_ten_times_is_one_person(write_in, lea):
    problem = write_in("Blank pages", kind="problem")
    for number in range(3):
        operations.link(problem, write_in(f"Again {number}"), kind="parent", by=lea.actor)
    assert assessed(problem).people == 1


def test_duplicates_count_as_reports_and_unlinking_takes_them_away(write_in, person, lea):
    problem = write_in("Blank")
    reports(write_in, person, problem, lea, 2, kind="duplicate")
    assert assessed(problem).people == 3
    other = Ticket.objects.get(subject="Me too 0")
    operations.unlink(other, problem, kind="duplicate", by=lea.actor)
    assert assessed(problem).people == 2


def test_a_report_that_turns_out_to_be_spam_counts_no_more(write_in, person, lea):
    problem = write_in("Blank", kind="problem")
    reports(write_in, person, problem, lea, 2)
    operations.mark_spam(Ticket.objects.get(subject="Me too 1"), by=lea.actor)
    assert assessed(problem).people == 2


def test_what_the_customer_states_counts_and_is_quoted(write_in, says, lea):
    says(4, "all of us")
    ticket = write_in("Nobody can enter")
    assert assessed(ticket).words("en").lines[0].why == "the customer says “all of us”"
    assert (assessed(ticket).users_affected, ticket.priority) == (4, 3)
    say(ticket, reach=1, by=lea.actor)
    assert (assessed(ticket).users_affected, ticket.priority) == (1, 2)


def test_an_agent_cannot_say_linked_reports_away(write_in, person, lea):
    problem = write_in("Blank", kind="problem")
    reports(write_in, person, problem, lea, 12)
    say(problem, reach=1, by=lea.actor)
    assert assessed(problem).users_affected == 3


def test_a_customer_who_writes_of_a_break_in_later_raises_the_ticket(ticket, ana):
    operations.add_incoming(ticket, operations.NewMessage(body="I was hacked!"), customer=ana, by=ana.actor)
    assert (assessed(ticket).stability, ticket.priority) == (2, 4)


def test_a_plan_raises_by_one_and_the_reason_says_so(write_in, ana, ada):
    plan = Plan.objects.create(key="pro", name="Studio Pro")
    ana.plan = plan
    ana.save()
    keep_raises([{"plan": plan.pk, "steps": 2, "at_most": 3}], by=ada.actor)
    ticket = write_in("Help")
    assert ticket.priority == 3
    words = [line.label for line in assessed(ticket).words("en").lines]
    assert "Plan Studio Pro raises by 2, at most High" in words


def test_an_override_needs_a_reason_and_keeps_the_priority_when_reports_come(write_in, person, lea, facts):
    problem = write_in("Blank", kind="problem")
    with pytest.raises(OverrideNeedsReason):
        override(problem, priority=1, by=lea.actor)
    override(problem, priority=1, reason="Known, fix is out tonight", by=lea.actor)
    reports(write_in, person, problem, lea, 12)
    row = assessed(problem)
    assert (problem.priority, row.priority, row.is_overridden) == (1, 3, True)
    assert row.words("en").decided == (
        "Lea Lim decided otherwise: Known, fix is out tonight. By the table it would be High."
    )
    assert "PriorityOverridden" in facts(problem)


def test_an_override_runs_out_and_the_table_counts_again(ticket, lea, facts):
    with pytest.raises(OverrideInThePast):
        override(ticket, priority=4, reason="Press", until=now() - timedelta(1), by=lea.actor)
    override(ticket, priority=4, reason="Press", until=now() + timedelta(hours=1), by=lea.actor)
    assert end_due_overrides() == 0
    Override.objects.update(until=now() - timedelta(minutes=1))
    assert end_due_overrides() == 1
    row = assessed(ticket)
    assert (ticket.priority, row.is_overridden, row.override) == (2, False, None)
    assert facts(ticket)[-1] == "PriorityOverrideEnded"
    assert end_due_overrides() == 0


def test_a_person_takes_the_decision_back(ticket, lea):
    override(ticket, priority=4, reason="Press", by=lea.actor)
    end_override(ticket, by=lea.actor)
    assert (assessed(ticket).is_overridden, ticket.priority) == (False, 2)


def test_a_collaborator_may_not_override(ticket, carl):
    with pytest.raises(NotAllowed):
        override(ticket, priority=4, reason="Because", by=carl.actor)
    assert assessed(ticket).priority == ticket.priority == 2


def test_what_a_rule_sets_stands_until_somebody_says_otherwise(ticket, lea):
    rule = Actor(ActorKind.RULE, 5, via="VIP first, version 3")
    operations.change(ticket, priority=4, by=rule)
    row = assessed(ticket)
    assert row.is_overridden
    assert row.words("en").decided.startswith("VIP first, version 3 decided otherwise")
    operations.change(ticket, severity=1, by=lea.actor)
    assert (assessed(ticket).priority, ticket.priority) == (1, 4)
    operations.change(ticket, priority=1, by=lea.actor)
    assert not assessed(ticket).is_overridden


def test_many_tickets_get_a_priority_with_one_reason_and_undo_takes_it_back(ticket, lea):
    assert bulk.preview([ticket.pk], {"priority": 4}, by=lea.actor).refused
    batch = bulk.run(bulk.start([ticket.pk], {"priority": {"to": 4, "reason": "Outage"}}, by=lea.actor))
    assert (assessed(ticket).is_overridden, ticket.priority) == (True, 4)
    bulk.undo(batch, by=lea.actor)
    assert (assessed(ticket).is_overridden, ticket.priority) == (False, 2)


def test_imports_and_spam_are_not_assessed(write_in):
    assert not Assessment.objects.filter(ticket=write_in("Old", is_silent=True, priority=4)).exists()
    assert not Assessment.objects.filter(ticket=write_in("Pills", is_spam=True)).exists()


def test_who_opens_a_ticket_with_a_priority_has_decided_it(ana, support, lea):
    ticket = operations.open_ticket(
        customer=ana,
        subject="By phone",
        message=operations.NewMessage(body="She called."),
        by=lea.actor,
        team=support,
        priority=4,
    )
    assert (assessed(ticket).is_overridden, ticket.priority) == (True, 4)


def test_a_repeat_records_nothing(ticket):
    before = Event.objects.count()
    assess(ticket)
    assert Event.objects.count() == before


def test_a_table_that_falls_is_refused_in_words(ada):
    with pytest.raises(MatrixRefused) as refused:
        change_matrix(cells=[[2, 2, 2, 3], [1, 2, 3, 3], [2, 3, 3, 4], [2, 3, 4, 4]], by=ada.actor)
    assert "“Several people × Minor” would be less than “One person × Minor”" in str(refused.value)
    with pytest.raises(MatrixRefused):
        change_matrix(many_from=1, by=ada.actor)
    with pytest.raises(MatrixRefused):
        change_matrix(cells=[[1]], by=ada.actor)


def test_a_changed_table_is_carried_to_the_open_tickets(ticket, ada, lea):
    change_matrix(cells=[[3, 3, 3, 3], [3, 3, 3, 3], [3, 3, 3, 4], [3, 3, 4, 4]], by=ada.actor)
    assert assess_some(after=0, most=10) == ticket.pk
    assert (assessed(ticket).priority, ticket.priority) == (3, 3)
    with pytest.raises(NotAllowed):
        change_matrix(many_from=50, by=Actor(ActorKind.CUSTOMER, 1))


def test_a_damaged_table_does_not_stop_tickets(write_in):
    Matrix.objects.create(cells="nonsense")
    assert assessed(write_in("Help")).priority == 2
    assert not FailedReaction.objects.exists()


def test_raises_of_people_without_permission_are_refused(ben, premium):
    with pytest.raises(NotAllowed):
        keep_raises([{"plan": premium.pk, "steps": 1, "at_most": 3}], by=ben.actor)
    assert not Raise.objects.exists()


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        ({"field": "users_affected", "is": "at_least", "value": 2}, False),
        ({"field": "stability", "is": "in", "value": [0]}, True),
        ({"field": "priority_overridden", "is": "is", "value": False}, True),
        ({"field": "people", "is": "at_most", "value": 1}, True),
    ],
)
def test_conditions_ask_about_the_assessment(ticket, condition, fits):
    tree = {"all": [condition]}
    found = Ticket.objects.filter(compile(tree, agent=None, now=now())).exists()
    assert found == matches(tree, snapshot(Ticket.objects.get(pk=ticket.pk)), now()) == fits
