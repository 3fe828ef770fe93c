"""Machines are known, so that they are never answered; persons are never taken for one."""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import pytest

from tugon.channels.email.parsing import parse
from tugon.channels.email.parsing.tests.letters import letter


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Auto-Submitted: auto-replied", "auto-reply"),
        ("Auto-Submitted: auto-replied\nSubject: Out of office: Help", "out-of-office"),
        ("Auto-Submitted: auto-generated", "auto-generated"),
        ("X-Autoreply: yes", "auto-reply"),
        ("Precedence: bulk", "bulk"),
        ("Precedence: list", "list"),
        ("List-Id: News <news.example.com>", "list"),
        ("List-Unsubscribe: <mailto:off@example.com>", "bulk"),
        ("Subject: Automatic reply: Help", "auto-reply"),
        ("Subject: Abwesenheitsnotiz: Help", "out-of-office"),
        ("Subject: Réponse automatique : Help", "auto-reply"),
        ("Subject: Respuesta automática: Help", "auto-reply"),
        ("Subject: 自动回复: Help", "auto-reply"),
        ("From: Shop <no-reply@example.com>", "auto-generated"),
        ("From: MAILER-DAEMON@example.com", "auto-generated"),
        ("Return-Path: <>", "auto-generated"),
        ("X-Tugon-Instance: a1", "own"),
        ("X-Loop: help@example.org", "auto-generated"),
    ],
)
def test_a_machine_is_known_by_its_headers(head: str, kind: str) -> None:
    found = parse(letter(head=head))
    assert found.automatic is not None
    assert found.automatic.kind == kind
    assert found.automatic.why
    assert not found.may_answer


def test_a_letter_from_ourselves_is_known() -> None:
    found = parse(letter(sender="Help@Example.org"), own_addresses=frozenset(["help@example.org"]))
    assert found.automatic is not None
    assert found.automatic.kind == "own"


def test_who_forbids_answers_need_not_be_a_machine() -> None:
    found = parse(letter(head="X-Auto-Response-Suppress: All"))
    assert found.automatic is None
    assert not found.may_answer
    assert "X-Auto-Response-Suppress" in found.may_answer_why


@pytest.mark.parametrize(
    "head",
    [
        "Auto-Submitted: no",
        "Subject: I am away from home and locked out",
        "Subject: Absence de facture",
        "Subject: Vacation rental refund",
        "From: Nora Ply <nora.ply@example.com>",
        "X-Auto-Response-Suppress: DR",
    ],
)
def test_a_person_may_be_answered(head: str) -> None:
    found = parse(letter(head=head))
    assert found.automatic is None
    assert found.may_answer


def test_only_results_of_a_server_we_trust_count() -> None:
    head = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com; dkim=fail (bad key) header.d=example.com; dmarc=pass"
    raw = letter(head=head)
    believed = parse(raw, trusted_authserv=frozenset(["mx.example.org"])).authentication
    assert (believed.spf, believed.dkim, believed.dmarc, believed.trusted) == ("pass", "fail", "pass", True)
    claimed = parse(raw).authentication
    assert (claimed.spf, claimed.dmarc, claimed.trusted, dict(claimed.claimed)["dmarc"]) == (
        "none",
        "none",
        False,
        "pass",
    )


def test_the_writer_behind_a_list_is_found() -> None:
    found = parse(
        letter(
            sender='"Ana Cruz via Help" <help@lists.example.org>', head="Reply-To: Ana Cruz <ana@example.com>"
        )
    )
    assert found.original_from is not None
    assert found.original_from.address == "ana@example.com"
    assert found.author == found.original_from
    google = parse(
        letter(sender="'Ana Cruz' via Help <help@example.org>", head="X-Original-Sender: ana@example.com")
    )
    assert google.original_from is not None
    assert (google.original_from.name, google.original_from.address) == ("Ana Cruz", "ana@example.com")
