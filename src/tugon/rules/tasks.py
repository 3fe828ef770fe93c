"""Jobs of rules."""

from typing import Any

from django.db import transaction
from procrastinate import RetryStrategy, exceptions
from procrastinate.contrib.django import app

from .calling import MOST_ATTEMPTS, CallFailed


@app.task(name="rules.run_automations", queue="default", queueing_lock="rules.run_automations")
def run_automations(timestamp: int) -> None:
    """Act on what time has made due; switch off what can no longer be read. timestamp: seconds, of the clock."""
    from .automations import run_due
    from .operations import switch_off_broken

    switch_off_broken()
    run_due()


@app.task(
    name="rules.make_call",
    queue="default",
    retry=RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=6, retry_exceptions=[CallFailed]),
)
def make_call(call_id: int) -> None:
    """Call another system; again later where it does not answer."""
    from .calling import make
    from .models import Call

    call = Call.objects.filter(pk=call_id).first()
    if call is not None:
        make(call)


@app.task(name="rules.forget_log", queue="slow", queueing_lock="rules.forget_log")
def forget_log(timestamp: int) -> None:
    """Forget what rules did long ago, where it is about no ticket that is still here, and old calls."""
    from .forgetting import forget_old

    forget_old()


@app.task(name="rules.switch_off_broken", queue="default", queueing_lock="rules.switch_off_broken")
def switch_off_broken() -> None:
    """Switch off what names somebody or something that is gone."""
    from .operations import switch_off_broken as run

    run()


def look_for_broken(_fact: Any, _event: Any) -> None:
    """Somebody or a team left: rules may name them."""
    try:
        with transaction.atomic():
            switch_off_broken.defer()
    except exceptions.AlreadyEnqueued:
        return
