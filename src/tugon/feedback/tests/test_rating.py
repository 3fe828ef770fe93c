"""Verdicts on an answer."""

from typing import Any

import pytest

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.feedback.errors import NotYetSolved, ScoreInvalid
from tugon.feedback.models import Rating
from tugon.feedback.operations import rate
from tugon.notifications.models import Notification
from tugon.tickets.errors import TicketNotVisible
from tugon.tickets.models import Ticket
from tugon.tickets.operations import assign, reopen, solve


@pytest.fixture
def solved(ticket: Ticket, ben: Agent, lea: Agent) -> Ticket:
    assign(ticket, to=ben, by=ben.actor)
    return solve(ticket, by=ben.actor)


def test_a_rating_names_the_agent_and_is_a_fact(
    solved: Ticket, ana: Customer, ben: Agent, facts: Any
) -> None:
    rating = rate(solved, score=5, comment=" Quick and kind ", by=ana.actor)
    assert (rating.score, rating.comment, rating.agent) == (5, "Quick and kind", ben)
    assert "TicketRated" in facts(solved)


def test_a_later_rating_of_the_same_solve_replaces_it_and_another_solve_gets_its_own(
    solved: Ticket, ana: Customer, ben: Agent
) -> None:
    rate(solved, score=2, by=ana.actor)
    rate(solved, score=4, by=ana.actor)
    assert [row.score for row in Rating.objects.all()] == [4]
    reopen(solved, by=ben.actor)
    solve(solved, by=ben.actor)
    rate(solved, score=5, by=ana.actor)
    assert Rating.objects.count() == 2


@pytest.mark.parametrize("score", [0, 6, -1])
def test_a_score_outside_one_to_five_is_refused(solved: Ticket, ana: Customer, score: int) -> None:
    with pytest.raises(ScoreInvalid):
        rate(solved, score=score, by=ana.actor)


def test_nothing_is_rated_before_it_is_solved(ticket: Ticket, ana: Customer) -> None:
    with pytest.raises(NotYetSolved):
        rate(ticket, score=3, by=ana.actor)
    assert not Rating.objects.exists()


def test_nobody_rates_for_somebody_else(solved: Ticket, person: Any) -> None:
    with pytest.raises(TicketNotVisible):
        rate(solved, score=1, by=person("Bea", "bea@mail.example").actor)
    assert not Rating.objects.exists()


def test_a_low_rating_becomes_a_note_and_the_leads_are_told(
    solved: Ticket, ana: Customer, ben: Agent, lea: Agent
) -> None:
    rate(solved, score=1, comment="Nobody read my words.", by=ana.actor)
    note = solved.messages.get(kind="note")
    assert "1 of 5" in note.body
    assert "Nobody read my words." in note.body
    assert set(Notification.objects.filter(kind="rated").values_list("agent_id", flat=True)) == {
        ben.pk,
        lea.pk,
    }


def test_a_good_rating_makes_no_work(solved: Ticket, ana: Customer, lea: Agent) -> None:
    rate(solved, score=4, by=ana.actor)
    assert not solved.messages.filter(kind="note").exists()
    assert not Notification.objects.filter(kind="rated", agent=lea).exists()
