from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.events.actors import Actor
from tugon.tickets import conditions
from tugon.tickets import operations as tickets
from tugon.tickets.models import State, Tag, View
from tugon.tickets.models.state import Status

from .rows import Register, RowForm, here


class StateForm(RowForm):
    columns = ("status", "position", "is_default")
    translated = {"names": (_("Name for agents"), True), "customer_names": (_("Name for customers"), False)}
    status = forms.ChoiceField(
        label=_("Means"),
        choices=Status.choices,
        help_text=_("Clocks, queues and reports know only these six."),
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)
    is_default = forms.BooleanField(label=_("The one taken where only the meaning is given"), required=False)

    def prepare(self) -> None:
        if self.row.pk:
            self.fields["status"].disabled = True
            self.fields["status"].help_text = _now("Tickets stand in it, so it stays.")
        if self.row.is_default:
            self.fields["is_default"].disabled = True
            self.fields["is_default"].help_text = _now("Until another one takes its place.")


@transaction.atomic
def _save_state(row: State, form: RowForm, by: Actor) -> State:
    given = form.values()
    words = {"names": given["names"], "customer_names": given["customer_names"]}
    if row.pk is None:
        row = tickets.create_state(**words, status=given["status"], by=by)
    row = tickets.change_state(row, **words, position=given["position"], by=by)
    return tickets.make_default_state(row, by=by) if given["is_default"] else row


def _archive_state(row: State, is_archived: bool, by: Actor) -> None:
    (tickets.archive_state if is_archived else tickets.restore_state)(row, by=by)


STATES = Register(
    key="states",
    permission="admin.settings",
    model=State,
    form=StateForm,
    title=_("States"),
    lead=_("Your own words for where a ticket stands, each with one of six meanings."),
    add=_("Add a state"),
    empty=_("Without states of your own, the six meanings serve as they are."),
    icon="circle-dot",
    columns=[
        (_("Name"), lambda row: row.name_in(here())),
        (_("Means"), lambda row: row.get_status_display()),
        (_("Default"), lambda row: _now("yes") if row.is_default else ""),
    ],
    rows=lambda: State.objects.all(),
    removes=False,
    archives=True,
    save=_save_state,
    archive=_archive_state,
    title_of=lambda row: row.name_in(here()),
)


class TagForm(RowForm):
    columns = ("name", "color")
    name = forms.CharField(label=_("Tag"), max_length=60)
    color = forms.ChoiceField(
        label=_("Colour"),
        required=False,
        choices=[
            ("", _("None")),
            ("info", _("Blue")),
            ("success", _("Green")),
            ("warning", _("Amber")),
            ("error", _("Red")),
        ],
    )

    def prepare(self) -> None:
        if self.row.pk:
            self.fields["name"].disabled = True
            self.fields["name"].help_text = _("Tickets carry the word itself, so it stays.")

    def clean_name(self) -> str:
        return "-".join(self.cleaned_data["name"].lower().split())


TAGS = Register(
    key="tags",
    permission="admin.settings",
    model=Tag,
    form=TagForm,
    title=_("Tags"),
    lead=_("Words that agents are offered. Removing one leaves it on the tickets that carry it."),
    add=_("Add a tag"),
    empty=_("Tags also appear here when somebody uses a new one."),
    icon="tag",
    columns=[(_("Tag"), lambda row: row.name), (_("Used"), lambda row: row.used)],
    rows=lambda: Tag.objects.all()[:500],
)


class ViewForm(RowForm):
    columns = ("name", "icon", "team", "position", "shortcut")
    name = forms.CharField(label=_("Name"), max_length=80)
    icon = forms.CharField(
        label=_("Icon"), max_length=40, required=False, help_text=_("A name of the Lucide set.")
    )
    team = forms.ModelChoiceField(
        label=_("For"), queryset=Team.objects.none(), required=False, empty_label=_("Everybody")
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)
    shortcut = forms.CharField(label=_("Key after “g”"), max_length=1, required=False)

    def prepare(self) -> None:
        self.fields["team"].queryset = Team.objects.filter(archived_at=None)  # type: ignore[attr-defined]


def _in_words(row: View) -> Any:
    try:
        return conditions.describe(row.conditions, here())
    except Exception:  # a view that an older version wrote is listed all the same
        return _now("(conditions that this version cannot read)")


VIEWS = Register(
    key="views",
    permission="view.share",
    model=View,
    form=ViewForm,
    title=_("Shared views"),
    lead=_("Lists that a team or everybody sees. They are made in the console: filter a list, then save it."),
    add=_("Make a view"),
    empty=_("Filter a list in the console and share it; it appears here."),
    icon="list-filter",
    columns=[
        (_("Name"), lambda row: row.name_in(here())),
        (_("For"), lambda row: row.team.name if row.team else _now("Everybody")),
        (_("Shows"), _in_words),
    ],
    rows=lambda: View.objects.filter(agent=None).select_related("team"),
    within=lambda: View.objects.filter(agent=None),
    makes=False,
)
