"""A form asks before it makes a second request of the same, and asks only who may see the first."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tugon.portal.tests.conftest import *  # noqa: F403 - the portal's own cast
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, open_ticket

pytestmark = pytest.mark.django_db

SAID = {"subject": "Charged twice again", "description": "You charged my subscription twice, error E-77."}
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 32


@pytest.fixture
def charged(ana) -> Ticket:
    return open_ticket(
        customer=ana,
        subject="Charged twice",
        message=NewMessage("My subscription was charged twice. Error E-77."),
        by=ana.actor,
    )


def test_who_is_signed_in_is_asked_before_a_second_request_is_made(as_ana, fill, charged):
    answer = fill(as_ana, **SAID)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"(#{charged.pk})" in page
    assert "You already asked about this on" in page
    assert "You charged my subscription twice" in page, "nothing that was written is lost"
    assert Ticket.objects.count() == 1


def test_what_was_written_is_added_where_they_say_so(as_ana, fill, charged):
    fill(as_ana, **SAID, files=[SimpleUploadedFile("bill.png", PNG, "image/png")])
    answer = fill(
        as_ana, **SAID, same_case=str(charged.pk), files=[SimpleUploadedFile("bill.png", PNG, "image/png")]
    )
    assert answer["Location"] == f"/requests/{charged.pk}/#newest"
    message = charged.messages.order_by("pk").last()
    assert "You charged my subscription twice" in message.body
    assert message.attachments.exists()
    assert Ticket.objects.count() == 1


def test_something_else_becomes_a_request_of_its_own(as_ana, fill, charged):
    fill(as_ana, **SAID, same_case="new")
    assert Ticket.objects.count() == 2


def test_nobody_is_asked_about_what_is_not_alike(as_ana, fill, charged):
    fill(as_ana, subject="Subtitles", description="There are no captions in the second film.")
    assert Ticket.objects.count() == 2


def test_who_only_types_an_address_learns_nothing(client, fill, charged):
    answer = fill(client, **SAID, email="ana@mail.example")
    assert answer.status_code == 302
    assert Ticket.objects.count() == 2


def test_nobody_adds_to_what_they_may_not_open(client, fill, charged):
    fill(client, **SAID, same_case=str(charged.pk))
    assert charged.messages.count() == 1
    assert Ticket.objects.count() == 2


def test_a_solved_request_is_not_asked_about(as_ana, fill, charged):
    Ticket.objects.filter(pk=charged.pk).update(status="closed")
    fill(as_ana, **SAID)
    assert Ticket.objects.count() == 2


def test_a_double_click_is_one_request_and_no_question(as_ana, fill):
    first, second = fill(as_ana), fill(as_ana)
    assert first["Location"] == second["Location"]
    assert Ticket.objects.count() == 1
