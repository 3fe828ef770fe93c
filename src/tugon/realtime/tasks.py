from typing import Any

from procrastinate.contrib.django import app

from . import presence


@app.task(name="realtime.expire_presence", queue="default", queueing_lock="realtime.expire_presence")
def expire_presence(timestamp: int = 0, **_more: Any) -> None:
    presence.expire()
