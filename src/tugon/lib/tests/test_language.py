"""The language of short customer letters, offline."""

import pytest

from tugon.lib import language


@pytest.mark.parametrize(
    ("text", "tag", "taglish"),
    [
        ("I was charged twice for my order, please refund me", "en", False),
        ("Hindi ko po mabuksan ang pinto ng bahay namin kahapon", "fil", False),
        ("Na-charge po ako twice sa card ko, paki refund please yung payment", "fil", True),
        ("No puedo entrar a mi cuenta desde ayer por la noche", "es", False),
        ("Não consigo entrar na minha conta desde ontem", "pt", False),
        ("Je n'arrive pas à me connecter à mon compte", "fr", False),
        ("Ich kann mich seit gestern nicht mehr anmelden", "de", False),
        ("Не могу войти в личный кабинет со вчерашнего дня", "ru", False),
        ("注文した商品がまだ届きません", "ja", False),
        ("我的订单还没有收到，请问什么时候发货", "zh", False),
        ("주문한 상품이 아직 오지 않았습니다", "ko", False),
    ],
)
def test_the_language_of_a_letter_is_found(text: str, tag: str, taglish: bool) -> None:
    found = language.detect(text)
    assert (found.language, found.taglish) == (tag, taglish)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize(
    "text", ["", "ok", "refund pls", "12345 67890 11121", "https://example.com/a/b/c", "a b c d"]
)
def test_too_little_says_nothing(text: str) -> None:
    assert language.detect(text) == language.UNKNOWN
