"""The levels of a new installation: readable criteria, words in both languages, made once."""

from datetime import timedelta

from tugon.escalation.clockwork import raise_due
from tugon.escalation.criteria import automatic_levels, in_words
from tugon.escalation.models import Department, Level, Standing
from tugon.escalation.starting import LEVELS, SUGGESTED, create_starting_rows, suggest_department
from tugon.lib.clock import now
from tugon.tickets import operations
from tugon.tickets.models import Priority, Ticket
from tugon.tickets.operations import NewMessage


def test_they_are_made_once_and_what_a_company_removed_does_not_come_back(db):
    create_starting_rows()
    Level.objects.get(position=3).delete()
    create_starting_rows()
    assert Level.objects.count() == 2


def test_every_word_is_there_in_both_languages(db):
    for row in (*LEVELS, *SUGGESTED):
        for words in (row["names"], row.get("steps") or row.get("purposes")):
            assert words["en"].strip()
            assert words["fil"].strip()
            assert words["en"] != words["fil"] or words["en"] == "Legal"


def test_their_criteria_can_be_used_and_said(db):
    create_starting_rows()
    assert len(automatic_levels()) == 2
    said = [in_words(row, "en") for row in Level.objects.order_by("position")]
    assert "Messages written again without an answer" in said[0]
    assert "Next promise" in said[1]
    assert said[2] == "Only by hand and by rules"


def test_an_urgent_ticket_that_runs_out_of_time_goes_to_the_lead_and_an_ordinary_one_does_not(write_in, ben):
    create_starting_rows()
    urgent, ordinary = write_in("One"), write_in("Two")
    operations.change(urgent, priority=Priority.URGENT, by=ben.actor)
    operations.change(ordinary, priority=Priority.NORMAL, by=ben.actor)
    Ticket.objects.update(due_at=now() + timedelta(minutes=20))
    raise_due()
    assert Standing.objects.get(level__isnull=False).ticket == urgent
    assert Standing.objects.get(level__isnull=False).level.names["en"] == "Lead"


def test_who_writes_three_times_without_an_answer_is_looked_at_by_tier_2(ticket, ana):
    create_starting_rows()
    for words in ("Hello?", "Anybody there?"):
        operations.add_incoming(ticket, NewMessage(body=words), by=ana.actor, customer=ana)
    assert Standing.objects.get(ticket=ticket).level.names["en"] == "Tier 2"


def test_a_suggestion_is_a_beginning_and_no_row(db):
    assert suggest_department(0).names["fil"] == "Bayaran"
    assert suggest_department(99) is None
    assert not Department.objects.exists()
