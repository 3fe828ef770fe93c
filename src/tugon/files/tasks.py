from typing import Any

from procrastinate.contrib.django import app

from . import sweeping


@app.task(name="files.sweep_uploads", queue="slow", queueing_lock="files.sweep_uploads")
def sweep_uploads(timestamp: int = 0, **_more: Any) -> None:
    sweeping.sweep_uploads()
