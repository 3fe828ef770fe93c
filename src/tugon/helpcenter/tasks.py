"""Jobs about articles."""

from typing import Any

from procrastinate.contrib.django import app


@app.task(name="helpcenter.publish_due", queue="default", queueing_lock="helpcenter.publish_due")
def publish_due(timestamp: int = 0, **_more: Any) -> None:
    """Show what is scheduled for now."""
    from .operations import publish_due as publish

    publish()


@app.task(name="helpcenter.check_links", queue="slow", queueing_lock="helpcenter.check_links")
def check_links(timestamp: int = 0, **_more: Any) -> None:
    """Find links that lead nowhere."""
    from . import checking, outside

    checking.check_all()
    outside.check_all()


@app.task(name="helpcenter.forget_counts", queue="slow", queueing_lock="helpcenter.forget_counts")
def forget_counts(timestamp: int = 0, **_more: Any) -> None:
    """Counts of days long past say nothing any more."""
    from .counting import forget_old

    forget_old()
