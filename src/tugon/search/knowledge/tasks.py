"""Jobs about knowledge. What is to be done stands in the rows, so a lost job is made up for by the next."""

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

VECTORS = "search.fill_vectors"


def wake_worker() -> None:
    """See that a job waits which makes missing vectors."""
    try:
        with transaction.atomic():
            fill_vectors.configure(queueing_lock=VECTORS).defer()
    except exceptions.AlreadyEnqueued:
        return


@app.task(name=VECTORS, queue="slow")
def fill_vectors() -> None:
    """Make the vectors that are missing, as far as one job goes; the next minute's goes on."""
    from .vectors import fill

    fill()


@app.task(name="search.keep_index", queue="slow", queueing_lock="search.keep_index")
def keep_index(timestamp: int) -> None:
    """Index what was published and is missing, and make its vectors. timestamp: seconds, of the clock."""
    from .indexing import index_missing
    from .vectors import fill

    index_missing()
    fill()


@app.task(name="search.group_searches", queue="slow", queueing_lock="search.group_searches")
def group_searches(timestamp: int) -> None:
    """Group the searches in vain of the last month, forget old salts and searches."""
    from .gaps import group
    from .log import forget_old

    group()
    forget_old()
