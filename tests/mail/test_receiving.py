"""Receiving by LMTP and by pipe: acknowledged only when kept, refused or deferred in the mail server's own words."""

import smtplib
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from django.db import OperationalError
from tests.mail.conftest import Kept, letter

from tugon.channels.email.lmtp import LmtpServer
from tugon.channels.email.pipe import KEPT, TRY_LATER, UNKNOWN_MAILBOX, USAGE, receive
from tugon.channels.models import Channel, Mailbox

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def support() -> Mailbox:
    return plain_box("support@tugon.test", aliases=["help@tugon.test"])


@pytest.fixture
def lmtp(kept: Kept) -> Iterator[LmtpServer]:
    server = LmtpServer("127.0.0.1:0", kept)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def client(lmtp: LmtpServer) -> Iterator[smtplib.LMTP]:
    with smtplib.LMTP("127.0.0.1", lmtp.port, timeout=10) as connection:
        yield connection


def plain_box(address: str, **columns: object) -> Mailbox:
    return Mailbox.objects.create(
        channel=Channel.objects.create(kind="email", name=address), address=address, **columns
    )


def test_250_means_kept_with_the_envelope(support: Mailbox, kept: Kept, client: smtplib.LMTP) -> None:
    client.sendmail("ana@customer.test", ["Support+T.1.abc@Tugon.test"], letter("one"))
    assert kept.subjects == ["one"]
    (arrival,) = kept.arrivals
    assert arrival.channel_id == support.channel_id
    assert arrival.envelope["from"] == "ana@customer.test"
    assert arrival.envelope["to"] == ["Support+T.1.abc@Tugon.test"]
    assert arrival.raw.startswith(
        b"Return-Path: <ana@customer.test>\r\nDelivered-To: Support+T.1.abc@Tugon.test\r\n"
    )
    assert arrival.raw.endswith(letter("one"))


def test_the_null_sender_of_reports_is_kept(support: Mailbox, kept: Kept, client: smtplib.LMTP) -> None:
    client.sendmail("", ["help@tugon.test"], letter("bounce"))
    assert kept.arrivals[0].raw.startswith(b"Return-Path: <>\r\n")


def test_an_unknown_recipient_is_refused_for_good(support: Mailbox, kept: Kept, client: smtplib.LMTP) -> None:
    with pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        client.sendmail("ana@customer.test", ["nobody@tugon.test"], letter("one"))
    assert caught.value.recipients["nobody@tugon.test"][0] == 550
    assert not kept.arrivals


def test_each_recipient_gets_an_answer_of_its_own(kept: Kept, support: Mailbox, lmtp: LmtpServer) -> None:
    billing = plain_box("billing@tugon.test")
    kept.refuses = lambda arrival: arrival.channel_id == billing.channel_id
    with smtplib.LMTP("127.0.0.1", lmtp.port, timeout=10) as client:
        client.ehlo_or_helo_if_needed()
        client.mail("ana@customer.test")
        for address in ("support@tugon.test", "billing@tugon.test", "help@tugon.test"):
            assert client.rcpt(address)[0] == 250
        client.putcmd("data")
        assert client.getreply()[0] == 354
        client.send(letter("three") + b".\r\n")
        codes = [client.getreply()[0] for _ in range(3)]
    assert codes == [250, 451, 250]
    assert [one.channel_id for one in kept.arrivals] == [support.channel_id]


def test_without_a_database_the_letter_stays_with_the_sender(
    kept: Kept, support: Mailbox, client: smtplib.LMTP
) -> None:
    gone = mock.patch("tugon.channels.email.lmtp._mailbox_of", side_effect=OperationalError("gone"))
    with gone, pytest.raises(smtplib.SMTPRecipientsRefused) as caught:
        client.sendmail("ana@customer.test", ["support@tugon.test"], letter("one"))
    assert caught.value.recipients["support@tugon.test"][0] == 451


def test_any_bytes_are_taken_as_they_are(kept: Kept, support: Mailbox, client: smtplib.LMTP) -> None:
    strange = b"Subject: \xff\xfe\x00 raw\r\n\r\n" + b"x" * 70_000 + b"\r\n.dot\r\n\x00\x80\xff\r\n"
    client.sendmail("ana@customer.test", ["support@tugon.test"], strange)
    assert kept.arrivals[0].raw.endswith(strange)


def test_the_limit_is_announced_and_kept(
    kept: Kept, support: Mailbox, lmtp: LmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tugon.channels.email.lmtp.LARGEST", 10_000)
    with smtplib.LMTP("127.0.0.1", lmtp.port, timeout=10) as client:
        client.ehlo_or_helo_if_needed()
        assert client.esmtp_features["size"] == "10000"
        with pytest.raises((smtplib.SMTPDataError, smtplib.SMTPSenderRefused)) as caught:
            client.sendmail("ana@customer.test", ["support@tugon.test"], letter("big", body="x\r\n" * 9000))
    assert caught.value.smtp_code == 552
    assert not kept.arrivals


def test_a_unix_socket_left_by_a_killed_process_is_taken_over(
    kept: Kept, support: Mailbox, tmp_path: Path
) -> None:
    place = tmp_path / "lmtp.sock"
    for _ in range(2):
        server = LmtpServer(f"unix:{place}", kept)
        server.start()
        with smtplib.LMTP(str(place), timeout=10) as client:
            client.sendmail("ana@customer.test", ["support@tugon.test"], letter("one"))
        with pytest.raises(OSError, match="Another process"):
            LmtpServer(f"unix:{place}", kept).start()
        server.stop()
    assert kept.subjects == ["one"]
    assert kept.calls == 2


def test_a_piped_letter_is_kept(support: Mailbox, kept: Kept) -> None:
    assert receive(letter("one"), recipient="help@tugon.test", sink=kept) == (KEPT, "")
    assert kept.arrivals[0].via == "pipe"


def test_the_only_mailbox_gets_what_names_none(support: Mailbox, kept: Kept) -> None:
    assert receive(b"\xff\xfe no head at all", sink=kept)[0] == KEPT
    assert kept.arrivals[0].raw == b"\xff\xfe no head at all"


def test_the_envelopes_header_comes_before_the_written_recipient(support: Mailbox, kept: Kept) -> None:
    billing = plain_box("billing@tugon.test")
    receive(letter("one", X_Original_To="billing@tugon.test"), sink=kept)
    assert kept.arrivals[0].channel_id == billing.channel_id


@pytest.mark.parametrize(
    ("raw", "recipient", "code"), [(b" \n", "", USAGE), (b"x", "no@tugon.test", UNKNOWN_MAILBOX)]
)
def test_what_cannot_be_taken_has_its_exit_code_and_words(
    support: Mailbox, kept: Kept, raw: bytes, recipient: str, code: int
) -> None:
    found, words = receive(raw, recipient=recipient, sink=kept)
    assert (found, bool(words)) == (code, True)
    assert not kept.arrivals


@pytest.mark.parametrize(
    "error", [OperationalError("connection refused"), OSError("No space left on device")]
)
def test_a_letter_that_cannot_be_kept_now_is_to_be_tried_again(support: Mailbox, error: Exception) -> None:
    def full(_arrival: object) -> None:
        raise error

    code, words = receive(letter("one"), recipient="support@tugon.test", sink=full)
    assert code == TRY_LATER
    assert "try again later" in words
    assert "Traceback" not in words
