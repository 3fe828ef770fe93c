"""The forms of facts: what describes one, and a value with its words."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.facts import current, units
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact

from .settings_form import zones

NO_UNIT = [("", _("none"))]


class DetailsForm(forms.Form):
    """What describes a fact that exists."""

    note = forms.CharField(
        label=_("What it means"), max_length=500, required=False, help_text=_("For whoever writes texts.")
    )
    source = forms.CharField(
        label=_("Where it is decided"),
        max_length=500,
        required=False,
        help_text=_("A contract, a page, a person: where somebody can look it up."),
    )
    owner = forms.ChoiceField(label=_("Whom to ask"), required=False)

    def __init__(self, data: Any = None, *, fact: Fact | None = None, kind: str = "") -> None:
        super().__init__(data, initial=_shown(fact) if fact else {})
        self.kind = fact.kind if fact else kind
        people = Agent.objects.filter(is_active=True).order_by("name").values_list("pk", "name")
        self.fields["owner"].choices = [("", _now("nobody")), *((str(pk), name) for pk, name in people)]  # type: ignore[attr-defined]
        self.fields["unit"] = unit_field(self.kind)
        for code, language in settings.LANGUAGES:
            self.fields[f"context_{code}"] = forms.CharField(
                label=_now("Words of its matter ({language})").format(language=language),
                max_length=1000,
                required=False,
                help_text=_now(
                    "Separated by commas. A number beside these words is about this fact; a word with + must be "
                    "there: +refund, ask for"
                ),
            )

    def details(self) -> dict[str, Any]:
        """What `facts.operations` takes. Call when valid."""
        given = self.cleaned_data
        owner = Agent.objects.filter(pk=given["owner"]).first() if given["owner"] else None
        words = {code: given[f"context_{code}"].split(",") for code, _language in settings.LANGUAGES}
        return {
            **{name: given[name] for name in ("note", "source", "unit")},
            "owner": owner,
            "context_words": words,
        }


class ValueForm(forms.Form):
    """A value from a day on, and words that stand instead of the automatic ones."""

    value = forms.CharField(label=_("Value"), max_length=500)
    valid_from = forms.DateField(
        label=_("Holds from"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: from now on. A day to come takes effect by itself at midnight."),
    )

    def __init__(self, data: Any = None, *, kind: str = "", initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        if kind == Kind.ADDRESS:
            self.fields["value"].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["value"].help_text = EXAMPLES.get(kind, "")
        for code, language in settings.LANGUAGES:
            self.fields[f"words_{code}"] = forms.CharField(
                label=_now("Own words ({language})").format(language=language), max_length=300, required=False
            )

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day is not None and day < current.today():
            raise forms.ValidationError(
                _now("Choose today or a day to come: what was said until now was said.")
            )
        return day

    def given(self) -> dict[str, Any]:
        """What `facts.operations.give_value` takes. Call when valid."""
        words = {code: self.cleaned_data[f"words_{code}"] for code, _language in settings.LANGUAGES}
        return {
            "typed": self.cleaned_data["value"],
            "valid_from": self.cleaned_data["valid_from"],
            "forms": words,
        }


class NewFactForm(ValueForm):
    """Key and kind, which stay for ever, beside the first value."""

    key = forms.CharField(
        label=_("Key"),
        max_length=80,
        help_text=_("Two or more words with dots between, like refund.window. It stays for ever."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("key", "value", "valid_from")


EXAMPLES: dict[str, Any] = {
    Kind.DURATION: _("A number, or two with a dash between: 14, or 5–10. Another unit may follow: 2 weeks."),
    Kind.MONEY: _("A number with a point before its decimals: 249, or 1,250.50."),
    Kind.PERCENT: _("A number: 12, or 12.5."),
    Kind.NUMBER: _("A number, or two with a dash between: 8, or 5–10."),
    Kind.DATE: _("Year-month-day: 2026-12-01."),
    Kind.HOURS: _("Like: Mon–Fri 08:00–20:00; Sat 09:00–13:00"),
    Kind.PHONE: _("With its country code: +63 2 8555 0142."),
    Kind.LINK: _("An address that begins with https://"),
    Kind.TEXT: _("The words in English; write the other languages below."),
}


def unit_field(kind: str) -> forms.Field:
    """The units of a kind to choose from; none for kinds without."""
    choices: list[Any] = {
        Kind.DURATION: list(units.DURATIONS.items()),
        Kind.NUMBER: list(units.NUMBERS.items()),
        Kind.MONEY: [(code, code) for code in units.CURRENCIES],
        Kind.HOURS: [("", _("no zone")), *zones()],
    }.get(kind, NO_UNIT)  # type: ignore[call-overload]
    label = _("Time zone") if kind == Kind.HOURS else _("Currency") if kind == Kind.MONEY else _("Unit")
    if choices is NO_UNIT:
        return forms.ChoiceField(choices=choices, required=False, widget=forms.HiddenInput)
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _shown(fact: Fact) -> dict[str, Any]:
    words = {
        f"context_{code}": ", ".join(fact.context_words.get(code, []))
        for code, _language in settings.LANGUAGES
    }
    given = {"note": fact.note, "source": fact.source, "unit": fact.unit}
    return {**given, "owner": str(fact.owner_id or ""), **words}
