"""Jobs about templates."""

from typing import Any

from procrastinate.contrib.django import app


@app.task(name="templates.look_after", queue="slow", queueing_lock="templates.look_after")
def look_after(timestamp: int = 0, **_more: Any) -> None:
    """What became of answers is put right, and what was filled for them forgotten."""
    from .operations import forget_texts, refresh_outcomes

    refresh_outcomes()
    forget_texts()
