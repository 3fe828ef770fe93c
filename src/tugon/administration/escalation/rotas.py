"""Who is on call when: the rotation, who is paged where, and exceptions."""

from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tugon.accounts.models import Agent
from tugon.company import configuring
from tugon.escalation.errors import NobodyOnCall
from tugon.escalation.models import Rota, RotaOverride, RotaPlace
from tugon.escalation.oncall import on_call, shift_bounds
from tugon.escalation.operations.paging import rotation_of
from tugon.events.actors import Actor
from tugon.lib.clock import now
from tugon.lib.errors import DomainError

from ..access import needs
from ..navigation import show

PERMISSION = "promise.edit"
MOST_PEOPLE = 30
WEEKS_AHEAD = 8


class RotaForm(forms.Form):
    """people: one a line, in their order: address of the agent, and where they are paged if elsewhere."""

    name = forms.CharField(label=_("Name"), max_length=80)
    starts_on = forms.DateField(
        label=_("First day of the first person's week"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The weekday on which the next person begins follows from it."),
    )
    changes_at = forms.TimeField(
        label=_("At"), widget=forms.TimeInput(attrs={"type": "time"}), initial="09:00"
    )
    zone = forms.CharField(
        label=_("Time zone"), required=False, max_length=64, help_text=_("The company's own zone if empty.")
    )
    repeat_minutes = forms.IntegerField(
        label=_("Minutes between calls"), min_value=1, max_value=1440, initial=10
    )
    calls_each = forms.IntegerField(
        label=_("Calls to one person before the next one"), min_value=1, max_value=20, initial=2
    )
    people = forms.CharField(
        label=_("People, in their order"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "One a line: the colleague's address in Tugon, and after a comma where they are paged, if elsewhere."
        ),
    )

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        if zone and zone not in available_timezones():
            raise forms.ValidationError(_("Give a time zone such as Asia/Manila."))
        return zone

    def clean_people(self) -> list[tuple[Agent, str]]:
        lines = [line for line in str(self.cleaned_data["people"]).splitlines() if line.strip()][:MOST_PEOPLE]
        known = {one.email.lower(): one for one in Agent.objects.active()}
        found: dict[int, tuple[Agent, str]] = {}
        for line in lines:
            address, _comma, paged = (part.strip() for part in line.partition(","))
            agent = known.get(address.lower())
            if agent is None:
                words = _now("Nobody who works here has the address {address}.")
                raise forms.ValidationError(words.format(address=address))
            if paged:
                forms.EmailField().clean(paged)
            found.setdefault(agent.pk, (agent, paged))
        if not found:
            raise forms.ValidationError(NobodyOnCall().message)
        return list(found.values())


class OverrideForm(forms.Form):
    agent = forms.ModelChoiceField(label=_("Who"), queryset=Agent.objects.none())
    begins_at = forms.DateTimeField(
        label=_("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = forms.DateTimeField(
        label=_("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent"].queryset = Agent.objects.active().by_name()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("begins_at"), given.get("ends_at")
        if begins and ends and ends <= begins:
            raise forms.ValidationError(_("It must end after it begins."))
        return given


@needs(PERMISSION)
@require_safe
def rotas(request: HttpRequest) -> HttpResponse:
    """All rotas and who is on call now."""
    people = dict(Agent.objects.values_list("pk", "name"))
    found = []
    for row in Rota.objects.prefetch_related("levels"):
        order = on_call(rotation_of(row), now())
        found.append((row, people.get(order[0], "") if order else ""))
    return show(request, "escalation/rotas", rotas=found)


@needs(PERMISSION)
@require_http_methods(["GET", "POST"])
def rota(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One rota with the weeks to come, or a new one."""
    row = get_object_or_404(Rota, pk=pk) if pk else Rota()
    form = RotaForm(request.POST or None, initial=_shown(row))
    if request.method == "POST" and form.is_valid():
        try:
            row = _save(row, form.cleaned_data, request.user.actor)  # type: ignore[union-attr]
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("administration:rota", row.pk)
    return _page(request, row, form, OverrideForm(), status=422 if form.is_bound else 200)


@needs(PERMISSION)
@require_POST
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody stands in for a while; `remove` takes it back."""
    row = get_object_or_404(Rota, pk=pk)
    actor = request.user.actor  # type: ignore[union-attr]
    if request.POST.get("remove", "").isdecimal():
        found = get_object_or_404(RotaOverride, pk=int(request.POST["remove"]), rota=row)
        configuring.remove(found, permission=PERMISSION, by=actor)
        return redirect("administration:rota", pk)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _page(request, row, RotaForm(initial=_shown(row)), form, status=422)
    configuring.configure(RotaOverride(rota=row), form.cleaned_data, permission=PERMISSION, by=actor)
    messages.success(request, _now("Saved."))
    return redirect("administration:rota", pk)


@needs(PERMISSION)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Levels that call it call nobody then."""
    row = get_object_or_404(Rota, pk=pk)
    configuring.remove(row, permission=PERMISSION, by=request.user.actor)  # type: ignore[union-attr]
    messages.success(request, _now("Removed."))
    return redirect("administration:rotas")


@transaction.atomic
def _save(row: Rota, given: dict[str, Any], by: Actor) -> Rota:
    people = given.pop("people")
    row = configuring.configure(row, given, permission=PERMISSION, by=by)
    row.places.all().delete()
    RotaPlace.objects.bulk_create(
        RotaPlace(rota=row, agent=agent, address=address, position=place)
        for place, (agent, address) in enumerate(people)
    )
    return row


def _shown(row: Rota) -> dict[str, Any]:
    if row.pk is None:
        return {"starts_on": now().date() - timedelta(days=now().weekday())}
    names = ("name", "starts_on", "changes_at", "zone", "repeat_minutes", "calls_each")
    places = row.places.select_related("agent")
    lines = [f"{one.agent.email}, {one.address}" if one.address else one.agent.email for one in places]
    return {name: getattr(row, name) for name in names} | {"people": "\n".join(lines)}


def _page(
    request: HttpRequest, row: Rota, form: RotaForm, override_form: OverrideForm, *, status: int = 200
) -> HttpResponse:
    return show(
        request,
        "escalation/rota",
        status=status,
        row=row,
        form=form,
        override_form=override_form,
        weeks=_weeks(row) if row.pk else [],
        overrides=row.overrides.filter(ends_at__gt=now()).select_related("agent") if row.pk else [],
    )


def _weeks(row: Rota) -> list[tuple[Any, Any, str]]:
    """(from, until, who) of the weeks to come, without exceptions."""
    rotation, people = rotation_of(row), dict(Agent.objects.values_list("pk", "name"))
    found, moment = [], now()
    for _week in range(WEEKS_AHEAD if rotation.people else 0):
        begins, ends = shift_bounds(rotation, moment)
        turn = on_call(rotation, begins + timedelta(seconds=1))
        plain = [one for one in turn if one in rotation.people]
        found.append((begins, ends, people.get(plain[0], "")))
        moment = ends + timedelta(seconds=1)
    return found
