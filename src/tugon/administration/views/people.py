from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.accounts import links, operations, policies
from tugon.accounts.models import Agent, Role, Team
from tugon.accounts.sessions import open_sessions
from tugon.channels.models import Mailbox
from tugon.events.actors import Actor
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show

PERMISSION = "admin.people"


class PlacesForm(forms.Form):
    """Roles and teams."""

    roles = forms.ModelMultipleChoiceField(
        label=_("Roles"), queryset=Role.objects.all(), widget=forms.CheckboxSelectMultiple
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.filter(archived_at=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class InvitationForm(PlacesForm):
    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name"), max_length=120)
    field_order = ["email", "name", "roles", "teams"]


class PersonForm(PlacesForm):
    leads = forms.ModelMultipleChoiceField(
        label=_("Leads"),
        queryset=Team.objects.filter(archived_at=None),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


@needs(PERMISSION)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with roles and teams. Four queries."""
    which = request.GET.get("show", "active")
    rows = Agent.objects.filter(is_active=which != "inactive").prefetch_related("roles", "teams").by_name()
    return show(request, "people", people=rows, which=which)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agent = operations.invite(**form.cleaned_data, by=request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("An invitation to {name} is on its way.").format(name=agent.name))
            return redirect("administration:people")
    return show(request, "invite", form=form, status=422 if form.is_bound else 200)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    agent = get_object_or_404(Agent, pk=pk)
    form = PersonForm(request.POST or None, initial=_places(agent))
    if request.method == "POST" and form.is_valid():
        by, given = request.user.actor, form.cleaned_data  # type: ignore[union-attr]
        try:
            operations.change_roles(agent, roles=given["roles"], by=by)
            operations.change_teams(agent, teams=given["teams"], leads=given["leads"], by=by)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("administration:person", pk=pk)
    sessions, link = open_sessions(agent), _link_to_hand_over(agent, by=request.user.actor)  # type: ignore[union-attr]
    status = 422 if form.is_bound else 200
    return show(
        request,
        "person",
        agent=agent,
        form=form,
        sessions=sessions,
        link_to_hand_over=link,
        has_second_factor=is_mfa_enabled(agent),
        status=status,
    )


@needs(PERMISSION)
@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """deactivation, activation, invitation, sessions-end, second-factor-removal."""
    agent = get_object_or_404(Agent, pk=pk)
    operation, words = _ACTS[verb]
    try:
        operation(agent, by=request.user.actor)  # type: ignore[union-attr]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, words.format(name=agent.name))
    return redirect("administration:person", pk=pk)


_ACTS: dict[str, tuple[Any, Any]] = {
    "deactivation": (
        operations.deactivate,
        _("{name} can no longer sign in. What was theirs waits for others."),
    ),
    "activation": (operations.reactivate, _("{name} can sign in again.")),
    "invitation": (operations.invite_again, _("A new invitation to {name} is on its way.")),
    "second-factor-removal": (
        operations.forget_second_factor,
        _("{name} can sign in with the password alone, and set up another second factor."),
    ),
    "sessions-end": (operations.end_all_sessions, _("{name} was signed out everywhere.")),
}


def _link_to_hand_over(agent: Agent, *, by: Actor) -> str:
    """The invitation's address, where no mailbox can carry it yet. Only for who may give all that it opens."""
    waits = agent.is_active and agent.invited_at and not agent.joined_at
    if not waits or Mailbox.objects.default() is not None:
        return ""
    return (
        links.invitation_address(agent) if all(policies.allowed(by, one) for one in agent.permissions) else ""
    )


def _places(agent: Agent) -> dict[str, Any]:
    memberships = list(agent.memberships.all())
    return {
        "roles": list(agent.roles.values_list("pk", flat=True)),
        "teams": [one.team_id for one in memberships],
        "leads": [one.team_id for one in memberships if one.leads],
    }
