"""The form of a policy: what is promised, in which hours, to which tickets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.sla.models import Calendar, Policy
from tugon.sla.reckoning import FIRST_RESPONSE, KINDS, NEXT_RESPONSE, RESOLUTION
from tugon.sla.targets import Target, TargetRefused, Unit

LABELS = {
    FIRST_RESPONSE: _("First answer within"),
    NEXT_RESPONSE: _("Every further answer within"),
    RESOLUTION: _("Solved within"),
}
UNITS = (
    ("business minute", _("minutes, while open")),
    ("business hour", _("hours, while open")),
    ("business day", _("business days")),
    ("minute", _("minutes, day and night")),
    ("hour", _("hours, day and night")),
    ("day", _("days, day and night")),
)


class PolicyForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    calendar = forms.ModelChoiceField(
        label=_("Open hours"),
        queryset=Calendar.objects.none(),
        required=False,
        empty_label=_("Monday to Friday, 9 to 17"),
    )
    tells_customer = forms.BooleanField(
        label=_("Tell the customer before a promise breaks"),
        required=False,
        help_text=_(
            "Once for each promise, with a new time reckoned from what waits and how fast the team is."
        ),
    )
    is_enabled = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        self.policy = policy
        super().__init__(data, initial=_shown(policy))
        self.fields["calendar"].queryset = Calendar.objects.all()  # type: ignore[attr-defined]
        if policy.is_default:
            del self.fields["is_enabled"]
        for kind, label in LABELS.items():
            self.fields[f"{kind}_amount"] = forms.IntegerField(
                label=label, required=False, min_value=1, max_value=99_999
            )
            self.fields[f"{kind}_unit"] = forms.ChoiceField(label=_("Counted in"), choices=UNITS)

    @property
    def targets(self) -> list[tuple[Any, Any]]:
        """The fields of each promise: amount and unit."""
        return [(self[f"{kind}_amount"], self[f"{kind}_unit"]) for kind in KINDS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for kind in KINDS:
            amount, unit = given.get(f"{kind}_amount"), given.get(f"{kind}_unit", "")
            given[kind] = ""
            if amount:
                is_business = unit.startswith("business ")
                target = Target(amount, Unit(unit.removeprefix("business ")), is_business)
                try:
                    given[kind] = str(Target.read(str(target)))
                except TargetRefused:
                    words = _now("That is longer than a year.")
                    self.add_error(f"{kind}_amount", ValidationError(words))
        return given

    def columns(self) -> dict[str, Any]:
        """Columns and their new values. Call when valid."""
        names = ("name", "calendar", "tells_customer", *KINDS)
        given = {name: self.cleaned_data[name] for name in names}
        return given if self.policy.is_default else {**given, "is_enabled": self.cleaned_data["is_enabled"]}


def _shown(policy: Policy) -> dict[str, Any]:
    names = ("name", "calendar", "tells_customer", "is_enabled")
    shown = {name: getattr(policy, name) for name in names}
    for kind in KINDS:
        words = getattr(policy, kind)
        target = Target.read(words) if words else None
        shown[f"{kind}_amount"] = target.amount if target else None
        shown[f"{kind}_unit"] = (
            f"{'business ' if target.is_business else ''}{target.unit.value}" if target else "business hour"
        )
    return shown
