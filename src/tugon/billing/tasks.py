"""Jobs about the billing directory."""

from procrastinate.contrib.django import app


@app.task(name="billing.forget_lookups", queue="default", queueing_lock="billing.forget_lookups")
def forget_lookups(timestamp: int) -> None:
    """Delete what was looked for long ago."""
    from .lookups import forget_old

    forget_old()
