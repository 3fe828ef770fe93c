import os

import pytest

from tugon.lib.env import Environment, EnvironmentInvalid, load_dotenv, read_dotenv


def test_what_is_not_set_has_its_default():
    env = Environment({})
    assert (env.text("A", "x"), env.flag("B", True), env.integer("C", 3), env.words("D")) == (
        "x",
        True,
        3,
        [],
    )


@pytest.mark.parametrize(
    ("written", "seconds"), [("90", 90), ("90s", 90), ("15m", 900), ("2H", 7200), ("30d", 2592000)]
)
def test_durations_are_written_with_units(written, seconds):
    assert Environment({"AGE": written}).seconds("AGE", 1) == seconds


def test_everything_wrong_is_told_at_once_by_name():
    env = Environment({"PORT": "eight", "DEBUG": "perhaps", "LEVEL": "loud", "URL": "ftp//x"})
    env.integer("PORT", 8000)
    env.flag("DEBUG", False)
    env.choice("LEVEL", ["INFO"], "INFO")
    env.url("URL")
    env.required("KEY", "to sign")
    with pytest.raises(EnvironmentInvalid) as refused:
        env.seal()
    assert [problem.split()[0] for problem in refused.value.problems] == [
        "PORT",
        "DEBUG",
        "LEVEL",
        "URL",
        "KEY",
    ]


def test_a_number_outside_its_limits_is_refused():
    env = Environment({"N": "500"})
    env.integer("N", 1, at_most=10)
    with pytest.raises(EnvironmentInvalid, match="at most 10"):
        env.seal()


def test_a_secret_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("s3cret\n")
    assert Environment({"KEY_FILE": str(tmp_path / "key")}).text("KEY") == "s3cret"
    assert Environment({"KEY": "direct", "KEY_FILE": "/nowhere"}).text("KEY") == "direct"


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path):
    env = Environment({"KEY_FILE": str(tmp_path / "none")})
    env.text("KEY")
    with pytest.raises(EnvironmentInvalid, match="KEY_FILE"):
        env.seal()


def test_a_dotenv_file_is_read_with_quotes_and_comments(tmp_path):
    file = tmp_path / ".env"
    file.write_text("# a comment\nA=1\nexport B = 'two words' \nC=\"#3\"\nD=four # said\nnot a line\nE=\n")
    assert read_dotenv(file) == {"A": "1", "B": "two words", "C": "#3", "D": "four", "E": ""}
    assert read_dotenv(tmp_path / "missing") == {}


def test_the_environment_has_precedence_over_the_file(tmp_path, monkeypatch):
    (tmp_path / ".env").write_text("TUGON_TRY_ONE=file\nTUGON_TRY_TWO=file\n")
    monkeypatch.setenv("TUGON_TRY_ONE", "environment")
    monkeypatch.delenv("TUGON_TRY_TWO", raising=False)
    load_dotenv(tmp_path / ".env")
    assert (os.environ["TUGON_TRY_ONE"], os.environ["TUGON_TRY_TWO"]) == ("environment", "file")
    monkeypatch.delenv("TUGON_TRY_TWO")
