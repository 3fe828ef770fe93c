import pytest

from tugon.lib import telling
from tugon.lib.telling import Telling


def test_without_a_terminal_long_work_is_told_in_lines(capsys, monkeypatch):
    monkeypatch.setattr(telling, "EVERY", 0.0)
    with Telling("Loading the demo", steps=2) as told:
        told.says("the help center")
        told.step()
        told.step("tickets")
    assert capsys.readouterr().err.splitlines() == [
        "Loading the demo …",
        "  the help center …",
        "  1 of 2 …",
        "  2 (tickets) …",
        "Loading the demo: done.",
    ]


def test_quick_steps_are_told_seldom_and_what_failed_is_not_called_done(capsys):
    def count() -> None:
        with Telling("Counting", steps=3) as told:
            told.step()
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        count()
    assert capsys.readouterr().err == "Counting …\n"
