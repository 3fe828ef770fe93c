"""`tugon mail parse` shows what a file says, without settings or a database."""

import json
from pathlib import Path

from typer.testing import CliRunner

from tugon.channels.email.commands import app
from tugon.channels.email.parsing.tests.letters import letter

run = CliRunner()


def test_each_file_is_one_line_of_json(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter("Hello", subject="First"))
    (tmp_path / "b.eml").write_bytes(letter("Hello", subject="Second"))
    result = run.invoke(app, ["parse", str(tmp_path / "a.eml"), str(tmp_path / "b.eml"), "--json"])
    assert result.exit_code == 0
    assert [json.loads(line)["subject"] for line in result.stdout.splitlines()] == ["First", "Second"]


def test_a_letter_is_read_from_standard_input() -> None:
    result = run.invoke(app, ["parse", "-", "--json"], input=letter("Hello"))
    assert json.loads(result.stdout)["text"] == "Hello"


def test_a_table_is_shown_and_nothing_steers_the_terminal() -> None:
    result = run.invoke(app, ["parse", "-"], input=letter("Hello \x1b[31mred"))
    assert "Hello" in result.stdout
    assert "\x1b[31m" not in result.stdout


def test_a_missing_file_is_said_and_the_others_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(letter("Hello"))
    result = run.invoke(app, ["parse", str(tmp_path / "none.eml"), str(tmp_path / "a.eml"), "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout.splitlines()[-1])["text"] == "Hello"
