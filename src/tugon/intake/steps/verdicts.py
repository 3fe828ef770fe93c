"""What a step may say about a letter. None means: go on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ignore:
    """Not for people. `reason`: words for the ledger."""

    reason: str


@dataclass(frozen=True, slots=True)
class Quarantine:
    """A person decides. `reason`: words for the ledger."""

    reason: str


Verdict = Ignore | Quarantine | None
