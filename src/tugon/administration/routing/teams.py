"""Teams: whether and how their tickets are given out, and to whom. And what holds for everybody."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.accounts.models import Agent, Team
from tugon.lib.errors import DomainError
from tugon.routing import board
from tugon.routing.capacity import MOST, Lane
from tugon.routing.models import Habits, OnLeave, Strategy, TeamRouting
from tugon.routing.operations import change_habits, change_team

from ..access import needs
from ..navigation import show

PERMISSION = "routing.edit"


class HabitsForm(forms.Form):
    away_after = forms.IntegerField(
        label=_("Away after so many minutes without being seen"),
        min_value=0,
        max_value=24 * 60,
        help_text=_("0: nobody counts as away by not being seen."),
    )

    def __init__(self, data: object = None, *, row: Habits) -> None:
        shown = {"away_after": row.away_after} | {
            f"lane_{lane}": row.capacity.get(lane, 0) for lane in Lane.values
        }
        super().__init__(data, initial=shown)  # type: ignore[arg-type]
        for lane, label in Lane.choices:
            self.fields[f"lane_{lane}"] = forms.IntegerField(label=label, min_value=0, max_value=MOST)

    def capacity(self) -> dict[str, int]:
        return {lane: self.cleaned_data[f"lane_{lane}"] for lane in Lane.values}


class TeamRoutingForm(forms.Form):
    is_automatic = forms.BooleanField(label=_("Give new tickets out by itself"), required=False)
    strategy = forms.ChoiceField(label=_("How"), choices=Strategy.choices)
    matches_skills = forms.BooleanField(label=_("Only to who has the needed skill"), required=False)
    matches_languages = forms.BooleanField(
        label=_("Only to who speaks the customer's language"), required=False
    )
    waits_for_fit = forms.IntegerField(
        label=_("Minutes a ticket waits for who fits"),
        min_value=0,
        max_value=7 * 24 * 60,
        help_text=_("Then anybody of the team gets it, so that none waits for ever."),
    )
    on_leave = forms.ChoiceField(
        label=_("Tickets that wait for the customer while their agent is out of office"),
        choices=OnLeave.choices,
    )
    rotation = forms.ModelMultipleChoiceField(
        label=_("In the rotation"),
        queryset=Agent.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Who is left out is given nothing, and may take tickets as before."),
    )

    def __init__(self, data: object = None, *, team: Team, row: TeamRouting) -> None:
        self.members = Agent.objects.active().filter(memberships__team=team).by_name()
        left_out = set(row.left_out.values_list("pk", flat=True)) if row.pk else set()
        names = (
            "is_automatic",
            "strategy",
            "matches_skills",
            "matches_languages",
            "waits_for_fit",
            "on_leave",
        )
        shown = {name: getattr(row, name) for name in names}
        shown["rotation"] = [agent.pk for agent in self.members if agent.pk not in left_out]
        super().__init__(data, initial=shown)  # type: ignore[arg-type]
        self.fields["rotation"].queryset = self.members  # type: ignore[attr-defined]


@needs(PERMISSION)
@require_safe
def teams(request: HttpRequest) -> HttpResponse:
    """Every team with how it gives out and what waits, and what holds for everybody."""
    form = HabitsForm(row=Habits.objects.first() or Habits())
    return show(request, "routing/teams", queues=board.queues(), form=form)


@needs(PERMISSION)
@require_POST
def habits(request: HttpRequest) -> HttpResponse:
    form = HabitsForm(request.POST, row=Habits.objects.first() or Habits())
    if form.is_valid():
        try:
            by = request.user.actor  # type: ignore[union-attr]
            change_habits(capacity=form.capacity(), away_after=form.cleaned_data["away_after"], by=by)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("administration:routing")
    return show(request, "routing/teams", queues=board.queues(), form=form, status=422)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def team(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Team, pk=pk, archived_at=None)
    row = TeamRouting.objects.filter(team=found).first() or TeamRouting()
    form = TeamRoutingForm(request.POST or None, team=found, row=row)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        chosen = {agent.pk for agent in values.pop("rotation")}
        try:
            left_out = [agent for agent in form.members if agent.pk not in chosen]
            change_team(found, left_out=left_out, by=request.user.actor, **values)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("administration:routing")
    return show(request, "routing/team", team=found, form=form, status=422 if form.is_bound else 200)
