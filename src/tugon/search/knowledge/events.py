"""Facts about what people look for."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="synonym")
@dataclass(frozen=True, slots=True)
class SynonymsChanged:
    """words: as they are now; none: removed."""

    synonym_id: int
    words: tuple[str, ...]


@fact(about="gap")
@dataclass(frozen=True, slots=True)
class GapDecided:
    """Searches in vain became work, were dismissed, or are done. state: as in `Gap.State`."""

    gap_id: int
    state: str
    owner_id: int | None = None
