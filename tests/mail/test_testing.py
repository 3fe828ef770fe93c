"""The live test of a mailbox: it says what works, and what to do about what does not."""

import smtplib

import pytest
from tests.mail.conftest import new_box, signed_in
from tests.mail.dovecot import Dovecot
from tests.mail.smtp import PASSWORD, USER, SmtpServer, Taken

from tugon.channels.email.testing import check
from tugon.channels.models import Mailbox
from tugon.lib import secrets

pytestmark = pytest.mark.django_db


@pytest.fixture
def whole(dovecot: Dovecot, smtp_server: SmtpServer) -> Mailbox:
    """A mailbox whose letters to itself arrive."""

    def carry(taken: Taken) -> None:
        with smtplib.LMTP(dovecot.host, dovecot.lmtp_port, timeout=10) as client:
            client.sendmail(taken.sender, taken.recipients, taken.raw)

    smtp_server.on_data = carry
    return new_box(
        dovecot,
        outgoing="smtp",
        smtp_host=smtp_server.host,
        smtp_port=smtp_server.port,
        smtp_security="none",
        smtp_user=USER,
        sealed_smtp_password=secrets.seal(PASSWORD),
    )


def test_a_mailbox_that_works_in_both_directions_passes_and_is_left_clean(
    dovecot: Dovecot, whole: Mailbox
) -> None:
    found = check(whole)
    assert [step.ok for step in found] == [True, True, True]
    assert "arrived after" in found[-1].words
    with signed_in(dovecot, whole.imap_user) as client:
        assert client.select_folder("INBOX")[b"EXISTS"] == 0


def test_a_mailbox_that_is_not_saved_yet_can_be_tested(whole: Mailbox) -> None:
    unsaved = Mailbox(
        **{field.attname: getattr(whole, field.attname) for field in Mailbox._meta.concrete_fields[1:]}
    )
    assert all(step.ok for step in check(unsaved))


def test_each_direction_is_told_apart(whole: Mailbox) -> None:
    whole.sealed_imap_password = secrets.seal("wrong")
    receiving, sending, there = check(whole)
    assert (receiving.ok, sending.ok, there.ok) == (False, True, True)
    assert "Type the password again" in receiving.words
    assert "Look into the mailbox" in there.words


def test_a_letter_that_does_not_arrive_is_told_with_where_to_look(
    whole: Mailbox, smtp_server: SmtpServer
) -> None:
    smtp_server.on_data = None
    last = check(whole, patience=1)[-1]
    assert not last.ok
    assert "junk folder" in last.words


def test_a_refused_letter_is_told_with_the_servers_words(whole: Mailbox, smtp_server: SmtpServer) -> None:
    smtp_server.answers = {whole.address: "550 5.7.1 You may not send"}
    last = check(whole)[-1]
    assert not last.ok
    assert "You may not send" in last.words
