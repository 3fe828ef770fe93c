"""Jobs about facts."""

from procrastinate.contrib.django import app


@app.task(name="facts.take_effect", queue="default", queueing_lock="facts.take_effect")
def take_effect(timestamp: int) -> None:
    """Tell of the values whose day has come."""
    from .operations import take_effect as begin

    begin()
