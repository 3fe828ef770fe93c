from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from .models import Troubleshooter, Walk


class Reader(Protocol):
    """Who reads, as the help center knows them (`helpcenter.readers.Reader` fits)."""

    @property
    def signed_in(self) -> bool: ...
    @property
    def audience_id(self) -> int | None: ...
    @property
    def plan_id(self) -> int | None: ...
    @property
    def is_agent(self) -> bool: ...


class TroubleshooterQuerySet(models.QuerySet["Troubleshooter"]):
    def locked(self, pk: int) -> Troubleshooter:
        """The row, locked until the transaction ends. Raises Troubleshooter.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def present(self) -> TroubleshooterQuerySet:
        """Not archived."""
        return self.filter(archived_at=None)

    def published(self) -> TroubleshooterQuerySet:
        """That people can walk now, with the version they walk."""
        return self.present().filter(published__isnull=False).select_related("published")

    def readable_by(self, reader: Reader) -> TroubleshooterQuerySet:
        """What this reader may walk; agents all. An audience or plan counts only of who is signed in."""
        if reader.is_agent:
            return self
        allowed = Q(visibility="public")
        if reader.signed_in:
            allowed |= Q(visibility="signed_in")
        # By subquery, not by join: a row stands once however many audiences it names.
        if reader.signed_in and reader.audience_id is not None:
            of_audience = self.model.audiences.through.objects.filter(audience_id=reader.audience_id)
            allowed |= Q(visibility="audiences", pk__in=of_audience.values("troubleshooter_id"))
        if reader.signed_in and reader.plan_id is not None:
            of_plan = self.model.plans.through.objects.filter(plan_id=reader.plan_id)
            allowed |= Q(visibility="plans", pk__in=of_plan.values("troubleshooter_id"))
        return self.filter(allowed)

    def in_section(self, section_id: int) -> TroubleshooterQuerySet:
        return self.filter(section_id=section_id)

    def meant_for(self, audience_id: int | None) -> TroubleshooterQuerySet:
        """Of this audience, or of no particular one. None: all."""
        if audience_id is None:
            return self
        through = self.model.audiences.through.objects
        of_any = through.values("troubleshooter_id")
        of_this = through.filter(audience_id=audience_id).values("troubleshooter_id")
        return self.filter(Q(pk__in=of_this) | ~Q(pk__in=of_any))


class WalkQuerySet(models.QuerySet["Walk"]):
    def locked(self, token: str) -> Walk:
        """The walk with its version, locked until the transaction ends. Raises Walk.DoesNotExist."""
        return (
            self.select_for_update(of=("self",)).select_related("version", "troubleshooter").get(token=token)
        )

    def of_ticket(self, ticket_id: int) -> WalkQuerySet:
        return self.filter(ticket_id=ticket_id)

    def begun_between(self, start: datetime, end: datetime) -> WalkQuerySet:
        """start: included; end: excluded."""
        return self.filter(begun_at__gte=start, begun_at__lt=end)

    def under_way(self) -> WalkQuerySet:
        return self.filter(outcome="")
