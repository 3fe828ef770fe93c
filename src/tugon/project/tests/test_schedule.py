"""What happens by the clock can be called by it."""

import pytest
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from tugon.project.schedule import SCHEDULE


@pytest.mark.parametrize("path", [path for _when, path, _purpose in SCHEDULE])
def test_everything_on_the_schedule_is_a_job(path: str) -> None:
    assert import_string(path).name


def test_every_job_that_takes_the_clock_is_on_the_schedule() -> None:
    scheduled = {import_string(path).name for _when, path, _purpose in SCHEDULE}
    by_the_clock = {name for name, task in app.tasks.items() if "timestamp" in _arguments(task.func)}
    assert {name for name in by_the_clock if not name.startswith("builtin")} <= scheduled


def _arguments(function: object) -> tuple[str, ...]:
    return function.__code__.co_varnames  # type: ignore[attr-defined, no-any-return]
