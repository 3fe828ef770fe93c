from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import letters
from .models import SignIn
from .operations import entering

RETRY = RetryStrategy(max_attempts=6, exponential_wait=4)


@app.task(name="portal.send_sign_in", queue="default", retry=RETRY)
def send_sign_in(sign_in_id: int) -> None:
    row = SignIn.objects.filter(pk=sign_in_id).first()
    if row is not None and entering.is_usable(row):
        letters.send_sign_in(row)


@app.task(name="portal.forget_old_sign_ins", queueing_lock="portal.forget_old_sign_ins")
def forget_old_sign_ins(timestamp: int = 0, **_more: Any) -> None:
    entering.forget_old_sign_ins()
