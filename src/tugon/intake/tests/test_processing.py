"""One letter by one worker, nothing lost, nothing double."""

from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from tugon.events.models import Event, FailedReaction
from tugon.files import operations as files
from tugon.intake import letters
from tugon.intake.models import Payload, Received
from tugon.intake.operations import counts, process, process_waiting, raw, release, retry, store
from tugon.intake.operations.processing import MOST_ATTEMPTS
from tugon.intake.tasks import WAITING, wake_worker
from tugon.tickets.models import Message, Ticket

from .conftest import letter

S = Received.State


class Broken(Exception):
    pass


@pytest.fixture
def poisoned(monkeypatch):
    """Reading any letter fails until `.heal()`."""

    def fail(*_args, **_how):
        raise Broken("a bug of ours")

    class Poison:
        def heal(self):
            monkeypatch.undo()

    monkeypatch.setattr(letters, "open_ticket", fail)
    return Poison()


@pytest.mark.django_db
class TestOneWorker:
    def test_a_letter_that_breaks_the_reading_is_quarantined_whole(self, arrives, poisoned):
        sent = letter()
        row = arrives(sent)
        assert row.state == S.QUARANTINED
        assert "a bug of ours" in row.error
        assert raw(row) == sent
        assert not Ticket.objects.exists()
        assert Event.objects.named("MessageQuarantined").get().data["failed"] is True

    def test_what_broke_leaves_nothing_half_done(self, arrives, monkeypatch):
        def fail(*_args, **_how):
            raise Broken

        monkeypatch.setattr(letters.participants, "add_copied", fail)
        arrives(letter())
        assert not Ticket.objects.exists()
        assert not Message.objects.exists()
        assert not Event.objects.named("TicketOpened").exists()

    def test_a_quarantined_letter_becomes_a_ticket_when_it_is_retried(self, arrives, poisoned, ada):
        row = arrives(letter(subject="Blank page"))
        poisoned.heal()
        row = retry(row, by=ada.actor)
        assert (row.state, row.ticket.subject, row.error) == (S.TICKETED, "Blank page", "")

    def test_released_though_unreadable_it_is_a_ticket_with_the_letter_as_a_file(
        self, arrives, monkeypatch, ada
    ):
        def fail(*_args, **_how):
            raise Broken

        monkeypatch.setattr(letters, "_from_somebody", fail)
        sent = letter(subject="Blank page")
        row = release(arrives(sent), by=ada.actor)
        assert (row.state, row.ticket.subject) == (S.TICKETED, "Blank page")
        assert files.read(row.message.attachments.get().file).read() == sent

    def test_a_database_that_refuses_for_the_moment_is_asked_again(self, mailbox, monkeypatch):
        calls = []
        whole = letters.open_ticket

        def flaky(*args, **how):
            calls.append(1)
            # Each attempt asks twice: together with other letters, then by itself.
            if len(calls) < 5:
                raise OperationalError("deadlock detected")
            return whole(*args, **how)

        monkeypatch.setattr(letters, "open_ticket", flaky)
        row = store(mailbox.channel, letter(), via="imap")
        process_waiting()
        row.refresh_from_db()
        assert (row.state, row.attempts) == (S.TICKETED, 2)

    def test_a_database_that_refuses_again_and_again_ends_in_quarantine(self, mailbox, monkeypatch):
        def refuse(*_args, **_how):
            raise OperationalError("lock timeout")

        monkeypatch.setattr(letters, "open_ticket", refuse)
        row = store(mailbox.channel, letter(), via="imap")
        process_waiting()
        row.refresh_from_db()
        assert (row.state, row.attempts) == (S.QUARANTINED, MOST_ATTEMPTS)

    def test_a_settled_letter_is_not_read_again(self, arrives):
        row = arrives(letter())
        assert process(row).ticket == row.ticket
        assert process_waiting() == 0
        assert Ticket.objects.count() == 1

    def test_empty_and_broken_bytes_are_kept_and_settled(self, arrives):
        for sent in (b"", b"\x00\xff\x00", b"no headers at all", b"From: \nSubject:\n\n", b"\r\n\r\n" * 1000):
            row = arrives(sent)
            assert row.state in (S.QUARANTINED, S.IGNORED, S.TICKETED)
            assert raw(row) == sent

    def test_one_waiting_job_is_enough(self, mailbox, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            for number in range(3):
                store(mailbox.channel, letter(str(number)), via="imap")
        wake_worker()
        assert ProcrastinateJob.objects.filter(queueing_lock=WAITING, status="todo").count() == 1


@pytest.mark.django_db
class TestSeveralTogether:
    def test_one_that_breaks_does_not_harm_the_others(self, mailbox, monkeypatch):
        whole = letters.open_ticket

        def fail(*args, **how):
            if how["subject"] == "Letter 2":
                raise Broken
            return whole(*args, **how)

        monkeypatch.setattr(letters, "open_ticket", fail)
        for number in range(4):
            store(mailbox.channel, letter(str(number), subject=f"Letter {number}"), via="imap")
        assert process_waiting() == 4
        assert sorted(Ticket.objects.values_list("subject", flat=True)) == [
            "Letter 0",
            "Letter 1",
            "Letter 3",
        ]
        assert Received.objects.get(state=S.QUARANTINED).subject == "Letter 2"
        assert Message.objects.filter(automatic="acknowledgement").count() == 3

    def test_a_reaction_that_fails_costs_no_letter(self, mailbox, monkeypatch):
        def fail(*_args, **_how):
            raise Broken

        monkeypatch.setattr("tugon.intake.acknowledging.send_automatic", fail)
        for number in range(3):
            store(mailbox.channel, letter(str(number)), via="imap")
        assert process_waiting() == 3
        assert Ticket.objects.count() == 3
        assert not Message.objects.filter(automatic="acknowledgement").exists()
        assert FailedReaction.objects.filter(reaction__contains="acknowledge").count() == 3

    def test_answers_are_read_after_what_they_answer(self, mailbox):
        store(mailbox.channel, letter(message_id="<1@mail.example>"), via="imap")
        store(mailbox.channel, letter("More", In_Reply_To="<1@mail.example>"), via="imap")
        store(mailbox.channel, letter("Another"), via="imap")
        assert process_waiting() == 3
        assert sorted(Ticket.objects.values_list("message_count", flat=True)) == [2, 3]

    def test_one_job_sends_all_acknowledgements(self, mailbox):
        for number in range(3):
            store(mailbox.channel, letter(str(number), sender=f"p{number}@mail.example"), via="imap")
        process_waiting()
        assert ProcrastinateJob.objects.filter(task_name="delivery.send_due").count() == 1

    def test_whoever_finds_a_full_batch_calls_another_worker(self, mailbox, monkeypatch):
        monkeypatch.setattr("tugon.intake.operations.processing.BATCH", 2)
        for number in range(5):
            store(mailbox.channel, letter(str(number)), via="imap")
        assert process_waiting() == 5
        assert ProcrastinateJob.objects.filter(queueing_lock=WAITING, status="todo").count() == 1

    def test_a_letter_larger_than_a_batch_is_read_too(self, mailbox, monkeypatch):
        monkeypatch.setattr("tugon.intake.operations.processing.BATCH_BYTES", 10)
        for number in range(3):
            store(mailbox.channel, letter(str(number)), via="imap")
        assert process_waiting() == 3


@pytest.mark.django_db(transaction=True)
class TestTwoWorkers:
    def test_two_workers_never_read_one_row_twice(self, mailbox):
        for number in range(12):
            store(mailbox.channel, letter(f"Letter {number}"), via="imap")

        def work():
            process_waiting()
            connection.close()

        workers = [Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert Ticket.objects.count() == Received.objects.filter(state=S.TICKETED).count() == 12

    def test_a_row_another_worker_is_at_is_passed_over(self, mailbox):
        first = store(mailbox.channel, letter("First"), via="imap")
        store(mailbox.channel, letter("Second"), via="imap")
        done = []

        def work():
            done.append(process_waiting())
            connection.close()

        with transaction.atomic():
            Received.objects.select_for_update().get(pk=first.pk)
            worker = Thread(target=work)
            worker.start()
            worker.join()
        first.refresh_from_db()
        assert done == [1]
        assert first.state == S.STORED

    def test_the_same_letter_by_two_routes_at_once_is_one(self, mailbox):
        sent = letter()
        rows = []

        def take(via):
            rows.append(store(mailbox.channel, sent, via=via).pk)
            connection.close()

        routes = [Thread(target=take, args=(via,)) for via in ("imap", "lmtp", "pipe", "webhook")]
        for route in routes:
            route.start()
        for route in routes:
            route.join()
        assert len(set(rows)) == 1
        assert Received.objects.count() == Payload.objects.count() == 1

    def test_a_worker_killed_while_reading_leaves_the_letter_waiting(self, mailbox, monkeypatch):
        """A kill ends the connection in the middle of the transaction: here it is cut from within."""
        row = store(mailbox.channel, letter(), via="imap")
        whole = letters.participants.add_copied

        def killed(*_args, **_how):
            connection.connection.close()
            raise SystemExit

        monkeypatch.setattr(letters.participants, "add_copied", killed)
        with pytest.raises(BaseException):  # noqa: B017 - whatever is left of the process
            process_waiting()
        connection.close()
        assert not Ticket.objects.exists()
        assert counts()[mailbox.channel_id].waiting == 1
        monkeypatch.setattr(letters.participants, "add_copied", whole)
        assert process_waiting() == 1
        row.refresh_from_db()
        assert row.state == S.TICKETED
