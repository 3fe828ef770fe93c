from procrastinate.contrib.django import app


@app.task(name="advisor.measure", queue="slow", queueing_lock="advisor.measure")
def measure(timestamp: int = 0) -> None:
    """What every channel achieved in the last thirty days. timestamp: of the clock; not looked at."""
    from .measuring import measure as run

    run()
