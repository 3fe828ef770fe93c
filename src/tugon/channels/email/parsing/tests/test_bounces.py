"""Reports of every kind are known as such, with who was not reached and why."""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import pytest

from tugon.channels.email.parsing import parse
from tugon.channels.email.parsing.tests.letters import letter, multipart

STATUS = b"""Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; ben@example.net
Original-Recipient: rfc822;ben@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <ben@example.net>: Recipient address rejected: User unknown

Final-Recipient: rfc822;cora@example.net
Action: delayed
Status: 4.4.1
"""


def report(status: bytes = STATUS, kind: str = "delivery-status") -> bytes:
    return multipart(
        ("Content-Type: text/plain", b"Your letter could not be delivered."),
        ("Content-Type: message/delivery-status", status),
        (
            "Content-Type: message/rfc822",
            b"Message-ID: <ours@example.org>\r\nSubject: Your order\r\n\r\nHello",
        ),
        kind="report",
        head=f"From: Mail Delivery System <MAILER-DAEMON@mx.example.net>\nReturn-Path: <>\nSubject: Undelivered Mail\nX-Kind: {kind}",
    )


def test_a_standard_report_names_every_recipient_and_our_letter() -> None:
    bounce = parse(report()).bounce
    assert bounce is not None
    assert [(each.address, each.status, each.permanent) for each in bounce.recipients] == [
        ("ben@example.net", "5.1.1", True),
        ("cora@example.net", "4.4.1", False),
    ]
    assert (bounce.original_message_id, bounce.original_subject, bounce.reporter) == (
        "<ours@example.org>",
        "Your order",
        "mx.example.net",
    )


def test_a_report_of_success_is_no_bounce() -> None:
    found = parse(
        report(
            STATUS.partition(b"Final-Recipient: rfc822;cora")[0]
            .replace(b"failed", b"delivered")
            .replace(b"5.1.1", b"2.0.0")
        )
    )
    assert found.bounce is None
    assert found.automatic is not None
    assert not found.may_answer


TEXTS = {
    "qmail": (
        "failure notice",
        "MAILER-DAEMON@mx.example.net",
        (
            "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
            "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<ben@example.net>:\n192.0.2.1 does not like recipient.\n"
            "Remote host said: 550 5.1.1 unknown user\nGiving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <help@example.org>\n"
            "Message-ID: <ours@example.org>\nSubject: Your order\nTo: other@example.com\n\nHello"
        ),
        "5.1.1",
    ),
    "exim": (
        "Mail delivery failed: returning message to sender",
        "Mailer-Daemon@mx.example.net",
        (
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\n"
            "recipients. This is a permanent error. The following address(es) failed:\n\n  ben@example.net\n    host mx.example.net [192.0.2.1]\n"
            "    SMTP error from remote mail server after RCPT TO:<ben@example.net>:\n    550 5.2.2 mailbox full\n\n------ This is a copy of the message, including all the headers. ------\n\n"
            "Message-ID: <ours@example.org>\nSubject: Your order\n\nHello"
        ),
        "5.2.2",
    ),
    "exchange": (
        "Undeliverable: Your order",
        "postmaster@example.net",
        (
            "Delivery has failed to these recipients or groups:\n\nben@example.net (ben@example.net)\nThe email address you entered couldn't be found. Please check the "
            "recipient's email address and try to resend the message.\n\nDiagnostic information for administrators:\n\nGenerating server: mx.example.net\n\nben@example.net\n"
            "Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'\n\nOriginal message headers:\n\nMessage-ID: <ours@example.org>\nSubject: Your order\n"
        ),
        "5.1.10",
    ),
    "words only": (
        "Undelivered mail",
        "MAILER-DAEMON@mx.example.net",
        (
            "Your message could not be delivered to ben@example.net because the user is unknown.\n\nMessage-ID: <ours@example.org>\n"
        ),
        "5.1.1",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_in_words_is_read(name: str) -> None:
    subject, sender, text, status = TEXTS[name]
    found = parse(letter(text, subject=subject, sender=f"Mail <{sender}>", head="Return-Path: <>"))
    assert found.bounce is not None
    assert [(each.address, each.status) for each in found.bounce.recipients] == [("ben@example.net", status)]
    assert found.bounce.original_message_id == "<ours@example.org>"
    assert found.automatic is not None
    assert found.automatic.kind == "bounce"


def test_a_report_in_words_of_a_delay_is_temporary() -> None:
    text = "Your message to ben@example.net could not be delivered yet: connection timed out. Delivery attempts will continue.\n"
    found = parse(letter(text, subject="Warning: message delayed", sender="MAILER-DAEMON@mx.example.net"))
    assert found.bounce is not None
    assert not found.bounce.permanent


def test_gmail_names_the_recipient_in_a_header() -> None:
    text = "Address not found\n\nYour message wasn't delivered to ben@example.net because the address couldn't be found.\n\n550 5.1.1 The email account does not exist."
    found = parse(
        letter(
            text,
            subject="Delivery Status Notification (Failure)",
            sender="Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            head="X-Failed-Recipients: ben@example.net",
        )
    )
    assert found.bounce is not None
    assert [(each.address, each.status, each.permanent) for each in found.bounce.recipients] == [
        ("ben@example.net", "5.1.1", True)
    ]


def test_a_person_who_writes_about_undelivered_mail_is_no_bounce() -> None:
    found = parse(
        letter(
            "My parcel was not delivered, and my mail to ben@example.net could not be delivered either.",
            subject="Undelivered parcel",
        )
    )
    assert found.bounce is None
    assert found.automatic is None
    assert found.may_answer


def test_a_complaint_about_spam_is_known() -> None:
    raw = multipart(
        ("Content-Type: text/plain", b"This is a spam report."),
        ("Content-Type: message/feedback-report", b"Feedback-Type: abuse\r\nVersion: 1\r\n"),
        ("Content-Type: message/rfc822", b"Subject: News\r\n\r\nHi"),
        kind="report; report-type=feedback-report",
    )
    found = parse(raw)
    assert found.automatic is not None
    assert found.automatic.kind == "complaint"
