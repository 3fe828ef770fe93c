from tugon.console.knowledge.differences import folded
from tugon.helpcenter.comparing import compare


def test_what_did_not_change_is_folded_away():
    before = "".join(f"<p>Line number {number} stays as it is</p>" for number in range(9))
    shown = folded(compare(before, before.replace("number 4 stays", "number 4 goes")).lines)
    assert [line is None for line in shown] == [True, False, False, False, True]


def test_of_a_text_without_a_change_nothing_is_shown():
    assert folded(compare("<p>One</p><p>Two</p>", "<p>One</p><p>Two</p>").lines) == [None]
