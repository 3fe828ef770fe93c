from typing import Any

from procrastinate.contrib.django import app

from . import operations


@app.task(name="troubleshooters.mark_left", queueing_lock="troubleshooters.mark_left")
def mark_left(timestamp: int = 0, **_more: Any) -> None:
    operations.mark_left()
