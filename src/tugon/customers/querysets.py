from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from .models import ContactPoint, Customer  # noqa: F401


class CustomerQuerySet(models.QuerySet["Customer"]):
    def present(self) -> CustomerQuerySet:
        """Customers that were not merged into another and not erased."""
        return self.filter(merged_into=None, erased_at=None)

    def for_panel(self) -> CustomerQuerySet:
        """With what the context panel shows: two queries more, for the contact points."""
        return self.select_related("organisation", "audience", "plan").prefetch_related("contact_points")


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    def verified(self) -> ContactPointQuerySet:
        return self.exclude(verified_at=None)

    def of_address(self, address: str) -> ContactPointQuerySet:
        """E-mail contact points with this address; letter case does not matter."""
        return self.filter(kind="email", value=address.strip().lower())
