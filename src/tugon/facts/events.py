"""What happened to the company's facts. Values stand in the rows; an event says which."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactCreated:
    fact_id: int
    key: str


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactChanged:
    """What describes the fact changed: names of the fields."""

    fact_id: int
    fields: tuple[str, ...]


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactValueGiven:
    """A value was written that holds from `valid_from` (ISO date, the company's day)."""

    fact_id: int
    value_id: int
    valid_from: str


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactTookEffect:
    """From now on texts show this value. Whatever keeps rendered words refreshes them."""

    fact_id: int
    value_id: int
    key: str


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactValueWithdrawn:
    """A value that had not begun was taken back."""

    fact_id: int
    value_id: int


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactArchived:
    fact_id: int


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactRestored:
    fact_id: int


@fact(about="fact")
@dataclass(frozen=True, slots=True)
class FactReviewed:
    """Somebody read a text again after a change; `undone` where the mark was taken back."""

    fact_id: int
    review_id: int
    undone: bool = False
