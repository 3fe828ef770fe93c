"""Merging, splitting, linking, deleting, spam, people in copy."""

import pytest
from django.forms.models import model_to_dict

from tugon.files.operations import store
from tugon.lib.errors import NotAllowed
from tugon.tickets import operations
from tugon.tickets.errors import (
    CannotLink,
    CannotMerge,
    CannotSplit,
    CannotUndo,
    ParticipantInvalid,
    TicketIsMerged,
)
from tugon.tickets.models import Attachment, Merge, Message, MessageKey, Participant, Ticket, TicketLink
from tugon.tickets.operations import NewFile, NewMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def second(write_in, ben):
    """Ana wrote again about the same thing."""
    row = write_in("Still blank", "Still blank today.", tags=["video"])
    MessageKey.objects.create(value="<two@mail.example>", message=row.messages.get(), ticket=row)
    operations.add_participant(row, address="dina@mail.example", by=ben.actor)
    operations.follow(row, who=ben, by=ben.actor)
    return row


def everything(*but):
    rows = [
        *Ticket.objects.order_by("pk"),
        *Message.objects.order_by("pk"),
        *MessageKey.objects.order_by("pk"),
    ]
    rows += Participant.objects.order_by("pk")
    states = []
    for row in rows:
        values = model_to_dict(row)
        values["followers"] = sorted(one.pk for one in values.get("followers", []))
        states.append(
            (type(row).__name__, row.pk, {key: value for key, value in values.items() if key not in but})
        )
    return states


class TestMerging:
    def test_messages_tags_followers_and_people_in_copy_move(self, ticket, second, ben, facts):
        operations.merge(second, into=ticket, by=ben.actor)
        ticket.refresh_from_db(), second.refresh_from_db()
        assert (ticket.message_count, ticket.tags, ticket.snippet) == (2, ["video"], "Still blank today.")
        assert list(ticket.followers.all()) == [ben]
        assert ticket.participants.get().address == "dina@mail.example"
        assert MessageKey.objects.get(value="<two@mail.example>").ticket == ticket
        assert (second.status, second.merged_into, second.message_count) == ("closed", ticket, 0)
        assert (facts(second)[-1], facts(ticket)[-1]) == ("TicketMerged", "TicketReceivedMerge")
        assert "TicketClosed" not in facts(second)

    def test_undo_puts_every_row_back_exactly(self, ticket, second, ben, facts):
        before = everything("updated_at")
        row = operations.merge(second, into=ticket, by=ben.actor)
        operations.undo_merge(row, by=ben.actor)
        operations.undo_merge(row, by=ben.actor)
        assert everything("updated_at") == before
        assert (facts(second)[-1], facts(ticket)[-1]) == ("MergeUndone", "MergeUndone")

    def test_what_was_written_since_stays_where_it_was_written(self, ticket, second, ana, ben):
        row = operations.merge(second, into=ticket, by=ben.actor)
        new = operations.add_incoming(second, NewMessage(body="And now?"), customer=ana, by=ana.actor)
        answer = operations.reply(ticket, NewMessage(body="Now it works"), by=ben.actor)
        operations.undo_merge(row, by=ben.actor)
        for message in (new, answer):
            message.refresh_from_db()
        ticket.refresh_from_db(), second.refresh_from_db()
        assert new.ticket == answer.ticket == ticket
        assert (ticket.message_count, second.message_count, ticket.snippet) == (3, 1, "Now it works")
        assert (second.status, second.merged_into) == ("new", None)

    def test_an_open_problem_opens_the_ticket_it_joins_and_undo_steps_back(self, ticket, second, ben, facts):
        operations.solve(ticket, by=ben.actor)
        row = operations.merge(second, into=ticket, by=ben.actor)
        ticket.refresh_from_db()
        assert ticket.status == "open"
        operations.undo_merge(row, by=ben.actor)
        ticket.refresh_from_db()
        assert ticket.status == "solved"
        assert facts(ticket).count("TicketSolved") == 1

    def test_different_people_are_only_merged_on_purpose(self, ticket, write_in, person, ben):
        theirs = write_in(customer=person("Olga", "olga@mail.example"))
        before = everything()
        with pytest.raises(CannotMerge, match="different people"):
            operations.merge(theirs, into=ticket, by=ben.actor)
        assert everything() == before
        operations.merge(theirs, into=ticket, across_customers=True, by=ben.actor)
        assert ticket.messages.count() == 2

    def test_no_circles_no_selves_no_shells(self, ticket, second, write_in, ben):
        with pytest.raises(CannotMerge):
            operations.merge(ticket, into=ticket, by=ben.actor)
        first = operations.merge(second, into=ticket, by=ben.actor)
        assert operations.merge(second, into=ticket, by=ben.actor) == first
        with pytest.raises(TicketIsMerged):
            operations.merge(ticket, into=second, by=ben.actor)
        third = write_in()
        later = operations.merge(ticket, into=third, by=ben.actor)
        with pytest.raises(CannotUndo, match="Undo that first"):
            operations.undo_merge(first, by=ben.actor)
        operations.undo_merge(later, by=ben.actor)
        operations.undo_merge(first, by=ben.actor)
        assert [one.message_count for one in Ticket.objects.order_by("pk")] == [1, 1, 1]

    def test_a_collaborator_merges_nothing(self, ticket, second, carl):
        with pytest.raises(NotAllowed):
            operations.merge(second, into=ticket, by=carl.actor)
        assert not Merge.objects.exists()


class TestSplitting:
    def test_a_message_becomes_a_ticket_of_its_own(self, ticket, ana, ben, facts):
        message = operations.add_incoming(
            ticket, NewMessage(body="By the way: my refund?", keys=["<r@x>"]), customer=ana, by=ana.actor
        )
        new = operations.split(message, by=ben.actor)
        ticket.refresh_from_db()
        assert (new.subject, new.customer, new.team, new.status) == (
            "By the way: my refund?",
            ana,
            ticket.team,
            "new",
        )
        assert (ticket.message_count, ticket.snippet) == (1, "Since this morning no video plays on my phone.")
        assert MessageKey.objects.get(value="<r@x>").ticket == new
        assert new.messages.get().moved_from == ticket
        assert (facts(ticket)[-2:], facts(new)) == (
            ["TicketSplit", "TicketLinked"],
            ["TicketOpened", "TicketLinked"],
        )

    def test_what_followed_goes_along_if_asked(self, ticket, ana, ben):
        message = operations.add_incoming(ticket, NewMessage(body="Refund?"), customer=ana, by=ana.actor)
        operations.reply(ticket, NewMessage(body="It is on its way"), by=ben.actor)
        new = operations.split(message, subject=" Refund ", following=True, by=ben.actor)
        assert (new.subject, new.status, new.message_count, ticket.messages.count()) == (
            "Refund",
            "open",
            2,
            1,
        )

    def test_a_strangers_message_becomes_the_strangers_ticket(self, ticket, person, ben):
        olga = person("Olga", "olga@mail.example")
        message = operations.add_incoming(ticket, NewMessage(body="Me too"), customer=olga, by=olga.actor)
        assert operations.split(message, by=ben.actor).customer == olga

    def test_something_stays(self, ticket, ben):
        with pytest.raises(CannotSplit):
            operations.split(ticket.messages.get(), by=ben.actor)
        assert Ticket.objects.count() == 1


class TestLinking:
    def test_a_link_is_on_both_timelines_and_made_once(self, ticket, second, ben, facts):
        operations.link(ticket, second, kind="duplicate", by=ben.actor)
        operations.link(second, ticket, kind="duplicate", by=ben.actor)
        assert TicketLink.objects.count() == 1
        operations.unlink(second, ticket, kind="duplicate", by=ben.actor)
        assert not TicketLink.objects.exists()
        assert facts(ticket)[-2:] == facts(second)[-2:] == ["TicketLinked", "TicketUnlinked"]

    def test_parents_make_a_tree(self, ticket, second, write_in, ben):
        third = write_in()
        operations.link(ticket, second, kind="parent", by=ben.actor)
        operations.link(second, third, kind="parent", by=ben.actor)
        for parent, child in ((third, ticket), (ticket, third), (ticket, ticket)):
            with pytest.raises(CannotLink):
                operations.link(parent, child, kind="parent", by=ben.actor)
        assert TicketLink.objects.count() == 2

    def test_an_unknown_kind_is_refused(self, ticket, second, ben):
        with pytest.raises(CannotLink, match="cousin"):
            operations.link(ticket, second, kind="cousin", by=ben.actor)


class TestPeopleInCopy:
    def test_people_are_added_let_in_and_removed(self, ticket, ben, facts):
        row = operations.add_participant(ticket, address=" Dina@Mail.Example", by=ben.actor)
        operations.add_participant(ticket, address="dina@mail.example", by=ben.actor)
        assert (row.address, row.standing) == ("dina@mail.example", "cc")
        operations.remove_participant(row, by=ben.actor)
        assert operations.confirm_participant(row, by=ben.actor).standing == "cc"
        assert facts(ticket).count("ParticipantChanged") == 3

    @pytest.mark.parametrize("address", ["nobody", "help@company.example", "ana@mail.example"])
    def test_nonsense_ourselves_and_the_customer_are_not_in_copy(self, ticket, ben, address):
        with pytest.raises(ParticipantInvalid):
            operations.add_participant(ticket, address=address, by=ben.actor)
        assert not ticket.participants.exists()


class TestSpam:
    def test_spam_leaves_the_lists_and_comes_back(self, ticket, lea, facts):
        operations.mark_spam(ticket, block_sender=True, by=lea.actor)
        operations.mark_spam(ticket, by=lea.actor)
        ticket.customer.refresh_from_db()
        assert ticket.customer.blocked_at is not None
        assert not Ticket.objects.active().exists()
        operations.unmark_spam(ticket, by=lea.actor)
        ticket.customer.refresh_from_db()
        assert ticket.customer.blocked_at is None
        assert facts(ticket)[1:] == ["TicketMarkedSpam", "TicketUnmarkedSpam"]

    def test_an_agent_without_the_permission_cannot(self, ticket, ben):
        with pytest.raises(NotAllowed):
            operations.mark_spam(ticket, by=ben.actor)


class TestDeleting:
    def test_a_ticket_goes_with_its_shells_and_files(
        self, ticket, second, ana, lea, django_capture_on_commit_callbacks
    ):
        alone, shared = store(b"a" * 30, name="a.txt"), store(b"b" * 30, name="b.txt")
        files = [NewFile(alone, "a.txt"), NewFile(shared, "b.txt")]
        operations.add_incoming(second, NewMessage(body="Files", files=files), customer=ana, by=ana.actor)
        operations.merge(second, into=ticket, by=lea.actor)
        other = operations.open_ticket(
            customer=ana, subject="Other", message=NewMessage(body="x", files=files[1:]), by=ana.actor
        )
        with django_capture_on_commit_callbacks(execute=True):
            operations.delete(ticket, by=lea.actor)
            operations.delete(ticket, by=lea.actor)
        assert list(Ticket.objects.all()) == [other]
        alone.refresh_from_db(), shared.refresh_from_db()
        assert (alone.redacted_at is None, shared.redacted_at) == (False, None)
        assert Attachment.objects.count() == 1

    def test_deleting_needs_the_permission(self, ticket, ben):
        with pytest.raises(NotAllowed):
            operations.delete(ticket, by=ben.actor)
        assert Ticket.objects.exists()
