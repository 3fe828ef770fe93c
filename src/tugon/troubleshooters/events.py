"""Facts about troubleshooters and the walks through them."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class TroubleshooterCreated:
    troubleshooter_id: int
    slug: str


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class TroubleshooterChanged:
    """Its settings: address, section, who may walk it, owner. `fields`: which of them."""

    troubleshooter_id: int
    fields: tuple[str, ...]


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class TroubleshooterPublished:
    """`restored_from`: the number of the older version that was put back."""

    troubleshooter_id: int
    version_id: int
    number: int
    restored_from: int | None = None


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class TroubleshooterUnpublished:
    troubleshooter_id: int


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class TroubleshooterArchived:
    troubleshooter_id: int


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class TroubleshooterRestored:
    troubleshooter_id: int


@fact(about="troubleshooter")
@dataclass(frozen=True, slots=True)
class WalkFinished:
    """A walk came to an end of its graph. Who goes back and ends elsewhere finishes again; the last counts."""

    troubleshooter_id: int
    walk_id: int
    version_id: int
    node: str
    outcome: str


@fact(about="ticket")
@dataclass(frozen=True, slots=True)
class WalkJoinedTicket:
    """The ticket carries every answer and step of the walk."""

    ticket_id: int
    walk_id: int
    troubleshooter_id: int
