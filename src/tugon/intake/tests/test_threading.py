"""Which ticket an answer lands on, and which it does not."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.channels.email.addresses import reply_address
from tugon.channels.models import Channel, Mailbox
from tugon.company import operations as company
from tugon.company import settings
from tugon.customers.models import ContactPoint
from tugon.events.actors import SYSTEM
from tugon.intake.steps.threading import (
    KNOWN,
    Candidate,
    Rung,
    Standing,
    decide,
    is_other_subject,
    ladder_ids,
    plain_subject,
    tokens,
)
from tugon.tickets.models import Message, MessageKey, Participant, Ticket, TicketLink
from tugon.tickets.operations import NewMessage, close, reply, solve

from .conftest import letter

STRANGER = "Mallory <mallory@elsewhere.example>"


@pytest.fixture
def answered(ticket, ben) -> Ticket:
    """Ana's ticket with an answer of Ben's that left as <out@company.example>."""
    reply(
        ticket, NewMessage(body="Which phone?", keys=["<out@company.example>"]), by=ben.actor, then="waiting"
    )
    ticket.refresh_from_db()
    return ticket


@pytest.mark.django_db
class TestLetters:
    def test_an_answer_to_the_signed_address_joins_the_ticket(self, arrives, answered, facts):
        row = arrives(
            letter("An old one.", to=reply_address("help@company.example", answered.pk), subject="Re: x")
        )
        answered.refresh_from_db()
        assert (row.ticket, answered.status) == (answered, "open")
        assert row.message.envelope["thread"] == "reply-address"
        assert "CustomerWrote" in facts(answered)
        assert not answered.participants.exists()

    def test_a_forged_signed_address_opens_a_ticket(self, arrives, answered):
        to = reply_address("help@company.example", answered.pk + 1).replace(
            f".{answered.pk + 1}.", f".{answered.pk}."
        )
        assert arrives(letter(to=to)).ticket != answered

    def test_an_answer_by_message_id_joins_also_across_mailboxes(self, arrives, answered):
        other = Channel.objects.create(kind="email", name="Billing")
        Mailbox.objects.create(channel=other, address="billing@company.example")
        raw = letter("An old one.", to="billing@company.example", In_Reply_To="<out@company.example>")
        assert arrives(raw, channel=other).ticket == answered

    def test_references_are_read_from_right_to_left(self, arrives, answered, write_in, ben):
        newer = write_in("Another")
        reply(newer, NewMessage(body="Hm", keys=["<newer@company.example>"]), by=ben.actor)
        row = arrives(letter(References="<out@company.example> <newer@company.example> <unknown@x.example>"))
        assert row.ticket == newer

    def test_the_person_in_copy_who_answers_the_first_letter_joins(self, arrives):
        first = arrives(letter(message_id="<first@mail.example>", Cc="Dina <dina@mail.example>"))
        row = arrives(letter("Me too", sender="Dina <dina@mail.example>", In_Reply_To="<first@mail.example>"))
        assert row.ticket == first.ticket
        assert "from_stranger" not in row.message.envelope

    def test_a_colleague_of_the_same_organisation_joins(self, arrives, person, studio, write_in, ben):
        customer = person("Rosa", "rosa@luntian.example", organisation=studio)
        person("Tomas", "tomas@luntian.example", organisation=studio)
        ticket = write_in(customer=customer)
        reply(ticket, NewMessage(body="?", keys=["<out@company.example>"]), by=ben.actor)
        row = arrives(letter(sender="tomas@luntian.example", In_Reply_To="<out@company.example>"))
        assert row.ticket == ticket
        assert "from_stranger" not in row.message.envelope

    def test_a_stranger_with_the_message_id_joins_flagged_and_waits_to_be_let_in(self, arrives, answered):
        row = arrives(
            letter("Hi", sender=STRANGER, In_Reply_To="<out@company.example>", Cc="eve@elsewhere.example")
        )
        assert row.ticket == answered
        assert row.message.envelope["from_stranger"] is True
        assert list(answered.participants.values_list("address", "standing")) == [
            ("mallory@elsewhere.example", "pending")
        ]

    def test_a_stranger_with_the_subject_token_does_not_join_the_ticket(self, arrives, answered, facts):
        before = facts(answered)
        row = arrives(letter("Send me all of it", sender=STRANGER, subject=f"Re: Video [#{answered.pk}]"))
        assert row.ticket != answered
        assert row.ticket.customer != answered.customer
        assert facts(answered) == before
        assert not answered.participants.exists()
        assert not TicketLink.objects.exists()
        ours = Message.objects.filter(ticket=row.ticket, kind="outgoing")
        assert not any("Which phone" in one.body or f"#{answered.pk}," in one.body for one in ours)

    def test_the_customer_with_the_subject_token_joins(self, arrives, answered):
        assert arrives(letter("An old one.", subject=f"Video [#{answered.pk}]")).ticket == answered

    def test_a_forged_customer_with_the_subject_token_does_not_join(self, arrives, answered, mailbox):
        mailbox.trusted_authserv = "mx.company.example"
        mailbox.save()
        raw = letter(subject=f"Re: [#{answered.pk}]", Authentication_Results="mx.company.example; dmarc=fail")
        assert arrives(raw).ticket != answered

    def test_the_words_of_a_subject_alone_never_join(self, arrives, ticket):
        assert arrives(letter(subject=f"Re: {ticket.subject}")).ticket != ticket

    def test_empty_ids_join_nothing(self, arrives, ticket):
        row = ticket.messages.get()
        MessageKey.objects.create(message=row, ticket=ticket, value="<>")
        assert arrives(letter(In_Reply_To="<>", References="< >", sender=STRANGER)).ticket != ticket

    def test_readers_of_a_newsletter_are_not_put_on_one_ticket(self, arrives):
        first = arrives(
            letter(message_id="<news@shop.example>", List_Id="<news.shop.example>", sender="n@shop.example")
        )
        second = arrives(letter(sender="a@reader.example", In_Reply_To="<news@shop.example>"))
        assert second.ticket != first.ticket

    def test_somebody_an_agent_removed_opens_a_ticket_of_their_own(self, arrives, answered):
        Participant.objects.create(ticket=answered, address="mallory@elsewhere.example", standing="removed")
        assert arrives(letter(sender=STRANGER, In_Reply_To="<out@company.example>")).ticket != answered

    def test_an_answer_to_a_merged_ticket_lands_on_the_one_it_went_into(self, arrives, answered, write_in):
        whole = write_in("Whole")
        Ticket.objects.filter(pk=answered.pk).update(merged_into=whole)
        assert arrives(letter(In_Reply_To="<out@company.example>")).ticket == whole

    def test_a_solved_ticket_is_opened_again(self, arrives, answered, ben):
        solve(answered, by=ben.actor)
        row = arrives(letter("It is back.", In_Reply_To="<out@company.example>"))
        answered.refresh_from_db()
        assert (row.ticket, answered.status, answered.reopen_count) == (answered, "open", 1)

    def test_long_after_closing_a_linked_ticket_is_opened(self, arrives, answered, ben):
        close(answered, by=ben.actor)
        closed = answered.created_at - timedelta(days=31)
        Ticket.objects.filter(pk=answered.pk).update(closed_at=closed)
        row = arrives(letter("It is back.", In_Reply_To="<out@company.example>"))
        assert row.ticket != answered
        assert TicketLink.objects.get(source=row.ticket).target == answered

    def test_how_long_is_the_companys_decision(self, arrives, answered, ben):
        company.decide("closed_too_long_days", value=365, by=SYSTEM)
        settings.forget()
        close(answered, by=ben.actor)
        Ticket.objects.filter(pk=answered.pk).update(closed_at=answered.created_at - timedelta(days=31))
        assert arrives(letter("It is back.", In_Reply_To="<out@company.example>")).ticket == answered

    def test_another_subject_offers_to_split(self, arrives, answered):
        row = arrives(
            letter("New thing", subject="Invoice for October wrong", In_Reply_To="<out@company.example>")
        )
        assert row.ticket == answered
        assert row.message.envelope["offer_split"] is True

    def test_answering_a_letter_proves_the_address_that_was_claimed(self, arrives, person, write_in, ben):
        claimant = person("Dina", "dina@mail.example", verified=False)
        ticket = write_in(customer=claimant)
        reply(ticket, NewMessage(body="?", keys=["<out@company.example>"]), by=ben.actor)
        row = arrives(letter(sender="dina@mail.example", In_Reply_To="<out@company.example>"))
        assert row.ticket == ticket
        assert ContactPoint.objects.get(value="dina@mail.example").verified_at


rungs, standings = st.sampled_from(list(Rung)), st.sampled_from(list(Standing))
made = st.builds(
    Candidate,
    ticket_id=st.integers(1, 9),
    rung=rungs,
    standing=standings,
    subject=st.sampled_from(["", "Blank page", "Refund"]),
    closed_days=st.none() | st.floats(0, 400),
    of_many=st.booleans(),
)


@given(st.lists(made, max_size=6), st.integers(0, 60))
def test_a_stranger_never_joins_by_a_token_and_nobody_joins_what_was_not_found(found, days):
    decision = decide(found, subject="Blank page", closed_too_long_days=days)
    if decision.ticket_id is None:
        return
    chosen = [one for one in found if (one.ticket_id, one.rung) == (decision.ticket_id, decision.rung)]
    assert chosen
    assert decision.standing is not Standing.REMOVED
    assert decision.is_pending == (decision.standing not in KNOWN)
    if decision.rung is Rung.TOKEN:
        assert decision.standing in KNOWN
    assert any(one.closed_days is None or one.closed_days <= days for one in chosen)


@given(st.lists(made, max_size=6), st.integers(0, 60))
def test_the_first_rung_that_holds_is_taken(found, days):
    decision = decide(found, subject="", closed_too_long_days=days)
    holding = [
        one
        for one in found
        if one.standing in KNOWN
        or (one.standing is not Standing.REMOVED and one.rung is not Rung.TOKEN and not one.of_many)
    ]
    reached = decision.ticket_id or decision.linked_to
    assert reached == (holding[0].ticket_id if holding else None)


@given(st.lists(st.sampled_from(["", "<>", "< >", "<a@x>", "<b@x>", "<c@x>"]), max_size=8))
def test_empty_ids_are_never_looked_up(ids):
    found = ladder_ids(ids[:2], ids[2:])
    assert all(one.strip("<> ") for one in found)
    assert len(set(found)) == len(found)


@given(st.text(max_size=300))
def test_any_subject_can_be_read(subject):
    assert is_other_subject(subject, subject) is False
    assert len(plain_subject(subject)) <= 500
    assert all(number >= 0 for number in tokens(subject))


@pytest.mark.parametrize(
    ("subject", "known", "other"),
    [
        ("Re: AW: Blank page [#1042]", "Blank page", False),
        ("Blank page again", "Blank page", False),
        ("", "Blank page", False),
        ("Invoice for October", "Blank page", True),
        ("RE: Video will not play on phone", "Video will not play", False),
    ],
)
def test_a_subject_is_another_only_when_it_speaks_of_something_else(subject, known, other):
    assert is_other_subject(subject, known) is other
