"""What only a mail filter does: keep a message from becoming a ticket. Its bytes and its line in the ledger stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..standing import Standing
from .model import Action, Doing, Left, Names, text_of

KINDS = frozenset({"filter"})


@dataclass(frozen=True, slots=True)
class Ignore(Action):
    do = "ignore"
    label = gettext_lazy("Ignore it: no ticket, only a line in the ledger")
    kinds = KINDS

    reason: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Ignore:
        return cls(text_of(given, "reason", _("Reason"), most=160))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "reason": self.reason}

    def effects(self, standing: Standing) -> dict[str, Any]:
        return {"set_aside": self.do}

    def perform(self, doing: Doing) -> Left | None:
        return Left(_("a ticket exists already."), is_failure=False)

    def words(self, names: Names) -> str:
        return _("Ignore it: {reason}").format(reason=self.reason)


@dataclass(frozen=True, slots=True)
class Quarantine(Action):
    do = "quarantine"
    label = gettext_lazy("Keep it aside until somebody decides")
    kinds = KINDS

    reason: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Quarantine:
        return cls(text_of(given, "reason", _("Reason"), most=160))

    def written(self) -> dict[str, Any]:
        return {"do": self.do, "reason": self.reason}

    def effects(self, standing: Standing) -> dict[str, Any]:
        return {"set_aside": self.do}

    def perform(self, doing: Doing) -> Left | None:
        return Left(_("a ticket exists already."), is_failure=False)

    def words(self, names: Names) -> str:
        return _("Keep it aside: {reason}").format(reason=self.reason)
