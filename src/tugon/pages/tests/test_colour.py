import pytest
from hypothesis import given
from hypothesis import strategies as st

from tugon.pages import colour
from tugon.pages.brand import DEFAULT_ACCENT, Brand

parts = st.floats(0, 1)
colours = st.tuples(parts, parts, parts)


def test_black_on_white_has_the_greatest_contrast():
    assert colour.contrast((0, 0, 0), colour.WHITE) == pytest.approx(21)


@given(colours, colours)
def test_any_colour_can_be_made_readable_on_any_ground(accent, ground):
    assert colour.contrast(colour.readable(accent, on=ground), ground) >= 4.5


@given(colours)
def test_the_ink_on_an_accent_can_be_read(accent):
    ground = colour.readable(accent, on=(0.92, 0.925, 0.935))
    assert colour.contrast(colour.ink_for(ground), ground) >= 4.5


def test_a_readable_colour_is_left_as_it_is():
    accent = colour.parsed("#1a4d2e")
    assert colour.written(colour.readable(accent, on=colour.WHITE)) == "#1a4d2e"


@pytest.mark.parametrize("text", ["red", "#12345", "#1234567", "#12345g", "#fff;}body{display:none", ""])
def test_only_a_colour_reaches_the_style_sheet(text):
    with pytest.raises(ValueError, match="not a colour"):
        colour.parsed(text)


def test_a_company_colour_is_written_for_both_themes():
    sheet = Brand(accent="#ffd400").stylesheet
    assert sheet.count("--accent:#") == 3
    assert "prefers-color-scheme:dark" in sheet
    assert Brand(accent=DEFAULT_ACCENT).stylesheet == ""
