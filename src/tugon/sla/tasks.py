"""Jobs about promises."""

from procrastinate.contrib.django import app


@app.task(name="sla.look", queue="default", queueing_lock="sla.look")
def look(timestamp: int) -> None:
    """Warn of promises at risk, tell customers, note breaks."""
    from .watching import look as look_at_what_is_due

    look_at_what_is_due()


@app.task(name="sla.reckon_again", queue="default", retry=3)
def reckon_again(after: int = 0) -> None:
    """Reckon the open clocks anew, a page at a time, because hours or promises were changed."""
    from .changing import reckon_page

    last = reckon_page(after)
    if last is not None:
        reckon_again.defer(after=last)
