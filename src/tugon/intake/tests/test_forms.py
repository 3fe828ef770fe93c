"""A request by the web form."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from tugon.company import operations as company
from tugon.customers.models import CustomField
from tugon.events.actors import SYSTEM
from tugon.files import operations as files
from tugon.intake import forms
from tugon.intake.errors import ChannelClosed, SubmissionIncomplete
from tugon.intake.forms import client_hash, submit, token
from tugon.intake.models import Form, Received
from tugon.intake.operations import release
from tugon.intake.steps.submitted import Signs, has_worked, judged
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db
S = Received.State


@pytest.fixture
def fill(form):
    """Fill the form in a minute and send it."""

    def send(**how):
        data = {
            "email": "dina@mail.example",
            "name": "Dina",
            "subject": "Blank page",
            "description": "The page stays blank since this morning.",
            "side": "mine",
            **how.pop("data", {}),
        }
        with time_machine.travel(now() - timedelta(seconds=how.pop("seconds", 60))):
            shown = token(form)
        how.setdefault("token", shown)
        how.setdefault("submission_id", "one")
        return submit(form, data, **how)

    return send


def test_a_request_is_a_ticket_at_once(fill, form):
    sent = fill()
    ticket = sent.ticket
    assert (ticket.subject, ticket.side, ticket.audience) == ("Blank page", "mine", form.audience)
    assert sent.received.state == S.TICKETED
    assert ticket.due_kind == "first_response"


def test_why_a_request_was_kept_aside_is_told_in_the_companys_language(fill):
    with translation.override("fil"):
        sent = fill(seconds=0)
    assert sent.received.reason == "The form was filled in faster than a person can."


def test_a_typed_address_joins_nobodys_history(fill, ana):
    sent = fill(data={"email": "ana@mail.example"})
    assert sent.ticket.customer != ana
    assert sent.ticket.customer.contact_points.get().verified_at is None


def test_who_is_signed_in_keeps_one_history(fill, ana, ticket):
    sent = fill(customer=ana)
    assert sent.ticket.customer == ana
    assert sent.ticket.messages.first().envelope["from"]["address"] == "ana@mail.example"


def test_a_request_is_acknowledged_where_it_can_be_answered(fill):
    sent = fill()
    said = Message.objects.get(ticket=sent.ticket, automatic="acknowledgement")
    assert said.envelope["to"] == [{"name": "Dina", "address": "dina@mail.example"}]
    assert "On my side" in said.body


def test_a_double_click_makes_one_ticket(fill):
    assert fill().ticket == fill().ticket
    assert Ticket.objects.count() == Received.objects.count() == 1


def test_two_fillings_are_two_tickets(fill):
    assert fill().ticket != fill(submission_id="two").ticket


def test_without_an_id_the_same_words_in_the_hour_are_one(fill):
    with time_machine.travel("2026-11-20T02:10:00Z"):
        assert fill(submission_id="").ticket == fill(submission_id="").ticket


def test_files_come_along(fill):
    upload = files.upload(b"hello", name="notes.txt", owner="session:x")
    assert [one.name for one in fill(uploads=[upload]).ticket.messages.first().attachments.all()] == [
        "notes.txt"
    ]


def test_the_language_is_that_of_the_words(fill):
    text = "Magandang araw po. Hindi ko na mabuksan ang aking account mula kahapon."
    assert fill(data={"description": text}, language="en").ticket.language == "fil"


def test_custom_fields_are_checked_and_kept(fill, form):
    CustomField.objects.create(
        on="ticket", key="order", names={"en": "Order"}, kind="number", is_required=True
    )
    Form.objects.update(asks=["order"])
    form.refresh_from_db()
    with pytest.raises(SubmissionIncomplete) as refusal:
        fill()
    assert "order" in refusal.value.values["problems"]
    assert fill(data={"fields": {"order": "4711", "other": "x"}}).ticket.fields == {"order": 4711}


@pytest.mark.parametrize(
    "data", [{"email": "nobody"}, {"description": "  "}, {"email": ""}, {"description": "x" * 60_000}]
)
def test_what_is_missing_is_named_and_nothing_is_stored(fill, data):
    with pytest.raises(SubmissionIncomplete):
        fill(data=data)
    assert not Received.objects.exists()


def test_a_closed_form_takes_nothing(fill, form):
    form.channel.is_enabled = False
    with pytest.raises(ChannelClosed):
        fill()


@pytest.mark.parametrize(
    "how",
    [
        {"data": {"website": "https://spam.example"}},
        {"seconds": 1},
        {"token": ""},
        {"token": "1.aaaaaaaaaaaaaaaa"},
    ],
)
def test_what_looks_like_a_machine_is_kept_aside_and_can_be_released(fill, how, ada):
    sent = fill(**how)
    assert sent.is_kept_aside
    assert sent.received.state == S.QUARANTINED
    assert not Ticket.objects.exists()
    assert release(sent.received, by=ada.actor).ticket.subject == "Blank page"


def test_many_requests_from_one_place_are_kept_aside_then_refused(fill, monkeypatch):
    client = client_hash("203.0.113.7")
    states = [fill(submission_id=str(number), client=client).received.state for number in range(11)]
    assert states == [S.TICKETED] * 10 + [S.QUARANTINED]
    monkeypatch.setattr(forms, "TIMES_STORED", 1.1)
    with pytest.raises(forms.TooManyRequests):
        fill(submission_id="last", client=client)
    assert Received.objects.count() == 11


def test_the_company_says_how_many_requests_one_network_may_send(fill):
    client = client_hash("203.0.113.7")
    company.decide("forms_per_hour", value=2, by=SYSTEM)
    states = [fill(submission_id=str(number), client=client).received.state for number in range(3)]
    assert states == [S.TICKETED] * 2 + [S.QUARANTINED]
    company.decide("forms_per_hour", value=100, by=SYSTEM)
    assert fill(submission_id="more", client=client).received.state == S.TICKETED


def test_an_address_is_kept_only_as_a_hash_that_changes_daily():
    with time_machine.travel("2026-11-20T02:00:00Z"):
        one = client_hash("203.0.113.7")
    with time_machine.travel("2026-11-21T02:00:00Z"):
        assert client_hash("203.0.113.7") != one
    assert "203" not in one


def test_a_proof_of_work_is_asked_for_where_the_form_says_so(fill, form):
    Form.objects.update(needs_proof_of_work=True)
    form.refresh_from_db()
    assert fill().is_kept_aside
    shown = token(form)
    with time_machine.travel(now() - timedelta(seconds=60)):
        shown = token(form)
    solution = next(str(n) for n in range(2_000_000) if has_worked(shown, str(n)))
    assert fill(submission_id="two", token=shown, proof=solution).ticket


def test_the_judgement_is_made_of_signs_alone():
    assert judged(Signs(seconds=30)) is None
    assert judged(Signs(seconds=30, has_worked=True)) is None
    assert judged(Signs(seconds=30, has_worked=False))
    assert judged(Signs(seconds=30, honeypot=True))
