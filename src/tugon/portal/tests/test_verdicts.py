"""Is it solved, may it be closed, how was it: links choose, buttons store."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tugon.accounts.models import Agent
from tugon.feedback.models import Rating
from tugon.tickets.models import Status, Ticket
from tugon.tickets.operations import close, solve

from .conftest import shown


def test_the_page_tells_how_it_was_solved_and_asks(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    solve(
        ticket, cause="The cache was full.", done="We emptied it.", prevention="Restart weekly.", by=ben.actor
    )
    page = shown(as_ana, ticket)
    for words in ("The cache was full.", "We emptied it.", "Restart weekly.", "Is it solved?"):
        assert words in page


def test_looking_at_the_question_changes_nothing_and_the_button_confirms(
    as_ana: Client, ticket: Ticket, ben: Agent
) -> None:
    solve(ticket, done="Fixed.", by=ben.actor)
    page = as_ana.get(f"/requests/{ticket.pk}/solution/?answer=yes").content.decode()
    assert "checked" in page.split('value="yes"')[1][:40]
    assert ticket.resolutions.get().confirmed_at is None
    answer = as_ana.post(f"/requests/{ticket.pk}/solution/", {"answer": "yes"})
    assert answer["Location"] == f"/requests/{ticket.pk}/rating/"
    assert ticket.resolutions.get().confirmed_at is not None


def test_not_yet_opens_it_again_with_what_is_still_wrong(
    as_ana: Client, ticket: Ticket, ben: Agent, facts: Any
) -> None:
    solve(ticket, by=ben.actor)
    as_ana.post(f"/requests/{ticket.pk}/solution/", {"answer": "no", "words": "It came back.", "once": "b"})
    ticket.refresh_from_db()
    assert ticket.status == Status.OPEN
    assert ticket.messages.filter(body="It came back.").exists()
    assert "SolutionRejected" in facts(ticket)


def test_not_yet_takes_a_picture_along(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    solve(ticket, by=ben.actor)
    picture = SimpleUploadedFile("still.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 32, "image/png")
    as_ana.post(f"/requests/{ticket.pk}/solution/", {"answer": "no", "files": [picture]})
    newest = ticket.messages.filter(kind="incoming").latest("pk")
    assert [item.name for item in newest.attachments.all()] == ["still.png"]


def test_not_yet_on_a_closed_request_leads_to_a_new_one(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    close(ticket, by=ben.actor)
    answer = as_ana.post(f"/requests/{ticket.pk}/solution/", {"answer": "no"})
    assert answer.status_code == 409
    assert f"?about={ticket.pk}" in answer.content.decode()
    assert as_ana.post(f"/requests/{ticket.pk}/solution/", {"answer": "yes"}).status_code == 302
    ticket.refresh_from_db()
    assert ticket.status == Status.CLOSED


@pytest.mark.parametrize(("why", "status"), [("solved", Status.SOLVED), ("unwanted", Status.CLOSED)])
def test_a_customer_finishes_a_request(as_ana: Client, ticket: Ticket, why: str, status: str) -> None:
    assert as_ana.get(f"/requests/{ticket.pk}/closing/").status_code == 200
    as_ana.post(f"/requests/{ticket.pk}/closing/", {"why": why})
    ticket.refresh_from_db()
    assert ticket.status == status


def test_the_rating_link_chooses_and_the_button_stores(as_ana: Client, ticket: Ticket, ben: Agent) -> None:
    solve(ticket, by=ben.actor)
    page = as_ana.get(f"/requests/{ticket.pk}/rating/?score=4").content.decode()
    assert "checked" in page.split('value="4"')[1][:20]
    assert not Rating.objects.exists()
    as_ana.post(f"/requests/{ticket.pk}/rating/", {"score": "4", "comment": "Quick."})
    assert (Rating.objects.get().score, Rating.objects.get().comment) == (4, "Quick.")
    assert "Your rating:" in shown(as_ana, ticket)


@pytest.mark.parametrize("score", ["", "0", "6", "x"])
def test_a_rating_outside_the_stars_is_refused(
    as_ana: Client, ticket: Ticket, ben: Agent, score: str
) -> None:
    solve(ticket, by=ben.actor)
    answer = as_ana.post(f"/requests/{ticket.pk}/rating/", {"score": score})
    assert answer.status_code == 422
    assert not Rating.objects.exists()


def test_who_rates_before_it_is_solved_is_asked_whether_it_is(as_ana: Client, ticket: Ticket) -> None:
    assert (
        as_ana.get(f"/requests/{ticket.pk}/rating/?score=5")["Location"] == f"/requests/{ticket.pk}/solution/"
    )
