"""Open ledgers hear of what comes in."""

from collections.abc import Callable

import pytest

from tugon.accounts.models import Agent
from tugon.intake import live
from tugon.intake.models import Received
from tugon.realtime.identity import Identity

from .conftest import letter

pytestmark = pytest.mark.django_db


def test_what_comes_in_is_told_to_open_ledgers(
    arrives: Callable[..., Received], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(live, "publish", lambda *topics: told.extend(topics))
    arrives(letter())
    assert told == ["ledger:all"]
    arrives(letter("<>", sender="mailer-daemon@mail.example", subject="Undelivered"))
    assert len(told) > 1


def test_only_who_may_open_the_ledger_hears_of_it(ada: Agent, lea: Agent, ben: Agent) -> None:
    assert live.may_read_ledger(Identity("a", agent_id=ada.pk), "all")
    assert live.may_read_ledger(Identity("a", agent_id=lea.pk), "all")
    assert not live.may_read_ledger(Identity("a", agent_id=ben.pk), "all")
    assert not live.may_read_ledger(Identity("a", customer_id=7), "all")
