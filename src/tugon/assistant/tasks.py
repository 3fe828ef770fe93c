"""Jobs of the assistant."""

from procrastinate.contrib.django import app

AT_ONCE = 2
"""Of a worker's places: waiting for somebody's server must not keep letters waiting."""


@app.task(name="assistant.answer", queue="default")
def answer(asking: int) -> None:
    """Ask the service. Not repeated: who waited decides."""
    from .operations import answer

    answer(asking)


def defer_answer(asking: int) -> None:
    """Two at a time in the whole house: a job with the same lock waits for the other."""
    answer.configure(lock=f"assistant:{asking % AT_ONCE}").defer(asking=asking)


@app.task(name="assistant.forget_old", queue="default", queueing_lock="assistant.forget_old")
def forget_old(timestamp: int = 0) -> None:
    """Words of questions are kept for a day."""
    from .operations import forget_old

    forget_old()
