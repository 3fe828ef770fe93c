import pytest

from tugon.events.models import Event
from tugon.files.models import Upload
from tugon.files.operations import store
from tugon.tickets import operations
from tugon.tickets.errors import EmptyMessage, NewerMessage, TicketIsMerged, TooLateToWithdraw
from tugon.tickets.models import Draft
from tugon.tickets.operations import NewFile, NewMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_first_reply_opens_the_ticket_and_takes_it(ticket, ben, facts):
    message = operations.reply(ticket, NewMessage(body="Have you tried turning it off?"), by=ben.actor)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.assignee, ticket.message_count) == ("open", ben, 2)
    assert ticket.first_response_at == ticket.last_agent_at == message.created_at
    assert facts(ticket)[1:] == ["AgentReplied", "TicketAssigned", "StatusChanged"]


def test_whoever_is_in_another_team_answers_without_taking(write_in, billing, ben):
    ticket = write_in(team=billing)
    operations.reply(ticket, NewMessage(body="Hello"), by=ben.actor)
    ticket.refresh_from_db()
    assert ticket.assignee is None


def test_a_reply_to_words_not_seen_is_stopped_and_nothing_changes(ticket, ana, ben, facts):
    seen = ticket.messages.get().pk
    operations.add_incoming(ticket, NewMessage(body="One more thing"), customer=ana, by=ana.actor)
    before = facts(ticket)
    with pytest.raises(NewerMessage, match="Ana Santos"):
        operations.reply(ticket, NewMessage(body="Hi"), seen_message_id=seen, by=ben.actor)
    assert (ticket.messages.count(), facts(ticket)) == (2, before)


def test_an_empty_reply_is_refused(ticket, ben):
    with pytest.raises(EmptyMessage):
        operations.reply(ticket, NewMessage(body=" \n"), by=ben.actor)


def test_taking_back_a_reply_takes_back_all_of_it(ticket, ben, facts):
    picture = store(b"x" * 40, name="a.txt")
    letter = NewMessage(body="Fixed!", body_html="<p>Fixed!</p>", files=[NewFile(picture, "a.txt")])
    message = operations.reply(ticket, letter, then="solved", by=ben.actor)
    draft = operations.withdraw(message, by=ben.actor)
    ticket.refresh_from_db()
    assert (ticket.status, ticket.solved_at, ticket.reopen_count) == ("new", None, 0)
    assert (ticket.message_count, ticket.first_response_at) == (1, None)
    assert (draft.html, len(draft.uploads)) == ("<p>Fixed!</p>", 1)
    assert Upload.objects.get(token=draft.uploads[0]).owner == f"agent:{ben.pk}"
    assert facts(ticket)[-2:] == ["ReplyWithdrawn", "StatusChanged"]
    assert "TicketReopened" not in facts(ticket)


def test_what_left_cannot_be_taken_back(ticket, ben):
    message = operations.reply(ticket, NewMessage(body="Hi"), undo_seconds=0, by=ben.actor)
    with pytest.raises(TooLateToWithdraw):
        operations.withdraw(message, by=ben.actor)
    assert ticket.messages.count() == 2


def test_a_letter_to_a_merged_ticket_joins_where_it_went(ticket, write_in, ana, ben):
    other = write_in()
    operations.merge(other, into=ticket, by=ben.actor)
    row = operations.add_incoming(other, NewMessage(body="Hello?"), customer=ana, by=ana.actor)
    assert row.ticket == ticket
    with pytest.raises(TicketIsMerged, match=f"#{ticket.pk}"):
        operations.reply(other, NewMessage(body="Hi"), by=ben.actor)


def test_mentioned_colleagues_follow(ticket, ben, carl):
    operations.add_note(ticket, NewMessage(body="@Carl look"), mentions=[carl], by=ben.actor)
    assert list(ticket.followers.all()) == [carl]
    assert Event.objects.named("NoteAdded").get().data["mentioned_ids"] == [carl.pk]


class TestDrafts:
    def test_a_draft_is_saved_as_one_writes_and_forgotten_when_empty(self, ticket, ben):
        first = ticket.messages.get().pk
        operations.save_draft(ticket, agent=ben, kind="reply", html="<p>He</p>", answers_message_id=first)
        operations.save_draft(ticket, agent=ben, kind="reply", html="<p>Hello</p>", uploads=["t"])
        draft = Draft.objects.get(ticket=ticket, agent=ben, kind="reply")
        assert (draft.html, draft.uploads, draft.answers_message_id) == ("<p>Hello</p>", ["t"], first)
        operations.save_draft(ticket, agent=ben, kind="reply", html="<p> </p>")
        assert not Draft.objects.filter(ticket=ticket, agent=ben).exists()

    def test_a_reply_forgets_its_draft_and_nobody_elses(self, ticket, ben, lea):
        for agent in (ben, lea):
            operations.save_draft(ticket, agent=agent, kind="reply", html="<p>Hi</p>")
        operations.save_draft(ticket, agent=ben, kind="note", html="<p>Hm</p>")
        operations.reply(ticket, NewMessage(body="Hi"), by=ben.actor)
        assert sorted(Draft.objects.values_list("agent__name", "kind")) == [
            ("Ben Bautista", "note"),
            ("Lea Lim", "reply"),
        ]
