"""Who reads: what is known of a person that decides which articles are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tugon.customers.models import Customer


@dataclass(frozen=True, slots=True)
class Reader:
    """signed_in: proved to be this customer. audience_id, plan_id: of the customer, not what a visitor says to be."""

    signed_in: bool = False
    audience_id: int | None = None
    plan_id: int | None = None
    is_agent: bool = False

    @classmethod
    def anonymous(cls) -> Reader:
        """Somebody of whom nothing is known."""
        return cls()

    @classmethod
    def agent(cls) -> Reader:
        """An agent reads everything that is published."""
        return cls(signed_in=True, is_agent=True)

    @classmethod
    def of_customer(cls, customer: Customer | None) -> Reader:
        """A customer who is signed in; None is anonymous."""
        if customer is None:
            return cls()
        return cls(signed_in=True, audience_id=customer.audience_id, plan_id=customer.plan_id)
