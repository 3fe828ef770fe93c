"""What happened to the billing directory. Nothing here is personal, so the values are told."""

from dataclasses import dataclass
from typing import Any

from tugon.events.facts import fact


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ProcessorCreated:
    processor_id: int
    name: str


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ProcessorChanged:
    """changes: field → [before, after]."""

    processor_id: int
    changes: dict[str, Any]


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ProcessorReviewed:
    """Somebody checked that the entry is right; due again on `due_on` (ISO date)."""

    processor_id: int
    due_on: str


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ProcessorArchived:
    processor_id: int


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ProcessorRestored:
    processor_id: int


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class DescriptorAdded:
    processor_id: int
    pattern: str


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class DescriptorRemoved:
    processor_id: int
    pattern: str


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ContactRouteAdded:
    processor_id: int
    kind: str
    value: str


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ContactRouteChanged:
    processor_id: int
    value: str
    changes: dict[str, Any]


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class ContactRouteRemoved:
    processor_id: int
    kind: str
    value: str


@fact(about="processor")
@dataclass(frozen=True, slots=True)
class LookupsSettled:
    """What was asked and not found was dealt with: a descriptor was added to the processor (0: set aside)."""

    processor_id: int
    normal: str
    count: int
