"""The forms of the billing directory."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.billing.models import ContactRoute, Descriptor, Processor

from .registers.rows import names_known_facts
from .settings_form import zones

CAN = {
    "can_cancel": _("Cancel a subscription"),
    "can_refund": _("Refund a charge"),
    "can_receipt": _("Send a receipt"),
    "can_update_card": _("Change the card"),
}
_WORDS = {
    "abouts": _("What they charge for"),
    "have_ready": _("What to have ready"),
    "only_we_can": _("What only we can do"),
}
CODES = _("Separated by spaces. Empty: everywhere.")


class ProcessorForm(forms.Form):
    """A processor: what it is, what it can do, and what customers should know."""

    name = forms.CharField(label=_("Name"), max_length=120)
    can = forms.MultipleChoiceField(
        label=_("They can"), choices=list(CAN.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.CharField(
        label=_("Languages in which they answer"),
        required=False,
        max_length=200,
        help_text=_("Separated by spaces: en fil"),
    )
    countries = forms.CharField(
        label=_("Countries whose people they charge"), required=False, max_length=800, help_text=CODES
    )
    review_every_days = forms.IntegerField(
        label=_("Check the entry every so many days"), min_value=1, max_value=3650
    )
    notes = forms.CharField(
        label=_("Notes for us"),
        required=False,
        max_length=5000,
        widget=forms.Textarea,
        help_text=_("Customers never see them."),
    )

    def __init__(self, data: Any = None, *, processor: Processor | None = None) -> None:
        super().__init__(data, initial=_shown(processor) if processor else {"review_every_days": 180})
        for name, label in _WORDS.items():
            for code, language in settings.LANGUAGES:
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{label} ({language})",
                    required=False,
                    max_length=2000,
                    widget=forms.Textarea(attrs={"rows": 3 if name == "have_ready" else 2}),
                    validators=[names_known_facts],
                    help_text=_now("One thing a line.") if name == "have_ready" else "",
                )
        words = [f"{name}_{code}" for name in _WORDS for code, _language in settings.LANGUAGES]
        self.order_fields(["name", "can", *words, "languages", "countries", "review_every_days", "notes"])

    def details(self) -> dict[str, Any]:
        """What `billing.operations` takes. Call when valid."""
        given = self.cleaned_data
        words = {
            name: {code: given[f"{name}_{code}"] for code, _language in settings.LANGUAGES} for name in _WORDS
        }
        return {
            **{name: given[name] for name in ("name", "notes", "review_every_days")},
            **{name: given[name].split() for name in ("languages", "countries")},
            **{name: name in given["can"] for name in CAN},
            **words,
        }


class DescriptorForm(forms.Form):
    pattern = forms.CharField(
        label=_("As the statement prints it"),
        max_length=120,
        help_text=_("Numbers, dates and places may stay: they are passed over."),
    )
    kind = forms.ChoiceField(label=_("Where"), choices=Descriptor.Kind.choices)


class RouteForm(forms.Form):
    kind = forms.ChoiceField(label=_("How"), choices=ContactRoute.Kind.choices)
    value = forms.CharField(
        label=_("Address or number"),
        max_length=300,
        help_text=_("Phones with their country code: +63 2 8555 0142"),
    )
    hours = forms.CharField(
        label=_("Hours"),
        max_length=300,
        required=False,
        help_text=_("Like: Mon–Fri 08:00–20:00; Sat 09:00–13:00"),
    )
    zone = forms.ChoiceField(label=_("Time zone of the hours"), required=False)
    languages = forms.CharField(label=_("Languages"), required=False, max_length=200, help_text=_("en fil"))
    countries = forms.CharField(
        label=_("Only from these countries"), required=False, max_length=800, help_text=CODES
    )
    position = forms.IntegerField(
        label=_("Place in the order"), min_value=0, max_value=99, required=False, initial=0
    )

    def __init__(self, data: Any = None, *, route: ContactRoute | None = None) -> None:
        shown: dict[str, Any] = {}
        if route is not None:
            shown = {name: getattr(route, name) for name in ("kind", "value", "hours", "zone", "position")}
            shown |= {name: " ".join(getattr(route, name)) for name in ("languages", "countries")}
        super().__init__(data, initial=shown)
        self.fields["zone"].choices = [("", _now("that of the company")), *zones()]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        """What `billing.operations.set_route` takes. Call when valid."""
        given = self.cleaned_data
        return {**given, **{name: given[name].split() for name in ("languages", "countries")}}


def _shown(row: Processor) -> dict[str, Any]:
    words = {
        f"{name}_{code}": getattr(row, name).get(code, "")
        for name in _WORDS
        for code, _language in settings.LANGUAGES
    }
    return {
        **{name: getattr(row, name) for name in ("name", "notes", "review_every_days")},
        **{name: " ".join(getattr(row, name)) for name in ("languages", "countries")},
        "can": [name for name in CAN if getattr(row, name)],
        **words,
    }
