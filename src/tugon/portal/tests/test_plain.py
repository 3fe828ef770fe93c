"""Letters in the page's own look."""

from tugon.lib.html import sanitise
from tugon.portal.plain import plain


def test_colours_sizes_and_widths_are_taken_away_and_the_words_stay() -> None:
    letter = (
        '<p style="color:black">Hello</p><table width="900" bgcolor="white"><tr><td>A</td></tr></table>'
        '<font color="black">B</font>'
    )
    shown = plain(sanitise(letter))
    assert "style" not in shown
    assert "bgcolor" not in shown
    assert "width" not in shown
    assert "color" not in shown
    assert "Hello" in shown
    assert "<td>A</td>" in shown
    assert "B" in shown


def test_own_pictures_stay_and_those_from_elsewhere_are_left_out() -> None:
    shown = plain('<img src="/files/enclosure/7/a.png" alt="A"><img data-src="https://spy.example/1.gif">')
    assert shown == '<img src="/files/enclosure/7/a.png" alt="A">'


def test_links_stay_and_tell_the_other_side_nothing() -> None:
    shown = plain('<a href="https://company.example/help">Help</a>')
    assert 'href="https://company.example/help"' in shown
    assert "noreferrer" in shown


def test_nothing_that_acts_comes_through() -> None:
    assert plain('<a href="javascript:alert(1)">x</a><script>alert(1)</script>').count("alert") == 0
