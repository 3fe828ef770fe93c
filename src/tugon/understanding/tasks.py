"""Jobs of understanding. What is to be done stands in the rows, so a lost job is made up for by the next."""

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

LEARN = "understanding.learn"


def wake_learning() -> bool:
    """See that a job waits which learns anew. False where one waited already."""
    try:
        with transaction.atomic():
            learn_now.configure(queueing_lock=LEARN).defer()
    except exceptions.AlreadyEnqueued:
        return False
    return True


@app.task(name=LEARN, queue="slow", lock=LEARN)
def learn_now() -> None:
    """Learn topics and teams anew, because somebody asked."""
    _learn()


@app.task(
    name="understanding.learn_nightly", queue="slow", queueing_lock="understanding.learn_nightly", lock=LEARN
)
def learn_nightly(timestamp: int = 0) -> None:
    """Learn topics and teams anew from everything labelled until now. timestamp: of the clock; not looked at."""
    from .operations.meaning import sweep

    _learn()
    sweep()


@app.task(name="understanding.add_meaning", queue="slow", queueing_lock="understanding.add_meaning")
def add_meaning(timestamp: int = 0) -> None:
    """Add what sentence vectors tell to what was read lately. timestamp: of the clock; not looked at."""
    from .operations.meaning import add_meaning as run

    run()


def _learn() -> None:
    from tugon.events.actors import SYSTEM

    from .models import Classifier
    from .operations.training import learn

    for kind in Classifier.Kind.values:
        learn(kind, by=SYSTEM)
