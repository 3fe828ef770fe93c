"""Mail filters: what a company's rules say about a message before a ticket exists. Rules live above; they are provided.

Only what would open a ticket is asked about: an answer on a ticket is never filtered away. A filter that breaks lets
the
message through.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tugon.accounts.models import Team
from tugon.channels.models import Channel
from tugon.customers.models import Customer
from tugon.database.together import is_together
from tugon.tickets.models import Ticket

from .models import Received
from .steps.verdicts import Verdict

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as a filter sees it. customer: who is known behind the sender, if anybody."""

    sender: str
    name: str
    recipients: Sequence[str]
    subject: str
    text: str
    language: str
    channel: Channel
    customer: Customer | None = None
    has_files: bool = False
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Filtered:
    """verdict: what sets it aside. settings: how its ticket is opened, as `open_ticket` takes it. then: called with the
    ticket that was opened."""

    verdict: Verdict = None
    settings: dict[str, Any] = field(default_factory=dict)
    then: Callable[[Ticket], None] | None = None

    def opening(self, **given: Any) -> dict[str, Any]:
        """What the ticket is opened with: what the message itself says, completed by the filters."""
        found = {**given, **{name: value for name, value in self.settings.items() if name in SETTINGS}}
        if given.get("tags"):
            found["tags"] = [*given["tags"], *self.settings.get("tags", ())]
        if given.get("fields"):
            found["fields"] = {**given["fields"], **self.settings.get("fields", {})}
        return found

    def opened(self, ticket: Ticket) -> None:
        """A ticket was opened; what a filter set that opening does not know follows."""
        if self.then is not None:
            self.then(ticket)


SETTINGS = {
    "team": Team,
    "kind": str,
    "priority": int,
    "tags": list,
    "side": str,
    "fields": dict,
    "is_spam": bool,
}
PASSED = Filtered()

Filter = Callable[[Received, Incoming], Filtered]

_provided: list[Filter] = []


def provide(filter_: Filter) -> None:
    """Set who is asked. The last one counts."""
    _provided[:] = [filter_]


def filtered(received: Received, incoming: Incoming) -> Filtered:
    """What the filters say. Nothing of imports; nothing where asking fails."""
    if not _provided or received.is_silent:
        return PASSED
    try:
        with transaction.atomic():
            return _provided[0](received, incoming)
    except Exception:
        if is_together():
            raise
        logger.exception("The mail filters could not be asked about received %s", received.pk)
        return PASSED
