from __future__ import annotations

from django.db import models
from django.db.models import Q

from tugon.accounts.models import Agent, Team


class View(models.Model):
    """A saved list: conditions, order, what rows show more. It is one agent's, a team's, or everyone's (neither)."""

    name = models.CharField(max_length=80)
    names = models.JSONField(
        default=dict, blank=True, db_comment="language → name, for the views Tugon ships"
    )
    icon = models.CharField(max_length=40, blank=True)
    agent = models.ForeignKey(Agent, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.CASCADE, related_name="views")
    conditions = models.JSONField(default=dict, db_comment="see tickets/conditions")
    order = models.CharField(max_length=24, default="-updated_at")
    columns = models.JSONField(
        default=list, blank=True, db_comment="what rows show in addition, see tickets/showing"
    )
    shortcut = models.CharField(max_length=1, blank=True, db_comment="g then this letter")
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(agent=None) | Q(team=None), name="view_has_one_owner")
        ]

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.name
