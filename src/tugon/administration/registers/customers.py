import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.company import configuring
from tugon.customers import operations as customers
from tugon.customers.models import Audience, CustomField, Organisation, Plan
from tugon.events.actors import Actor
from tugon.lib.clock import now

from .rows import Register, RowForm, comma_list, here

_ICONS = [
    ("user", _("Person")),
    ("users", _("People")),
    ("video", _("Video")),
    ("building-2", _("Building")),
    ("star", _("Star")),
    ("heart", _("Heart")),
    ("wallet", _("Money")),
    ("life-buoy", _("Help")),
]


class AudienceForm(RowForm):
    columns = ("key", "icon", "position", "is_visible", "reads_mood", "guides_by_history")
    translated = {"names": (_("Name"), True), "descriptions": (_("One line about them"), False)}
    key = forms.SlugField(label=_("Key"), max_length=40, help_text=_("For addresses and rules: members"))
    icon = forms.ChoiceField(label=_("Icon"), choices=_ICONS)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)
    is_visible = forms.BooleanField(label=_("Offered on the help center's start page"), required=False)
    reads_mood = forms.BooleanField(
        label=_("Read the mood of what they write"),
        required=False,
        initial=True,
        help_text=_("Without it, nothing about their mood is worked out, kept or shown."),
    )
    guides_by_history = forms.BooleanField(
        label=_("Show agents what they repeatedly had difficulty with"),
        required=False,
        initial=True,
        help_text=_(
            "Without it, earlier tickets are not counted together and no guidance follows from them."
        ),
    )


def _privacy(row: Audience) -> str:
    """What is not done for the people of an audience."""
    kept = [
        _now("no mood") if not row.reads_mood else "",
        _now("no personal guidance") if not row.guides_by_history else "",
    ]
    return ", ".join(filter(None, kept))


AUDIENCES = Register(
    key="audiences",
    permission="admin.settings",
    model=Audience,
    form=AudienceForm,
    title=_("Audiences"),
    lead=_("Kinds of customers, each with its own forms and words."),
    add=_("Add an audience"),
    empty=_("With audiences, members and creators see the form that fits them."),
    icon="contact",
    columns=[
        (_("Name"), lambda row: row.name_in(here())),
        (_("Key"), lambda row: row.key),
        (_("Shown"), lambda row: _now("yes") if row.is_visible else _now("no")),
        (_("Privacy"), _privacy),
    ],
    rows=lambda: Audience.objects.all(),
    title_of=lambda row: row.name_in(here()),
)


class PlanForm(RowForm):
    columns = ("name", "key", "position")
    name = forms.CharField(label=_("Name"), max_length=80)
    key = forms.SlugField(label=_("Key"), max_length=40)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)


PLANS = Register(
    key="plans",
    permission="admin.settings",
    model=Plan,
    form=PlanForm,
    title=_("Plans"),
    lead=_("What customers pay for; promises may depend on it."),
    add=_("Add a plan"),
    empty=_("Plans are optional. They help to answer paying customers sooner."),
    icon="wallet",
    columns=[
        (_("Name"), lambda row: row.name),
        (_("Key"), lambda row: row.key),
        (_("Customers"), lambda row: row.number),
    ],
    rows=lambda: Plan.objects.annotate(number=Count("customers")),
)


class OrganisationForm(RowForm):
    columns = ("name", "domains", "notes")
    name = forms.CharField(label=_("Name"), max_length=160)
    domains = forms.CharField(
        label=_("Mail domains"),
        required=False,
        help_text=_("Who proved an address there belongs to it: studio.example, another.example"),
    )
    notes = forms.CharField(label=_("Notes"), required=False, widget=forms.Textarea)

    def shown(self, row: Any) -> dict[str, Any]:
        return {**super().shown(row), "domains": ", ".join(row.domains or [])}

    def clean_domains(self) -> list[str]:
        domains = sorted({word.lower().lstrip("@") for word in comma_list(self.cleaned_data["domains"])})
        for domain in domains:
            if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain):
                raise ValidationError(_now("“{domain}” is no domain.").format(domain=domain))
        return domains


@transaction.atomic
def _save_organisation(row: Organisation, form: RowForm, by: Actor) -> Organisation:
    """A domain decides whose history a person joins, so each is asked about: public ones and others' are refused."""
    given = form.values()
    if row.pk is None:
        return customers.create_organisation(**given, by=by)
    row = customers.change_organisation(row, name=given["name"], notes=given["notes"], by=by)
    for domain in set(row.domains) - set(given["domains"]):
        row = customers.remove_domain(row, domain=domain, by=by)
    for domain in given["domains"]:
        row = customers.add_domain(row, domain=domain, by=by)
    return row


def _remove_organisation(row: Organisation, by: Actor) -> None:
    customers.remove_organisation(row, by=by)


ORGANISATIONS = Register(
    key="organisations",
    permission="customer.edit",
    model=Organisation,
    form=OrganisationForm,
    title=_("Organisations"),
    lead=_("Companies and studios whose people write to you."),
    add=_("Add an organisation"),
    empty=_("An organisation gathers the tickets of everybody in it."),
    icon="landmark",
    columns=[
        (_("Name"), lambda row: row.name),
        (_("Domains"), lambda row: ", ".join(row.domains)),
        (_("Customers"), lambda row: row.number),
    ],
    rows=lambda: Organisation.objects.annotate(number=Count("customers"))[:500],
    save=_save_organisation,
    take_away=_remove_organisation,
)


class FieldForm(RowForm):
    columns = (
        "on",
        "key",
        "kind",
        "choices",
        "is_required",
        "required_to_solve",
        "shown_to_customer",
        "position",
    )
    translated = {"names": (_("Label"), True), "hints": (_("Hint"), False)}
    on = forms.ChoiceField(label=_("Belongs to"), choices=CustomField.On.choices)
    key = forms.SlugField(
        label=_("Key"), max_length=40, help_text=_("It stays as it is once the field is made.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=CustomField.Kind.choices)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea,
        help_text=_("One a line: key, then its words, like “android: Android phone”."),
    )
    is_required = forms.BooleanField(label=_("Has to be filled in on forms"), required=False)
    required_to_solve = forms.BooleanField(
        label=_("Has to be filled in before a ticket is solved"), required=False
    )
    shown_to_customer = forms.BooleanField(label=_("Customers see it"), required=False)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)

    def prepare(self) -> None:
        if self.row.pk:
            for name in ("on", "key", "kind"):
                self.fields[name].disabled = True

    def shown(self, row: Any) -> dict[str, Any]:
        lines = [f"{one['key']}: {one.get('names', {}).get('en', one['key'])}" for one in row.choices or []]
        return {**super().shown(row), "choices": "\n".join(lines)}

    def clean_choices(self) -> list[dict[str, Any]]:
        known = {one["key"]: one.get("names", {}) for one in self.row.choices or []}
        made = []
        for line in self.cleaned_data["choices"].splitlines():
            key, _colon, words = line.partition(":")
            if key.strip():
                slug = re.sub(r"[^a-z0-9]+", "-", key.strip().lower()).strip("-")
                made.append(
                    {"key": slug, "names": {**known.get(slug, {}), "en": words.strip() or key.strip()}}
                )
        return made

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (
            given.get("kind") in ("choice", "choices")
            and not given.get("choices")
            and "choices" not in self.errors
        ):
            self.add_error("choices", _now("Write at least one choice."))
        return given


def _archive_field(row: CustomField, is_archived: bool, by: Actor) -> None:
    changes = {"archived_at": now() if is_archived else None}
    configuring.configure(row, changes, permission="admin.settings", by=by)


FIELDS = Register(
    key="fields",
    permission="admin.settings",
    model=CustomField,
    form=FieldForm,
    title=_("Fields"),
    lead=_("What you want to know beside the message: a device, an order number."),
    add=_("Add a field"),
    empty=_("Ask for little: every field costs some people their patience."),
    icon="rows-3",
    columns=[
        (_("Label"), lambda row: row.name_in(here())),
        (_("Belongs to"), lambda row: row.get_on_display()),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Customers see it"), lambda row: _now("yes") if row.shown_to_customer else _now("no")),
    ],
    rows=lambda: CustomField.objects.all(),
    removes=False,
    archives=True,
    archive=_archive_field,
    title_of=lambda row: row.name_in(here()),
)
