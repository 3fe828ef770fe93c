from datetime import timedelta

import pytest

from tugon.customers.models import CustomField
from tugon.events.actors import SYSTEM
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.tickets import clockwork, operations
from tugon.tickets.errors import (
    ChildrenOpen,
    FieldValueInvalid,
    RequiredToSolve,
    SnoozeInThePast,
    StateArchived,
    TicketIsDone,
    TicketNotVisible,
)
from tugon.tickets.models import State, Ticket
from tugon.tickets.starting import create_starting_rows

pytestmark = pytest.mark.django_db


def status(ticket):
    ticket.refresh_from_db()
    return ticket.status


def test_solving_keeps_what_was_found_and_says_so(ticket, ben, facts):
    operations.solve(ticket, cause="Old app", done="Updated it", by=ben.actor)
    assert status(ticket) == "solved"
    assert ticket.solved_at is not None
    resolution = ticket.resolutions.get()
    assert (resolution.cause, resolution.done, resolution.recorded_by) == ("Old app", "Updated it", ben)
    assert facts(ticket)[-3:] == ["StatusChanged", "TicketSolved", "AutomaticReplySent"]


def test_a_repeat_does_nothing(ticket, ben, facts):
    for _ in range(2):
        operations.solve(ticket, by=ben.actor)
    assert facts(ticket).count("TicketSolved") == 1


def test_solving_asks_for_the_fields_it_needs(ticket, ben, facts):
    CustomField.objects.create(
        on="ticket", key="cause", names={"en": "Cause"}, kind="text", required_to_solve=True
    )
    before = facts(ticket)
    for act in (operations.solve, operations.close):
        with pytest.raises(RequiredToSolve, match="Cause"):
            act(ticket, by=ben.actor)
    assert (status(ticket), facts(ticket)) == ("new", before)
    operations.set_fields(ticket, values={"cause": "Old app"}, by=ben.actor)
    operations.solve(ticket, by=ben.actor)
    assert status(ticket) == "solved"


def test_a_parent_waits_for_its_children_unless_somebody_insists(ticket, write_in, ben):
    child = write_in()
    operations.link(ticket, child, kind="parent", by=ben.actor)
    with pytest.raises(ChildrenOpen, match=f"#{child.pk}"):
        operations.solve(ticket, by=ben.actor)
    assert status(ticket) == "new"
    operations.solve(ticket, despite_children=True, by=ben.actor)
    assert status(ticket) == "solved"


def test_customers_close_their_own_ticket_and_nobody_elses(ticket, write_in, ana, person):
    CustomField.objects.create(
        on="ticket", key="cause", names={"en": "Cause"}, kind="text", required_to_solve=True
    )
    operations.close(ticket, by=ana.actor)
    assert status(ticket) == "closed"
    other = write_in()
    with pytest.raises(TicketNotVisible):
        operations.close(other, by=person("Olga").actor)
    assert status(other) == "new"


@pytest.mark.parametrize("act", ["solve", "reopen", "wake", "mark_spam", "delete", "unmark_spam"])
def test_customers_do_nothing_to_tickets_that_only_agents_do(ticket, ana, act):
    with pytest.raises(NotAllowed):
        getattr(operations, act)(ticket, by=ana.actor)
    with pytest.raises(NotAllowed):
        operations.change(ticket, priority=4, by=ana.actor)
    with pytest.raises(NotAllowed):
        operations.redact_message(ticket.messages.get(), by=ana.actor)
    assert status(ticket) == "new"


def test_a_collaborator_notes_and_changes_nothing(write_in, billing, carl):
    ticket = write_in(team=billing)
    operations.add_note(ticket, operations.NewMessage(body="Seen"), by=carl.actor)
    for act in (operations.solve, operations.close, operations.confirm_solution, operations.reject_solution):
        with pytest.raises(NotAllowed):
            act(ticket, by=carl.actor)
    assert status(ticket) == "new"


def test_the_customer_confirms_and_a_closed_ticket_stays_closed(ticket, ana, ben, facts):
    operations.close(ticket, by=ben.actor)
    operations.confirm_solution(ticket, by=ana.actor)
    operations.confirm_solution(ticket, by=ana.actor)
    assert status(ticket) == "closed"
    assert facts(ticket).count("SolutionConfirmed") == 1


def test_not_yet_opens_the_ticket_again_and_counts_it(ticket, ana, ben, facts):
    operations.solve(ticket, done="Restarted", by=ben.actor)
    operations.reject_solution(ticket, by=ana.actor)
    operations.reject_solution(ticket, by=ana.actor)
    assert (status(ticket), ticket.reopen_count, ticket.solved_at) == ("open", 1, None)
    assert ticket.resolutions.get().rejected_at is not None
    assert facts(ticket)[-3:] == ["SolutionRejected", "StatusChanged", "TicketReopened"]


def test_a_snoozed_ticket_sleeps_until_its_time(ticket, ben, facts):
    until = now() + timedelta(hours=2)
    operations.snooze(ticket, until=until, by=ben.actor)
    assert (status(ticket), ticket.snoozed_until) == ("hold", until)
    assert clockwork.wake_due() == 0
    assert clockwork.wake_due(until + timedelta(seconds=1)) == 1
    assert (status(ticket), ticket.snoozed_until) == ("open", None)
    assert facts(ticket)[-2:] == ["StatusChanged", "TicketWoke"]
    assert clockwork.wake_due(until + timedelta(seconds=1)) == 0


def test_the_customers_words_wake_a_ticket(ticket, ana, ben, facts):
    operations.snooze(ticket, until=now() + timedelta(hours=2), by=ben.actor)
    operations.add_incoming(ticket, operations.NewMessage(body="Still there?"), customer=ana, by=ana.actor)
    assert (status(ticket), ticket.snoozed_until) == ("open", None)
    assert "TicketWoke" in facts(ticket)


def test_what_is_solved_or_past_is_not_snoozed(ticket, ben):
    with pytest.raises(SnoozeInThePast):
        operations.snooze(ticket, until=now() - timedelta(minutes=1), by=ben.actor)
    operations.solve(ticket, by=ben.actor)
    with pytest.raises(TicketIsDone):
        operations.snooze(ticket, until=now() + timedelta(hours=2), by=ben.actor)
    assert (status(ticket), ticket.reopen_count) == ("solved", 0)


def test_what_stays_solved_is_closed_by_the_clock(ticket, write_in, ben, facts):
    young = write_in()
    for one in (ticket, young):
        operations.solve(one, by=ben.actor)
    Ticket.objects.filter(pk=ticket.pk).update(solved_at=now() - timedelta(days=8))
    assert clockwork.close_settled() == 1
    assert (status(ticket), status(young)) == ("closed", "solved")
    assert facts(ticket)[-1] == "TicketClosed"


def test_a_company_may_turn_closing_by_the_clock_off(ticket, ben, ada):
    from tugon.company.operations import decide

    decide("auto_close_days", value=0, by=ada.actor)
    operations.solve(ticket, by=ben.actor)
    assert clockwork.close_settled(now() + timedelta(days=400)) == 0


def test_an_automatic_answer_opens_nothing(ticket, ana, ben):
    operations.solve(ticket, by=ben.actor)
    away = operations.NewMessage(body="I am away", automatic="out-of-office")
    operations.add_incoming(ticket, away, customer=ana, by=ana.actor)
    assert status(ticket) == "solved"


def test_a_nonsense_status_is_refused(ticket, ben):
    with pytest.raises(FieldValueInvalid):
        operations.set_status(ticket, to="asleep", by=ben.actor)
    with pytest.raises(FieldValueInvalid):
        operations.reply(ticket, operations.NewMessage(body="Hi"), then="asleep", by=ben.actor)
    assert ticket.messages.count() == 1


class TestStates:
    def test_a_new_installation_has_one_for_each_status_and_a_repeat_adds_none(self, db):
        create_starting_rows()
        create_starting_rows()
        assert list(State.objects.values_list("status", flat=True)) == [
            "new", "open", "waiting", "hold", "solved", "closed",
        ]  # fmt: skip

    def test_tickets_stand_in_the_companys_own_states(self, write_in, ben, ada):
        create_starting_rows()
        ticket = write_in()
        assert ticket.state.name_in("fil") == "Bago"
        bank = operations.create_state(names={"en": "Waiting for bank"}, status="hold", by=ada.actor)
        operations.set_status(ticket, to="hold", state=bank, by=ben.actor)
        assert (status(ticket), ticket.state) == ("hold", bank)
        operations.archive_state(bank, by=ada.actor)
        other = write_in()
        with pytest.raises(StateArchived, match="Waiting for bank"):
            operations.set_status(other, to="hold", state=bank, by=ben.actor)
        assert ticket.state == bank

    def test_the_default_is_not_archived(self, ada):
        from tugon.tickets.errors import StateInUse

        create_starting_rows()
        old = State.default_of("hold")
        with pytest.raises(StateInUse):
            operations.archive_state(old, by=ada.actor)
        new = operations.create_state(names={"en": "Parked"}, status="hold", by=ada.actor)
        operations.make_default_state(new, by=ada.actor)
        operations.archive_state(old, by=ada.actor)
        assert State.default_of("hold") == new
        assert (
            operations.change_state(new, names={"en": "Put aside"}, by=ada.actor).name_in("en") == "Put aside"
        )

    def test_agents_make_no_states(self, ben):
        with pytest.raises(NotAllowed):
            operations.create_state(names={"en": "X"}, status="hold", by=ben.actor)


def test_tugon_itself_may_wake_and_close(ticket, ben):
    operations.snooze(ticket, until=now() + timedelta(hours=2), by=ben.actor)
    operations.wake(ticket, by=SYSTEM)
    operations.close(ticket, by=SYSTEM)
    assert status(ticket) == "closed"
