from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts import operations
from tugon.accounts.models import Agent, Team
from tugon.events.actors import Actor

from .rows import Register, RowForm


class TeamForm(RowForm):
    columns = ("name", "description", "members")
    name = forms.CharField(label=_("Name"), max_length=80)
    description = forms.CharField(label=_("What it is for"), max_length=200, required=False)
    members = forms.ModelMultipleChoiceField(
        label=_("Members"), queryset=Agent.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        self.fields["members"].queryset = Agent.objects.active().by_name()  # type: ignore[attr-defined]

    def shown(self, row: Any) -> dict[str, Any]:
        members = list(row.memberships.values_list("agent_id", flat=True)) if row.pk else []
        return {"name": row.name, "description": row.description, "members": members}


def _save(row: Team, form: RowForm, by: Actor) -> Team:
    if row.pk is None:
        return operations.create_team(**form.cleaned_data, by=by)
    return operations.change_team(row, **form.cleaned_data, by=by)


def _archive(row: Team, is_archived: bool, by: Actor) -> None:
    (operations.archive_team if is_archived else operations.restore_team)(row, by=by)


def _members(row: Team) -> str:
    leads = _now("{name} (leads)")
    return ", ".join(
        leads.format(name=one.agent.name) if one.leads else one.agent.name for one in row.memberships.all()
    )


TEAMS = Register(
    key="teams",
    permission="admin.people",
    model=Team,
    form=TeamForm,
    title=_("Teams"),
    lead=_("Tickets belong to teams; their members take them."),
    add=_("Make a team"),
    empty=_("One team is enough to begin with: Support."),
    icon="users-round",
    columns=[
        (_("Name"), lambda row: row.name),
        (_("For"), lambda row: row.description),
        (_("Members"), _members),
    ],
    rows=lambda: Team.objects.prefetch_related("memberships__agent"),
    removes=False,
    archives=True,
    save=_save,
    archive=_archive,
)
