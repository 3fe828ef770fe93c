import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.lib.filipino import root_of


@pytest.mark.parametrize(
    "family",
    [
        "bayad magbayad nagbayad binayaran babayaran bayaran bayarin pagbabayad nagbabayad ibinayad",
        "kansela ikansela kinansela kanselahin pagkansela nagkansela kakanselahin",
        "gamit gumamit ginagamit gagamitin paggamit magamit nagagamit",
        "palit magpalit palitan pinalitan pagpapalit papalitan nagpalit",
        "tulong tulungan tumulong makatulong tinulungan",
        "bura burahin binura pagbura nabura",
        "sagot sagutin sinagot sumagot kasagutan",
        "singil sinisingil sinisingilan siningil sisingilin pagsingil nasingil",
        "pasok makapasok nakapasok pumasok pagpasok papasok",
        "pera perang",
        "mabilis mabilisang",
        "limot nakalimutan makalimutan kalimutan",
        "bago baguhin binago pagbabago mabago",
    ],
)
def test_the_forms_of_a_word_share_a_key(family):
    assert len({root_of(word) for word in family.split()}) == 1


@pytest.mark.parametrize("word", ["password", "e204", "kim", "", "ñ", "refund"])
def test_what_has_no_affix_is_left_but_for_its_vowels(word):
    assert root_of(word) == word.replace("u", "o").replace("e", "i") or not word.isalpha()


def test_different_words_stay_different():
    words = [
        "bayad",
        "bili",
        "kansela",
        "gamit",
        "palit",
        "tulong",
        "bura",
        "sagot",
        "singil",
        "pasok",
        "pera",
    ]
    words += ["hulog", "tanggap", "video", "larawan"]
    assert len({root_of(word) for word in words}) == len(words)


@given(st.text())
def test_any_text_has_a_key(text):
    assert isinstance(root_of(text), str)


@given(st.text(alphabet="abdgiklmnopstuw", min_size=1, max_size=30))
def test_a_key_is_never_empty(word):
    assert root_of(word)
