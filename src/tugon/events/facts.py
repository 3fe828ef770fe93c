"""The registry of facts: name → frozen dataclass, and what each is about."""

from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol, TypeVar


class Fact(Protocol):
    """A frozen dataclass in the past tense, holding ids rather than personal data."""

    subject: ClassVar[str]
    __dataclass_fields__: ClassVar[dict[str, Any]]


F = TypeVar("F")
_facts: dict[str, type[Any]] = {}


def fact(*, about: str) -> Callable[[type[F]], type[F]]:
    """Register a frozen dataclass as a fact about `about` ("ticket"): its field `<about>_id` names the row.

    Raises TypeError when the class is no dataclass or has no such field: at import, where a programmer sees it.
    """

    def register(cls: type[F]) -> type[F]:
        if not is_dataclass(cls) or f"{about}_id" not in cls.__dataclass_fields__:
            raise TypeError(f"{cls.__name__} must be a dataclass with a field {about}_id")
        cls.subject = about  # type: ignore[attr-defined]
        _facts[cls.__name__] = cls
        return cls

    return register


def fact_class(name: str) -> type[Any] | None:
    """The class a stored name stands for, or None when a newer or older version of Tugon wrote it."""
    return _facts.get(name)


def all_facts() -> dict[str, type[Any]]:
    """Every registered fact by name."""
    return dict(_facts)


def to_data(value: Any) -> dict[str, Any]:
    """The fact's fields as JSON values. Moments become RFC 3339."""
    return {name: _plain(item) for name, item in asdict(value).items()}


def _plain(item: Any) -> Any:
    if isinstance(item, datetime | date):
        return item.isoformat()
    if isinstance(item, Decimal):
        return str(item)
    if isinstance(item, tuple | list | set | frozenset):
        return [_plain(one) for one in item]
    if isinstance(item, dict):
        return {str(key): _plain(one) for key, one in item.items()}
    return item
