"""What is new in a letter is found, and nothing a person wrote is lost."""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

from textwrap import dedent

import pytest

from tugon.channels.email.parsing import parse
from tugon.channels.email.parsing.quotes import cut
from tugon.channels.email.parsing.tests.letters import letter, multipart

ATTRIBUTIONS = {
    "en": "On Thu, Mar 5, 2026 at 9:00 AM Support <help@example.org> wrote:",
    "en wrapped": "On Thu, Mar 5, 2026 at 9:00 AM The Support Team of Example <\nhelp@example.org> wrote:",
    "fil": "Noong Huwebes, Marso 5, 2026 nang 9:00 AM, si Support <help@example.org> ay sumulat:",
    "es": "El jue, 5 mar 2026 a las 9:00, Soporte (<help@example.org>) escribió:",
    "pt": "Em qui., 5 de mar. de 2026 às 09:00, Suporte <help@example.org> escreveu:",
    "fr": "Le jeu. 5 mars 2026 à 09:00, Support <help@example.org> a écrit :",
    "de": "Am Do., 5. März 2026 um 09:00 Uhr schrieb Support <help@example.org>:",
    "it": "Il giorno gio 5 mar 2026 alle ore 09:00 Supporto <help@example.org> ha scritto:",
    "nl": "Op do 5 mrt 2026 om 09:00 schreef Support <help@example.org>:",
    "pl": "czw., 5 mar 2026 o 09:00 Support <help@example.org> napisał(a):",
    "sv": "Den tors 5 mars 2026 kl 09:00 skrev Support <help@example.org>:",
    "da": "Den tor. 5. mar. 2026 kl. 09.00 skrev Support <help@example.org>:",
    "no": "tor. 5. mars 2026 kl. 09:00 skrev Support <help@example.org>:",
    "fi": "to 5. maalisk. 2026 klo 9.00 Support <help@example.org> kirjoitti:",
    "ru": "чт, 5 мар. 2026 г. в 09:00, Support <help@example.org>:",
    "uk": "чт, 5 бер. 2026 р. о 09:00 Support <help@example.org> пише:",
    "zh": "Support <help@example.org> 于2026年3月5日周四 09:00写道：",
    "ja": "2026年3月5日(木) 9:00 サポート <help@example.org>:",
    "ko": "2026년 3월 5일 (목) 오전 9:00, Support <help@example.org>님이 작성:",
    "cs": "čt 5. 3. 2026 v 9:00 odesílatel Support <help@example.org> napsal:",
    "tr": "Support <help@example.org>, 5 Mar 2026 Per, 09:00 tarihinde şunu yazdı:",
    "vi": "Vào 09:00, Th 5, 5 thg 3, 2026 Support <help@example.org> đã viết:",
}

BLOCKS = {
    "en": "From: Support <help@example.org>\nSent: Thursday, March 5, 2026 9:00 AM\nTo: Ana <ana@example.com>\nSubject: Your order",
    "es": "De: Soporte <help@example.org>\nEnviado: jueves, 5 de marzo de 2026 9:00\nPara: Ana <ana@example.com>\nAsunto: Pedido",
    "pt": "De: Suporte <help@example.org>\nEnviado: quinta-feira, 5 de março de 2026 09:00\nPara: Ana\nAssunto: Pedido",
    "fr": "De : Support <help@example.org>\nEnvoyé : jeudi 5 mars 2026 09:00\nÀ : Ana\nObjet : Commande",
    "de": "Von: Support <help@example.org>\nGesendet: Donnerstag, 5. März 2026 09:00\nAn: Ana\nBetreff: Bestellung",
    "it": "Da: Supporto <help@example.org>\nInviato: giovedì 5 marzo 2026 09:00\nA: Ana\nOggetto: Ordine",
    "nl": "Van: Support <help@example.org>\nVerzonden: donderdag 5 maart 2026 09:00\nAan: Ana\nOnderwerp: Bestelling",
    "pl": "Od: Support <help@example.org>\nWysłano: czwartek, 5 marca 2026 09:00\nDo: Ana\nTemat: Zamówienie",
    "sv": "Från: Support <help@example.org>\nSkickat: den 5 mars 2026 09:00\nTill: Ana\nÄmne: Order",
    "da": "Fra: Support <help@example.org>\nSendt: 5. marts 2026 09:00\nTil: Ana\nEmne: Ordre",
    "fi": "Lähettäjä: Support <help@example.org>\nLähetetty: torstai 5. maaliskuuta 2026 9.00\nVastaanottaja: Ana\nAihe: Tilaus",
    "ru": "От: Support <help@example.org>\nОтправлено: 5 марта 2026 г. 9:00\nКому: Ana\nТема: Заказ",
    "uk": "Від: Support <help@example.org>\nНадіслано: 5 березня 2026 р. 9:00\nКому: Ana\nТема: Замовлення",
    "zh": "发件人: Support <help@example.org>\n发送时间: 2026年3月5日 9:00\n收件人: Ana\n主题: 订单",
    "ja": "差出人: Support <help@example.org>\n送信日時: 2026年3月5日 9:00\n宛先: Ana\n件名: 注文",
    "ko": "보낸 사람: Support <help@example.org>\n보낸 날짜: 2026년 3월 5일 목요일 오전 9:00\n받는 사람: Ana\n제목: 주문",
    "fil": "Mula kay: Support <help@example.org>\nIpinadala: Huwebes, Marso 5, 2026 9:00\nPara kay: Ana\nPaksa: Order",
}


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_a_quote_below_who_wrote_when_is_cut_in_every_language(name: str) -> None:
    quoted = "> Thank you for your order.\n>\n> Support"
    found = cut(f"It has not arrived yet.\n\n{ATTRIBUTIONS[name]}\n\n{quoted}\n")
    assert found.reply == "It has not arrived yet."
    assert "Thank you for your order" in found.quoted


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_a_quote_without_marks_is_cut_in_every_language(name: str) -> None:
    found = cut(f"It has not arrived yet.\n\n{ATTRIBUTIONS[name]}\n\nThank you for your order.\nSupport\n")
    assert found.reply == "It has not arrived yet."


@pytest.mark.parametrize("name", BLOCKS)
@pytest.mark.parametrize("above", ["", "________________________________\n", "-----Original Message-----\n"])
def test_a_header_block_begins_the_quote_in_every_language(name: str, above: str) -> None:
    found = cut(f"It has not arrived yet.\n\n{above}{BLOCKS[name]}\n\nThank you for your order.\n")
    assert found.reply == "It has not arrived yet."


def test_a_reply_below_the_quote_is_kept_without_it() -> None:
    found = cut("On 5 Mar 2026 at 9:00, Support wrote:\n> Which colour?\nBlue, please.")
    assert found.reply == "Blue, please."


def test_answers_between_quotes_are_kept_with_what_they_answer() -> None:
    text = dedent("""\
        On 5 Mar 2026 at 9:00, Support <help@example.org> wrote:

        > Which colour?

        Blue.

        > Which size?

        Large.

        > Regards, Support
        """)
    assert cut(text).reply == text.partition("\n\n> Regards")[0]


@pytest.mark.parametrize(
    "text",
    [
        "On Monday I wrote to you, and on Tuesday again.\nNobody answered.",
        "From: Manila\nTo: Cebu\nDate: May 5, 2026\nI need to change this booking.",
        "See the table:\n--------------------\nitem   price\npen    5\n\nIs this right?",
        "Sent from my desk, this is easier than the phone.\nCan you call me?",
        "Thanks, but the part is still missing. Regards your offer: no.",
        "> is the sign I cannot type.\nHow do I type it?",
        "I choose:\n-- the first\n-- the second\n\nThanks!",
        "Thank you, Ben.\n\nI sent the form at 10:30.\nPlease confirm.",
        "Best\nThat is the name of the product. It broke after a day, see the photos I attached here.",
    ],
)
def test_words_that_only_look_like_a_quote_or_a_signature_stay(text: str) -> None:
    assert cut(text).reply == text


@pytest.mark.parametrize(
    "signature",
    [
        "-- \nAna Cruz",
        "Sent from my iPhone",
        "Get Outlook for iOS<https://aka.ms/o0ukef>",
        "Ipinadala mula sa aking iPhone",
        "Enviado desde mi iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "Отправлено с iPhone",
        "发自我的iPhone",
        "iPhoneから送信",
        "나의 iPhone에서 보냄",
        "Kind regards,\nAna Cruz\nSales, Example Inc.\n+63 2 8123 4567",
        "Lubos na gumagalang,\nAna Cruz",
        "Salamat po,\nAna Cruz\nTel: +63 917 555 0123",
        "Mit freundlichen Grüßen\nAna Cruz",
    ],
)
def test_a_signature_is_folded_away(signature: str) -> None:
    found = parse(letter(f"It has not arrived yet, and I need it for a birthday.\n\n{signature}\n"))
    assert found.reply == "It has not arrived yet, and I need it for a birthday."
    assert found.signature == signature


def test_a_forward_keeps_what_it_forwards() -> None:
    text = "FYI\n\n---------- Forwarded message ---------\nFrom: Shop <shop@example.net>\nDate: Thu, 5 Mar 2026\nSubject: Receipt\nTo: <ana@example.com>\n\nYou paid 5.\n"
    found = parse(letter(text, subject="Fwd: Receipt"))
    assert found.is_forward
    assert "You paid 5." in found.reply
    assert found.forwarded is not None
    assert found.forwarded.from_ is not None
    assert (found.forwarded.from_.address, found.forwarded.subject, found.forwarded.text) == (
        "shop@example.net",
        "Receipt",
        "You paid 5.",
    )


@pytest.mark.parametrize(
    "quote",
    [
        '<div class="gmail_quote"><div class="gmail_attr">On Thu, Support wrote:<br></div><blockquote class="gmail_quote">Hi Ana</blockquote></div>',
        '<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Support &lt;help@example.org&gt;<br><b>Sent:</b> Thursday<br><b>To:</b> Ana<br><b>Subject:</b> Hi</div><div>Hi Ana</div>',
        '<div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b> Support &lt;help@example.org&gt;<br><b>Sent:</b> Thursday, March 5, 2026<br><b>To:</b> Ana<br><b>Subject:</b> Hi</p></div></div><p>Hi Ana</p>',
        '<div class="moz-cite-prefix">Am 05.03.26 um 09:00 schrieb Support:</div><blockquote type="cite"><p>Hi Ana</p></blockquote>',
        '<div class="yahoo_quoted"><div>On Thursday, March 5, 2026, Support wrote:</div><div>Hi Ana</div></div>',
        '<div class="protonmail_quote">------- Original Message -------<br>On Thursday, Support wrote:<br><blockquote type="cite">Hi Ana</blockquote></div>',
        '<hr id="stopSpelling"><div>From: help@example.org<br>To: ana@example.com<br>Subject: Hi<br>Date: Thu, 5 Mar 2026<br><br>Hi Ana</div>',
    ],
)
def test_quotes_of_mail_programs_are_cut_from_html(quote: str) -> None:
    raw = multipart(
        (
            "Content-Type: text/html; charset=utf-8",
            f"<div>It has not <b>arrived</b> yet.</div>{quote}".encode(),
        )
    )
    found = parse(raw)
    assert found.reply == "It has not arrived yet."
    assert "<b>arrived</b>" in found.reply_html
    assert "Hi Ana" not in found.reply_html
    assert "Hi Ana" in found.text
    assert "Hi Ana" in found.html
