"""A form for a group of the company's settings, made from their definitions."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings as django_settings
from django.utils.translation import gettext as _

from tugon.channels.models import Mailbox
from tugon.company import keys, settings


class SettingsForm(forms.Form):
    def __init__(self, data: Any = None, *, groups: tuple[str, ...]) -> None:
        self.keys = keys.of_group(*groups)
        shown = {key.name: _shown(key, settings.get(key.name)) for key in self.keys}
        super().__init__(data, initial=shown)
        for key in self.keys:
            self.fields[key.name] = _field(key)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for key in self.keys:
            if key.name not in given:
                continue
            try:
                given[key.name] = key.clean(given[key.name])
            except keys.ValueRefused as refusal:
                self.add_error(key.name, str(refusal)[:1].upper() + str(refusal)[1:])
        return given


def _field(key: keys.Key) -> forms.Field:
    common: dict[str, Any] = {"label": key.label, "help_text": key.hint, "required": False}
    languages = list(django_settings.LANGUAGES)
    if key.name == "accent":
        return forms.CharField(
            **common, widget=forms.TextInput(attrs={"type": "color", "class": "h-10 w-24 p-1"})
        )
    if key.name == "languages":
        return forms.MultipleChoiceField(**common, choices=languages, widget=forms.CheckboxSelectMultiple)
    if key.name == "language":
        return forms.ChoiceField(**common, choices=languages)
    if key.name == "zone":
        return forms.ChoiceField(**common, choices=zones())
    if key.name == "default_mailbox":
        mailboxes = [(str(row.pk), row.address) for row in Mailbox.objects.order_by("address")]
        return forms.ChoiceField(**common, choices=[("", _("The first that can send")), *mailboxes])
    if isinstance(key.default, bool):
        return forms.BooleanField(**common)
    if isinstance(key.default, int):
        return forms.CharField(
            **common, widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "max-w-32"})
        )
    return forms.CharField(**common)


def zones() -> list[tuple[str, str]]:
    """Every zone of the world that has a place in its name, and UTC."""
    names = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    return [(zone, zone.replace("_", " ")) for zone in names]


def _shown(key: keys.Key, value: Any) -> Any:
    """A list as the words between commas that its field takes; the languages are boxes to tick."""
    return ", ".join(value) if isinstance(value, list) and key.name != "languages" else value
