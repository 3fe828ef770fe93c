from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Max, Q

if TYPE_CHECKING:
    from .models import Firing, Rule  # noqa: F401 - named in a class's base


class RuleQuerySet(models.QuerySet["Rule"]):
    def locked(self, pk: int) -> Rule:
        """The row, locked until the transaction ends. Raises Rule.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def present(self) -> RuleQuerySet:
        return self.filter(archived_at=None)

    def of_kind(self, kind: str) -> RuleQuerySet:
        return self.present().filter(kind=kind)

    def working(self) -> RuleQuerySet:
        """Published and switched on, with the version, in their order."""
        return self.present().filter(is_on=True).select_related("published")

    def offered_to(self, agent: int, teams: Collection[int]) -> RuleQuerySet:
        """Macros that this agent may choose: everyone's, of its teams, its own."""
        whose = Q(agent=None, team=None) | Q(team__in=teams) | Q(agent=agent)
        return self.filter(kind="macro").working().filter(whose)


class FiringQuerySet(models.QuerySet["Firing"]):
    def counts(self, *, since: datetime) -> dict[int, tuple[int, datetime]]:
        """Rule id → how often it acted since then, and when last. One query."""
        rows = (
            self.filter(at__gte=since).values_list("rule").annotate(n=Count("pk"), last=Max("at")).order_by()
        )
        return {rule: (number, last) for rule, number, last in rows}

    def of_chain(self, root: int) -> set[tuple[int, int | None]]:
        """(rule, ticket) of what acted on this chain of causes already. One query."""
        return set(self.filter(root_id=root).values_list("rule_id", "ticket_id"))

    def old(self, moment: datetime, days: int) -> FiringQuerySet:
        return self.filter(at__lt=moment - timedelta(days=days))
