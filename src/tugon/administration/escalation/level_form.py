"""One level as a form; its criteria are edited beside it (`levels.py`)."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.company import configuring
from tugon.escalation.models import Department, Level, Rota
from tugon.events.actors import Actor
from tugon.tickets.models import Priority

from ..registers.rows import RowForm, here

PERMISSION = "promise.edit"
_COLUMNS = ("position", "raises_to", "team", "tells_leads", "rota", "department", "tells_customer")


class LevelForm(RowForm):
    columns = (*_COLUMNS, "people")
    translated = {
        "names": (_("Name"), True),
        "steps": (_("What whoever gets the ticket does next"), False),
        "questions": (_("What the department is asked"), False),
    }
    position = forms.IntegerField(
        label=_("Order"), min_value=1, max_value=99, help_text=_("1 is the lowest. Each level has its own.")
    )
    raises_to = forms.TypedChoiceField(
        label=_("Raises the priority to at least"), required=False, coerce=int, empty_value=None
    )
    team = forms.ModelChoiceField(
        label=_("Moves the ticket to"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("It stays where it is"),
    )
    tells_leads = forms.BooleanField(
        label=_("Tells who leads the ticket's team"), required=False, initial=True
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Tells these people"),
        queryset=Agent.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    rota = forms.ModelChoiceField(
        label=_("Calls who is on call"), queryset=Rota.objects.none(), required=False, empty_label=_("Nobody")
    )
    department = forms.ModelChoiceField(
        label=_("Asks a department outside"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("With the customer's newest message, and the words below."),
    )
    tells_customer = forms.BooleanField(
        label=_("Tells the customer that somebody senior looks at it"), required=False
    )

    def prepare(self) -> None:
        choices: Any = self.fields
        choices["raises_to"].choices = [("", _("As it is")), *Priority.choices]
        choices["team"].queryset = Team.objects.filter(archived_at=None)
        choices["people"].queryset = Agent.objects.active().by_name()
        choices["rota"].queryset = Rota.objects.all()
        choices["department"].queryset = Department.objects.filter(archived_at=None)
        choices["department"].label_from_instance = lambda row: row.name_in(here())

    def shown(self, row: Any) -> dict[str, Any]:
        given = {name: getattr(row, name) for name in _COLUMNS}
        given["people"] = list(row.people.values_list("pk", flat=True)) if row.pk else []
        words = {
            f"{name}_{code}": text
            for name in self.translated
            for code, text in (getattr(row, name) or {}).items()
        }
        if row.pk is None:
            last = Level.objects.order_by("-position").values_list("position", flat=True).first()
            given["position"] = (last or 0) + 1
        return given | words

    def clean_position(self) -> int:
        position = int(self.cleaned_data["position"])
        if Level.objects.filter(position=position).exclude(pk=self.row.pk).exists():
            raise forms.ValidationError(_("Another level has this place. Give it another number first."))
        return position


@transaction.atomic
def save(row: Level, form: LevelForm, criteria: dict[str, Any], by: Actor) -> Level:
    """Write the level with its criteria and people. Raises NotAllowed."""
    given = form.values()
    people = given.pop("people")
    row = configuring.configure(row, {**given, "criteria": criteria}, permission=PERMISSION, by=by)
    row.people.set(people)
    return row
