from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.channels.models import Channel
from tugon.company import configuring
from tugon.customers.models import Audience, CustomField
from tugon.events.actors import Actor
from tugon.intake.models import Form
from tugon.tickets.models import Kind

from .rows import Register, RowForm, comma_list, here

PERMISSION = "admin.channels"
CHANNEL = ("name", "team", "language", "is_enabled", "acknowledges")


class WebForm(RowForm):
    columns = (
        "slug",
        "audience",
        "kind",
        "asks",
        "tags",
        "asks_side",
        "asks_username",
        "needs_proof_of_work",
        "position",
    )
    translated = {"titles": (_("Heading"), True), "intros": (_("Words above the fields"), False)}
    name = forms.CharField(label=_("Name for agents"), max_length=80)
    slug = forms.SlugField(
        label=_("Address"), max_length=40, help_text=_("The last part of its address: members")
    )
    audience = forms.ModelChoiceField(
        label=_("Audience"), queryset=Audience.objects.none(), required=False, empty_label=_("Everybody")
    )
    team = forms.ModelChoiceField(
        label=_("Its tickets go to"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("No team yet"),
    )
    language = forms.ChoiceField(label=_("Language where nothing better is known"), required=False)
    kind = forms.ChoiceField(label=_("Its tickets are"), choices=Kind.choices)
    asks = forms.MultipleChoiceField(
        label=_("Fields it asks for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = forms.CharField(
        label=_("Tags of its tickets"), required=False, help_text=_("Separated by commas.")
    )
    asks_username = forms.BooleanField(label=_("Asks for the user name"), required=False)
    asks_side = forms.BooleanField(label=_("Asks where the problem lies"), required=False)
    acknowledges = forms.BooleanField(label=_("Answers at once that it arrived"), required=False)
    needs_proof_of_work = forms.BooleanField(
        label=_("Lets the browser do a little sum against robots"), required=False
    )
    is_enabled = forms.BooleanField(label=_("Open"), required=False)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)

    def prepare(self) -> None:
        self.fields["audience"].queryset = Audience.objects.all()  # type: ignore[attr-defined]
        self.fields["team"].queryset = Team.objects.filter(archived_at=None)  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("As the browser says")), *settings.LANGUAGES]  # type: ignore[attr-defined]
        fields = CustomField.objects.filter(on="ticket", archived_at=None)
        self.fields["asks"].choices = [(row.key, row.name_in(here())) for row in fields]  # type: ignore[attr-defined]

    def shown(self, row: Any) -> dict[str, Any]:
        channel = row.channel if row.pk else Channel(kind=Channel.Kind.FORM)
        return {
            **super().shown(row),
            **{name: getattr(channel, name) for name in CHANNEL},
            "tags": ", ".join(row.tags or []),
        }

    def clean_tags(self) -> list[str]:
        return ["-".join(word.lower().split()) for word in comma_list(self.cleaned_data["tags"])]


@transaction.atomic
def _save(row: Form, form: RowForm, by: Actor) -> Form:
    channel = row.channel if row.pk else Channel(kind=Channel.Kind.FORM)
    changes = {name: form.cleaned_data[name] for name in CHANNEL}
    channel = configuring.configure(channel, changes, permission=PERMISSION, by=by)
    if row.pk is None:
        row.channel = channel
    return configuring.configure(row, form.values(), permission=PERMISSION, by=by)


FORMS = Register(
    key="forms",
    permission=PERMISSION,
    model=Form,
    form=WebForm,
    title=_("Forms"),
    lead=_("Where customers write in the help center, one for each audience."),
    add=_("Add a form"),
    empty=_("Three fields are enough: name, address, what happened."),
    icon="app-window",
    columns=[
        (_("Name"), lambda row: row.channel.name),
        (_("Audience"), lambda row: row.audience.name_in(here()) if row.audience else _now("Everybody")),
        (_("Team"), lambda row: row.channel.team.name if row.channel.team else ""),
        (_("Open"), lambda row: _now("yes") if row.channel.is_enabled else _now("no")),
    ],
    rows=lambda: Form.objects.select_related("channel__team", "audience"),
    removes=False,
    save=_save,
    title_of=lambda row: row.channel.name,
)
