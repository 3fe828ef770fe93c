"""Facts about customers: ids and keys only."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class CustomerCreated:
    customer_id: int
    source: str = ""


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class CustomerChanged:
    customer_id: int
    fields: tuple[str, ...] = ()


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class ContactPointVerified:
    customer_id: int
    contact_point_id: int


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class CustomersMerged:
    """This customer now also holds what another had."""

    customer_id: int
    from_id: int
    merge_id: int


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class CustomerMergeUndone:
    customer_id: int
    from_id: int
    merge_id: int


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class CustomerBlocked:
    customer_id: int


@fact(about="customer")
@dataclass(frozen=True, slots=True)
class CustomerUnblocked:
    customer_id: int


@fact(about="organisation")
@dataclass(frozen=True, slots=True)
class OrganisationCreated:
    organisation_id: int


@fact(about="organisation")
@dataclass(frozen=True, slots=True)
class OrganisationChanged:
    organisation_id: int
    fields: tuple[str, ...] = ()


@fact(about="organisation")
@dataclass(frozen=True, slots=True)
class OrganisationRemoved:
    organisation_id: int
