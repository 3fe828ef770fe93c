"""Whatever the bytes: a value comes back, nothing is lost, and time grows with the length only."""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import base64
import json
import sys
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tugon.channels.email.parsing import parse, to_json
from tugon.channels.email.parsing.quotes import cut
from tugon.channels.email.parsing.tests.letters import letter, multipart

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SAMPLE = multipart(
    (
        "Content-Type: text/plain; charset=utf-8; format=flowed",
        "Où ça?\r\n\r\nOn 5 Mar 2026, Ana <a@example.com> wrote:\r\n> Hi\r\n".encode(),
    ),
    (
        "Content-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
        b"<div>O=F9</div><blockquote type=3Dcite>Hi</blockquote>",
    ),
    ("Content-Type: message/delivery-status", b"Final-Recipient: rfc822; a@example.com\nStatus: 5.1.1\n"),
    (
        "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64",
        base64.b64encode(b"\x78\x9f\x3e\x22" + b"\1" * 60),
    ),
)


def understood(raw: bytes) -> None:
    found = parse(raw)
    assert not any("could not be read" in problem for problem in found.problems), found.problems
    document = json.dumps(to_json(found), ensure_ascii=False)
    assert "\\u0000" not in document
    document.encode("utf-8")


@CALM
@given(st.binary(max_size=2_000))
def test_any_bytes_are_read(raw: bytes) -> None:
    understood(raw)


@CALM
@given(st.integers(0, len(SAMPLE)), st.integers(0, 40), st.binary(max_size=40))
def test_a_damaged_letter_is_read(position: int, length: int, put: bytes) -> None:
    understood(SAMPLE[:position] + put + SAMPLE[position + length :])


PIECES = [
    "Hello there",
    "",
    "> quoted",
    "On 5 Mar 2026 at 9:00, Ana <a@example.com> wrote:",
    "-- ",
    "Regards,",
    "Ana",
    "_____",
]
PIECES += [
    "From: Ana <a@example.com>",
    "Sent: 5 Mar 2026 9:00",
    "To: b@example.com",
    "Subject: x",
    "Sent from my iPhone",
]


@CALM
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=40)), max_size=30))
def test_every_letter_of_a_text_is_in_one_of_its_parts(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = cut(text)
    parts = Counter((found.reply + found.signature + found.quoted).replace(">", ""))
    missing = Counter(text.replace(">", "")) - parts
    assert not [letter for letter in missing if not letter.isspace()]


@CALM
@given(st.binary(min_size=1, max_size=3_000), st.sampled_from(["base64", "8bit"]))
def test_a_file_comes_back_byte_by_byte(content: bytes, encoding: str) -> None:
    if encoding == "8bit" and b"--edge" in content:
        return
    sent = base64.encodebytes(content) if encoding == "base64" else content
    raw = multipart(
        ("Content-Type: text/plain", b"Hi"),
        (
            f"Content-Type: application/x-thing\nContent-Disposition: attachment; filename=a.bin\nContent-Transfer-Encoding: {encoding}",
            sent,
        ),
    )
    assert [file.content for file in parse(raw).attachments] == [content]


HOSTILE: dict[str, Callable[[int], bytes]] = {
    "one line": lambda n: letter("On " * n),
    "attributions": lambda n: letter("On Mon, x\n" * n),
    "blocks": lambda n: letter("From: a@b.c\nTo: x\n" * n),
    "quotes": lambda n: letter("> a\nb\n" * n),
    "rules": lambda n: letter("-" * n * 5),
    "closings": lambda n: letter("Regards,\nAna\n" * n),
    "words": lambda n: letter(subject="=?utf-8?q?a" * n),
    "addresses": lambda n: letter(head="To: " + '<"(' * n),
    "tags": lambda n: letter("<div>" * n + "x", head="Content-Type: text/html"),
    "quoted blocks": lambda n: letter("<blockquote>a</blockquote>b" * n, head="Content-Type: text/html"),
    "uuencode": lambda n: letter("begin 644 a\n" * n),
    "spaces": lambda n: letter(" " * n * 5),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_length_only(name: str) -> None:
    make = HOSTILE[name]
    parse(make(50))
    small, large = steps(make(300)), steps(make(1_200))
    assert large < small * 4 * 1.5 + 20_000


def steps(raw: bytes) -> int:
    """Calls made while a letter is read: a count that no load of the machine changes."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        parse(raw)
    finally:
        sys.setprofile(None)
    return count
