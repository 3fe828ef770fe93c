"""What happens by the clock, on one page. Times are UTC.

Every line is a job that a worker takes once, however many workers run; a job that is late runs once, not as often as
it was missed.
"""

from typing import Any

from procrastinate import App


def register(app: App) -> None:
    """Called by procrastinate when Django is ready: the jobs, their queue and their time."""


SCHEDULE: list[dict[str, Any]] = []
