"""Reads. `visible_to(agent)` first, always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

if TYPE_CHECKING:
    from tugon.accounts.models import Agent

    from .models import Template, Translation


def visible(agent: Agent, prefix: str = "") -> Q:
    """The one rule of who sees which template. prefix: "template__" from a translation."""
    own = Q(**{f"{prefix}owner": agent})
    everyone = Q(**{f"{prefix}visibility": "everyone"})
    through = _teams_of(agent)
    teams = Q(**{f"{prefix}visibility": "teams", f"{prefix}pk__in": through})
    if agent.may("template.publish"):
        teams = Q(**{f"{prefix}visibility": "teams"})
    return own | everyone | teams


def _teams_of(agent: Agent) -> models.QuerySet[models.Model, int]:
    from .models import Template

    rows = Template.teams.through._default_manager.filter(team_id__in=agent.team_ids)
    return rows.values_list("template_id", flat=True)


class TemplateQuerySet(models.QuerySet["Template"]):
    def visible_to(self, agent: Agent) -> TemplateQuerySet:
        """Those for everyone, for the agent's teams, and the agent's own. Who publishes sees those of every team."""
        return self.filter(visible(agent))

    def present(self) -> TemplateQuerySet:
        return self.filter(archived_at=None)

    def locked(self, pk: int) -> Template:
        return self.select_for_update(of=("self",)).get(pk=pk)


class WordingQuerySet(models.QuerySet["Translation"]):
    def visible_to(self, agent: Agent) -> WordingQuerySet:
        return self.filter(visible(agent, "template__"))

    def usable(self) -> WordingQuerySet:
        """Published, of templates that are not archived."""
        return self.filter(published__isnull=False, template__archived_at=None)

    def locked(self, pk: int) -> Translation:
        """The row, locked, with its template and folder."""
        rows = self.select_for_update(of=("self",)).select_related("template__folder", "published")
        return rows.get(pk=pk)

    def with_freshness(self) -> WordingQuerySet:
        """`is_behind`: its original was published anew since these words were made from it."""
        return self.annotate(is_behind=_staleness())

    def out_of_date(self) -> WordingQuerySet:
        """Behind the original, or a fact they show changed and nobody has read them again."""
        return self.with_freshness().filter(Q(is_behind=True) | Q(template__facts_changed_at__isnull=False))


def _staleness() -> Case:
    from .models import Translation

    source = Translation.objects.filter(
        template_id=OuterRef("template_id"),
        language=OuterRef("template__source_language"),
        published__isnull=False,
    )
    changed = source.exclude(published_id=OuterRef("made_from_id"))
    never = Exists(source) & Q(made_from=None)
    return Case(
        When(Q(language=F("template__source_language")) | Q(published=None), then=Value(False)),
        When(Exists(changed) | never, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )
