"""Whole letters: every part of a known letter comes back, however badly it is made."""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import base64
import binascii
import hashlib
import struct
from datetime import UTC, datetime

import pytest

from tugon.channels.email.parsing import parse, to_json
from tugon.channels.email.parsing.tests.letters import letter, multipart


def test_a_letter_is_read_whole() -> None:
    raw = multipart(
        (
            "Content-Type: text/plain; charset=utf-8",
            b"Hindi ko po ma-access ang aking account, paki-check.",
        ),
        (
            'Content-Type: image/png; name="screen.png"\nContent-Disposition: attachment; filename="screen.png"\nContent-Transfer-Encoding: base64',
            base64.b64encode(b"\x89PNG\r\n\x1a\n123"),
        ),
        head="Cc: Ben <ben@example.net>, cora@example.net\nReply-To: ana@home.example\nIn-Reply-To: <0@example.org>\nReferences: <00@example.org> <0@example.org>\nDelivered-To: help@example.org",
    )
    found = parse(raw)
    document = to_json(found)
    assert document["subject"] == "Help"
    assert document["from"] == {"name": "Ana Cruz", "address": "ana@example.com"}
    assert document["cc"] == [
        {"name": "Ben", "address": "ben@example.net"},
        {"name": "", "address": "cora@example.net"},
    ]
    assert document["reply_to"] == [{"name": "", "address": "ana@home.example"}]
    assert (document["message_id"], document["in_reply_to"], document["references"]) == (
        "<1@example.com>",
        ["<0@example.org>"],
        ["<00@example.org>", "<0@example.org>"],
    )
    assert document["date"] == "2026-03-05T02:00:00Z"
    assert document["delivered_to"] == ["help@example.org"]
    assert (document["language"], document["taglish"]) == ("fil", True)
    assert (document["automatic"], document["bounce"], document["problems"]) == (None, None, [])
    (file,) = document["attachments"]
    assert (file["name"], file["type"], file["detected"], file["size"], file["inline"]) == (
        "screen.png",
        "image/png",
        "image/png",
        11,
        False,
    )
    assert file["sha256"] == hashlib.sha256(b"\x89PNG\r\n\x1a\n123").hexdigest()
    assert "content" not in file


@pytest.mark.parametrize(
    ("text", "encoding", "stated"),
    [
        ("Où est ma commande ?", "utf-8", "iso-8859-1"),
        ("Où est ma commande ? Déjà payé.", "cp1252", "utf-8"),
        ("Größe “M” – bitte", "cp1252", "iso-8859-1"),
        ("您好，我的订单还没有收到，请问什么时候发货？", "gb18030", "gb2312"),
        ("您好，我的订单还没有收到，请问什么时候发货？", "gb18030", ""),
        ("お世話になっております。注文した商品が届きません。", "iso-2022-jp", "iso-2022-jp"),
        ("お世話になっております。注文した商品が届きません。", "cp932", ""),
        ("안녕하세요 주문한 상품이 아직 오지 않았습니다", "cp949", "ks_c_5601-1987"),
        ("Добрый день! Не могу войти в личный кабинет.", "koi8_r", ""),
        ("Добрый день! Не могу войти в личный кабинет.", "cp1251", "x-unknown"),
        ("Dzień dobry, proszę o zwrot pieniędzy", "cp1250", "windows-1250"),
        ("Hi Mom & ünd", "utf-7", "utf-7"),
        ("Salamat po ₱500", "utf-16", "utf-16"),
    ],
)
def test_text_is_read_in_its_charset_whatever_is_stated(text: str, encoding: str, stated: str) -> None:
    kind = f"text/plain; charset={stated}" if stated else "text/plain"
    assert parse(letter(text.encode(encoding), head=f"Content-Type: {kind}")).text == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"=?utf-8?Q?Caf=C3=A9?= =?utf-8?Q?_au_lait?=", "Café au lait"),
        (b"=?utf-8?B?w6k=?==?utf-8?B?w6k=?=", "éé"),
        (b"=?utf-8?B?4oK?=\r\n =?utf-8?B?rDU=?=", "€5"),
        (b"=?utf-8?Q?Hello there?=", "Hello there"),
        (b"=?iso-8859-1*fr?Q?=E9t=E9?=", "été"),
        (b"=?nonsense?Q?abc?=", "abc"),
        ("Déjà vu".encode(), "Déjà vu"),
        ("Déjà vu".encode("latin-1"), "Déjà vu"),
        (b"=?utf-8?Q?never closed", "=?utf-8?Q?never closed"),
        (b"folded\r\n over\r\n\tlines", "folded over lines"),
    ],
)
def test_subjects_are_decoded(raw: bytes, text: str) -> None:
    assert parse(b"From: a@example.com\r\nSubject: " + raw + b"\r\n\r\nHello").subject == text


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("à", "cp1252"),
        ("È possibile?", "cp1252"),
        ("¿Dónde está mi pedido?", "cp1252"),
        ("Årsavgift", "cp1252"),
        ("Œuvre", "cp1252"),
        ("Äö", "cp1252"),
        ("½ Preis", "cp1252"),
        ("Rückerstattung für März", "cp1252"),
        ("Não consigo entrar", "cp1252"),
        ("Заказ iPhone", "cp1251"),
        ("Добрый день", "koi8_r"),
        ("Žluťoučký kůň", "cp1250"),
        ("退款", "gb18030"),
        ("환불 요청", "cp949"),
    ],
)
def test_a_subject_without_charset_is_read_as_what_looks_most_like_writing(words: str, encoding: str) -> None:
    letter = b"From: a@example.com\r\nSubject: " + words.encode(encoding) + b"\r\n\r\nHello"
    assert parse(letter).subject == words


@pytest.mark.parametrize(
    ("words", "encoding", "named"),
    [
        ("éé", "cp1252", "iso-8859-1"),
        ("Zwrot pieniędzy", "cp1250", "windows-1250"),
        ("ПОМОГИТЕ", "cp1251", "windows-1251"),
        ("שלום", "cp1255", "windows-1255"),
        ("Grüße aus Köln", "utf-8", "iso-8859-1"),
    ],
)
def test_headers_without_charset_have_that_of_the_letters_text(words: str, encoding: str, named: str) -> None:
    said = words.encode(encoding)
    plain = b"From: " + said + b" <a@example.com>\r\nSubject: " + said + b"\r\n"
    kind = f"Content-Type: text/plain; charset={named}\r\n".encode()
    parts = b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" + kind + b"\r\nHello\r\n--x--\r\n"
    for whole in (plain + kind + b"\r\nHello", plain + parts):
        mail = parse(whole)
        assert mail.from_ is not None
        assert (mail.subject, mail.from_.name) == (words, words)


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename*=utf-8''%e2%82%ac%20rates.pdf", "€ rates.pdf"),
        ("attachment; filename*0*=utf-8''%e2%82%ac; filename*1=\"rates\"; filename*2=.pdf", "€rates.pdf"),
        ('attachment; filename="=?utf-8?Q?caf=C3=A9.pdf?="', "café.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        ("attachment; filename=no quotes.pdf", "no quotes.pdf"),
        ("attachment", "attachment.pdf"),
    ],
)
def test_file_names_are_decoded(disposition: str, name: str) -> None:
    raw = multipart(
        ("Content-Type: text/plain", b"Hi"),
        (f"Content-Type: application/pdf\nContent-Disposition: {disposition}", b"%PDF-1.4"),
    )
    assert [file.name for file in parse(raw).attachments] == [name]


def test_a_picture_shown_in_the_text_is_inline_and_remote_ones_wait() -> None:
    html = b'<p>See <img src="cid:pic@1"><img src="https://example.net/track.gif"><script>x()</script></p>'
    raw = multipart(
        ("Content-Type: text/html", html),
        ("Content-Type: image/gif\nContent-ID: <pic@1>", b"GIF89a"),
        kind="related",
    )
    found = parse(raw)
    assert [(file.inline, file.content_id) for file in found.attachments] == [(True, "pic@1")]
    assert 'src="cid:pic@1"' in found.html
    assert 'data-src="https://example.net/track.gif"' in found.html
    assert "script" not in found.html


def test_flowed_text_is_put_together() -> None:
    flowed = letter(
        "A long \r\nline.\r\n> quoted \r\n> too\r\n", head="Content-Type: text/plain; format=flowed"
    )
    assert parse(flowed).text == "A long line.\n> quoted too"
    delsp = letter("fo \r\no", head="Content-Type: text/plain; format=flowed; delsp=yes")
    assert parse(delsp).text == "foo"


def test_a_uuencoded_file_is_taken_out_of_the_text() -> None:
    encoded = b"".join(binascii.b2a_uu(line) for line in (b"x" * 45, b"y" * 10))
    found = parse(letter(b"See below\n\nbegin 644 notes.txt\n" + encoded + b"`\nend\n"))
    assert found.text.strip() == "See below"
    assert [(file.name, file.content) for file in found.attachments] == [("notes.txt", b"x" * 45 + b"y" * 10)]


def tnef(*attributes: tuple[int, bytes]) -> bytes:
    out = b"\x78\x9f\x3e\x22\x01\x00"
    for identity, data in attributes:
        level = 2 if identity & 0xFFFF in (0x9002, 0x8010, 0x800F, 0x9005) else 1
        out += struct.pack("<BII", level, identity, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)
    return out


def test_a_winmail_dat_is_opened() -> None:
    name = "résumé.pdf".encode("utf-16-le") + b"\0\0"
    properties = (
        struct.pack("<I", 1)
        + struct.pack("<HHII", 0x1F, 0x3707, 1, len(name))
        + name
        + b"\0" * (-len(name) % 4)
    )
    content = tnef(
        (0x0002800C, b"Please see the file\0"),
        (0x00069002, b"\0" * 14),
        (0x00018010, b"RESUME~1.PDF\0"),
        (0x0006800F, b"%PDF-1.4"),
        (0x00069005, properties),
    )
    raw = multipart(
        (
            'Content-Type: application/ms-tnef; name="winmail.dat"\nContent-Transfer-Encoding: base64',
            base64.b64encode(content),
        )
    )
    found = parse(raw)
    assert found.text == "Please see the file"
    assert [(file.name, file.content) for file in found.attachments] == [("résumé.pdf", b"%PDF-1.4")]
    broken = parse(raw.replace(base64.b64encode(content), base64.b64encode(content[:-40])))
    assert "winmail.dat" in [file.name for file in broken.attachments]
    assert any("winmail.dat" in problem for problem in broken.problems)


def test_a_letter_within_a_letter_is_a_file_whose_words_are_found() -> None:
    inner = letter("The inner words", subject="Inner")
    found = parse(
        multipart(("Content-Type: text/plain", b"See attached"), ("Content-Type: message/rfc822", inner))
    )
    (file,) = found.attachments
    assert file.content == inner
    assert "The inner words" in file.text
    assert "Inner" in file.text


def test_an_invitation_alone_is_told_in_words() -> None:
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Call with\r\n  Ana\r\nDTSTART:20260305T020000Z\r\nLOCATION:Manila\\, office\r\nEND:VEVENT\r\n"
    found = parse(letter(calendar, head="Content-Type: text/calendar; method=REQUEST"))
    assert found.text == "Invitation\nCall with Ana\nStarts: 2026-03-05 02:00 UTC\nWhere: Manila, office"
    assert [file.type for file in found.attachments] == ["text/calendar"]


def test_a_signed_wrapper_is_opened() -> None:
    inner = b"Content-Type: text/plain\r\n\r\nSigned words"
    octets = b"\x04" + bytes([len(inner)]) + inner
    content = bytes.fromhex("06092a864886f70d010701") + b"\xa0\x80\x24\x80" + octets
    der = (
        b"\x30\x80"
        + bytes.fromhex("06092a864886f70d010702")
        + b"\xa0\x80\x30\x80\x02\x01\x01\x31\x00\x30\x80"
        + content
    )
    raw = letter(
        base64.b64encode(der),
        head='Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\nContent-Transfer-Encoding: base64',
    )
    found = parse(raw)
    assert found.text == "Signed words"
    assert any("S/MIME" in problem for problem in found.problems)
    assert [file.content for file in found.attachments] == [der]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n\n\n",
        b"From: a@example.com\r\nSubject: only headers",
        b"no headers at all, only a line",
        b"One: this is no header\nbut a text",
        b"From sender Thu Mar  5 10:00:00 2026\nFrom: a@example.com\nSubject: mbox\n\nHello",
        b"From: a@example.com\rSubject: old Mac\r\rHello",
        b"Content-Type: multipart/mixed\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x--",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\nno parts at all",
        b"Content-Type: text/plain; charset\r\nContent-Transfer-Encoding: nonsense\r\n\r\nHello",
        b"\xff\xfe\x00\x01" * 100,
    ],
)
def test_what_is_hardly_a_letter_is_read_all_the_same(raw: bytes) -> None:
    found = parse(raw)
    kept = found.text.encode() + b"".join(file.content for file in found.attachments)
    for words in (b"Hello", b"only a line", b"but a text", b"no parts at all"):
        assert words not in raw or words in kept
    assert found.key.startswith("<")


def test_a_letter_that_breaks_off_keeps_what_came() -> None:
    found = parse(
        multipart(
            ("Content-Type: text/plain", b"Hello"),
            ("Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64", b"JVBERi0xLjQ"),
            closed=False,
        )
    )
    assert found.text == "Hello"
    assert found.attachments[0].content.startswith(b"%PDF-1.4"[:7])
    assert any("breaks off" in problem for problem in found.problems)


def test_text_outside_the_parts_is_kept_as_a_file() -> None:
    found = parse(
        multipart(("Content-Type: text/plain", b"Hello")) + b"List footer: leave at example.org\r\n"
    )
    assert [file.content for file in found.attachments] == [b"List footer: leave at example.org"]


def test_a_bomb_of_parts_is_bounded_and_nothing_is_lost() -> None:
    parts = [
        ("Content-Type: text/plain\nContent-Disposition: attachment", b"part %05d" % number)
        for number in range(10_000)
    ]
    found = parse(multipart(*parts))
    assert len(found.attachments) <= 1_001
    assert b"part 09999" in found.attachments[-1].content
    assert any("more than" in problem for problem in found.problems)


def test_a_deep_nest_is_bounded_and_nothing_is_lost() -> None:
    raw = b"From: a@example.com\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (level, level)
        for level in range(2_000)
    )
    found = parse(raw + b"Content-Type: text/plain\r\n\r\nthe bottom")
    assert any(b"the bottom" in file.content for file in found.attachments)
    assert any("nested" in problem for problem in found.problems)


def test_twenty_thousand_nested_blocks_keep_their_words() -> None:
    html = b"<p>above</p>" + b"<div>" * 20_000 + b"within" + b"</div>" * 20_000 + b"<p>below</p>"
    assert parse(letter(html, head="Content-Type: text/html")).text.split() == ["above", "within", "below"]


def test_the_date_is_read_in_utc_and_a_broken_one_is_a_problem() -> None:
    assert parse(letter(head="Date: Mon, 2 Apr 2012 18:22:10 +0400")).date == datetime(
        2012, 4, 2, 14, 22, 10, tzinfo=UTC
    )
    broken = parse(letter(head="Date: yesterday, I think"))
    assert broken.date is None
    assert any("date" in problem for problem in broken.problems)


def test_the_same_bytes_without_an_id_have_the_same_key() -> None:
    raw = b"From: a@example.com\r\n\r\nHello"
    assert (
        parse(raw).key == parse(raw).key == f"<sha256.{hashlib.sha256(raw).hexdigest()}@missing-id.invalid>"
    )
    assert parse(raw).message_id == ""


@pytest.mark.parametrize(
    "text",
    [
        "Username: ana88\nSubject: Cannot log in\nWhere is the problem: the app\nDescription: It says error 12.\nSince Monday.",
        "Username: ana88\nPaksa: Cannot log in\nSaan ang problema: the app\nPaglalarawan: It says error 12.\nSince Monday.",
    ],
)
def test_a_letter_in_the_form_s_structure_gives_its_fields(text: str) -> None:
    assert dict(parse(letter(text)).fields) == {
        "username": "ana88",
        "subject": "Cannot log in",
        "where": "the app",
        "description": "It says error 12.\nSince Monday.",
    }
