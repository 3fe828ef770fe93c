"""Jobs about priorities."""

from procrastinate.contrib.django import app

CHUNK = 100


@app.task(name="priority.end_due_overrides", queue="default", queueing_lock="priority.end_due_overrides")
def end_due_overrides(timestamp: int) -> None:
    """Decisions that were made for a while are over."""
    from .operations import end_due_overrides

    end_due_overrides()


@app.task(name="priority.assess_open", queue="default", retry=3)
def assess_open(after: int = 0) -> None:
    """Assess the open tickets anew, some at a time: the table changed."""
    from .reassessing import assess_some

    last = assess_some(after=after, most=CHUNK)
    if last:
        assess_open.defer(after=last)
