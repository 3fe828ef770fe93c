"""Letters as they leave: read again by the standard library and by our own parser."""

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tugon.channels.email.compose import compose
from tugon.channels.email.headers import is_address, trimmed
from tugon.channels.email.letters import File, Foot, Letter, Person, Quote

LETTER = Letter(
    from_=Person("support@tugon.test", "Ben via Ligaya"),
    to=(Person("ana@customer.test", "Ana Cruz"),),
    subject="Re: The video does not play [#1042]",
    text="Hello Ana,\n\nplease try it again.",
    message_id="<tugon.7.abc@tugon.test>",
    date=datetime(2026, 11, 21, 10, 0, tzinfo=UTC),
)
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452")


def read(letter: Letter) -> EmailMessage:
    return email.message_from_bytes(compose(letter), policy=email.policy.default)  # type: ignore[return-value]


def test_a_letter_has_text_and_html_and_no_sign_of_a_machine() -> None:
    message = read(LETTER)
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message["From"].addresses[0].display_name == "Ben via Ligaya"
    assert message["Message-ID"] == "<tugon.7.abc@tugon.test>"
    assert message["Date"].datetime == LETTER.date
    assert "Auto-Submitted" not in message
    assert "X-Auto-Response-Suppress" not in message
    assert "List-Unsubscribe" not in message


def test_an_automatic_letter_says_so() -> None:
    message = read(replace(LETTER, automatic="auto-replied", instance="inst", loop="1042.7"))
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Tugon-Instance"] == "inst"
    assert message["X-Tugon-Loop"] == "1042.7"


def test_an_answer_names_what_it_answers_and_the_whole_thread() -> None:
    message = read(replace(LETTER, in_reply_to="<b@x>", references=("<a@x>", "<b@x>")))
    assert message["In-Reply-To"] == "<b@x>"
    assert message["References"].split() == ["<a@x>", "<b@x>"]


def test_long_threads_keep_their_first_and_their_newest_ids() -> None:
    every = [f"<{number:060d}@customer.test>" for number in range(200)]
    found = trimmed(every)
    assert found[0] == every[0]
    assert list(found[1:]) == every[-len(found) + 1 :]
    assert sum(len(one) + 1 for one in found) <= 900


@pytest.mark.parametrize(
    "name",
    [
        "Ana Cruz",
        "Cruz, Ana",
        'Ana "Nene" Cruz',
        "Peña, José (IT)",
        "山田太郎" * 20,
        "Ана" * 60,
        "=?utf-8?q?x?=",
        "a@b <c@d>",
        "ñ" * 300,
    ],
)
def test_any_name_survives(name: str) -> None:
    message = read(replace(LETTER, to=(Person("ana@customer.test", name), Person("b@customer.test"))))
    first, second = message["To"].addresses
    assert first.display_name.replace(" ", "") == name[:200].replace(" ", "")
    assert (first.addr_spec, second.addr_spec) == ("ana@customer.test", "b@customer.test")


@pytest.mark.parametrize("subject", ["x" * 998, "ü" * 500, "Hindi gumagana 😀 ang video " * 20, "a  =?x?= b"])
def test_any_subject_survives_within_the_line_limits(subject: str) -> None:
    raw = compose(replace(LETTER, subject=subject))
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert str(message["Subject"]) == " ".join(subject.split())
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    "evil",
    [
        "x\r\nBcc: all@evil.test",
        "x\nBcc: all@evil.test",
        "x\x0b\x85\u2028Bcc: all@evil.test",
        "x\r\n\r\nbody",
    ],
)
def test_no_value_can_begin_another_header(evil: str) -> None:
    message = read(
        replace(
            LETTER,
            subject=evil,
            from_=Person("support@tugon.test", evil),
            to=(Person("ana@customer.test", evil), Person(f"ana@customer.test{evil}", "")),
            reply_to=Person("support@tugon.test", evil),
            in_reply_to=f"<a@x>{evil}",
            references=(f"<a@x{evil}>",),
            language=evil,
            instance=evil,
            automatic="auto-replied",
            loop=evil,
            files=(File(evil, f"image/{evil}", b"x"),),
            unsubscribe_url=evil,
        )
    )
    assert message["Bcc"] is None
    assert len(message["To"].addresses) == 1
    assert all("Bcc" not in part for part in message.walk())
    assert message.get_body(("plain",)) is not None


@given(some.text(max_size=300), some.text(max_size=60), some.text(max_size=400))
def test_whatever_is_written_the_letter_can_be_read(subject: str, name: str, text: str) -> None:
    raw = compose(
        replace(LETTER, subject=subject, from_=Person("support@tugon.test", name), text=text, signature=name)
    )
    raw.decode("ascii")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["From"].addresses[0].addr_spec == "support@tugon.test"
    assert message["Message-ID"] == LETTER.message_id
    assert len(list(message.walk())) == 3


def test_pictures_of_the_text_and_attached_files_stand_where_programs_look_for_them() -> None:
    message = read(
        replace(
            LETTER,
            html='<p>See <img src="cid:one@tugon" alt="Screen"></p>',
            files=(
                File("bildschirm ü.png", "image/png", PIXEL, content_id="one@tugon"),
                File("Rechnung № 7.pdf", "application/pdf", b"%PDF-1.7"),
                File("letter.eml", "message/rfc822", b"Subject: x\r\n\r\n\xff"),
            ),
        )
    )
    assert message.get_content_type() == "multipart/mixed"
    related, pdf, eml = message.iter_parts()
    assert related.get_content_type() == "multipart/related"
    alternative, picture = related.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    assert picture["Content-ID"] == "<one@tugon>"
    assert picture.get_content_disposition() == "inline"
    assert (pdf.get_filename(), pdf.get_content()) == ("Rechnung № 7.pdf", b"%PDF-1.7")
    assert eml.get_content() == b"Subject: x\r\n\r\n\xff"


def test_the_answered_message_is_quoted_once_below_signature_and_foot() -> None:
    letter = replace(
        LETTER,
        signature="Ben\nLigaya Support",
        quote=Quote("On 21 November 2026, Ana Cruz wrote:", "It <b>stops</b> at 0:10\n\nwhy?"),
        foot=Foot("Your request #1042.", "https://help.test/r/abc", "See it online"),
    )
    message = read(letter)
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")  # type: ignore[union-attr]
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert (
        text.index("try it again")
        < text.index("-- \nBen")
        < text.index("See it online: https://")
        < text.index("> It <b>")
    )
    assert text.count("It <b>stops</b>") == 1
    assert "It &lt;b&gt;stops&lt;/b&gt; at 0:10" in page
    assert '<html lang="en">' in page
    assert 'href="https://help.test/r/abc"' in page


def test_our_own_parser_reads_back_what_was_written() -> None:
    parse = pytest.importorskip("tugon.channels.email.parsing").parse
    letter = replace(
        LETTER,
        reply_to=Person("support+t.1042.abcdefghijklmnop@tugon.test"),
        in_reply_to="<b@x.test>",
        references=("<a@x.test>", "<b@x.test>"),
        signature="Ben",
        quote=Quote("On Sat, 21 Nov 2026 at 10:00, Ana Cruz <ana@customer.test> wrote:", "It stops."),
        cc=(Person("carl@customer.test", "Carl Peña"),),
        files=(File("notes.txt", "text/plain", b"one"),),
    )
    parsed = parse(compose(letter))
    assert parsed.subject == letter.subject
    assert parsed.in_reply_to == ("<b@x.test>",)
    assert parsed.references == ("<a@x.test>", "<b@x.test>")
    assert parsed.reply_to[0].address == "support+t.1042.abcdefghijklmnop@tugon.test"
    assert [str(one) for one in parsed.cc] == ["Carl Peña <carl@customer.test>"]
    assert parsed.reply.strip() == "Hello Ana,\n\nplease try it again."
    assert [one.name for one in parsed.attachments] == ["notes.txt"]
    assert parsed.automatic is None


@pytest.mark.parametrize("value", ["", "ana", "a b@c.d", "a@b@c", "<a@b>", "a@b\n", "a@b,c@d", "a\x00@b"])
def test_what_is_no_address_is_never_written(value: str) -> None:
    assert not is_address(value)
