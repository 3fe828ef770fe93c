"""What the channel advisor knows: routes and the table of rules."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.advisor.choosing import Effort, Urgency
from tugon.advisor.models import Route, Rule
from tugon.channels.models import Channel
from tugon.company.configuring import configure
from tugon.customers.models import Audience
from tugon.events.actors import Actor
from tugon.sla.models import Calendar
from tugon.understanding.models import Topic

from .rows import Register, RowForm, here

PERMISSION = "admin.helpcenter"


class ManyForm(RowForm):
    """A form with choices that are rows beside the row (many to many)."""

    many: tuple[str, ...] = ()

    def shown(self, row: Any) -> dict[str, Any]:
        chosen = {name: list(getattr(row, name).all()) if row.pk else [] for name in self.many}
        return super().shown(row) | chosen


def _save(row: Any, form: RowForm, by: Actor) -> Any:
    row = configure(row, form.values(), permission=PERMISSION, by=by)
    for name in getattr(form, "many", ()):
        getattr(row, name).set(form.cleaned_data[name])
    return row


class RouteForm(ManyForm):
    columns = (
        *(
            "key",
            "kind",
            "address",
            "languages",
            "calendar",
            "channel",
            "promised_minutes",
            "position",
            "is_enabled",
        ),
    )
    many = ("audiences", "topics")
    translated = {"names": (_("Name"), True), "lines": (_("What it is good for"), False)}
    key = forms.SlugField(label=_("Short name"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind"), choices=Route.Kind.choices)
    address = forms.CharField(
        label=_("Where it leads"),
        max_length=300,
        required=False,
        help_text=_(
            "A page like /{language}/help/, a web or mail address, or a number like +63281234567. "
            "E-mail: empty means the default mailbox."
        ),
    )
    audiences = forms.ModelMultipleChoiceField(
        label=_("Only for"),
        queryset=Audience.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Only about"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Answers in"), required=False, choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    calendar = forms.ModelChoiceField(
        label=_("Hours"), queryset=Calendar.objects.none(), required=False, empty_label=_("Always open")
    )
    channel = forms.ModelChoiceField(
        label=_("Times measured on"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("Nothing is measured"),
    )
    promised_minutes = forms.IntegerField(
        label=_("Promised, in minutes of opening time"),
        min_value=1,
        max_value=60 * 24 * 30,
        required=False,
        help_text=_("Empty: as the company promises, or at once where nobody has to be there."),
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)
    is_enabled = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def prepare(self) -> None:
        for name, rows in (
            ("audiences", Audience.objects.all()),
            ("topics", Topic.objects.in_use()),
            ("calendar", Calendar.objects.all()),
            ("channel", Channel.objects.filter(is_enabled=True).order_by("name")),
        ):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        kind, address = given.get("kind"), str(given.get("address") or "").strip()
        if not address and kind == Route.Kind.EMAIL:
            return given
        if kind == Route.Kind.PHONE:
            fits = address.startswith("+") and address[1:].isdigit()
        elif kind == Route.Kind.EMAIL:
            fits = "@" in address and " " not in address
        else:
            fits = address.startswith(("/", "https://", "http://")) and not address.startswith("//")
        if not fits:
            self.add_error("address", ValidationError(_now("That is no address for this kind of route.")))
        return given


ROUTES = Register(
    key="routes",
    permission=PERMISSION,
    model=Route,
    form=RouteForm,
    title=_("Routes"),
    lead=_("Every way to an answer, with its hours and what it promises. The advisor chooses among them."),
    add=_("Add a route"),
    empty=_("Add the ways in which people reach you: the help center, the form, e-mail, phone."),
    icon="signpost",
    columns=[
        (_("Name"), lambda row: row.name_in(here())),
        (_("Kind"), lambda row: row.get_kind_display()),
        (_("Hours"), lambda row: row.calendar.name if row.calendar else _now("Always open")),
        (_("In use"), lambda row: _now("yes") if row.is_enabled else ""),
    ],
    rows=lambda: Route.objects.select_related("calendar"),
    save=_save,
    title_of=lambda row: row.name_in(here()),
)


class AdviceForm(ManyForm):
    columns = ("route_id", "urgencies", "efforts", "points", "position")
    many = ("topics",)
    translated = {"reasons": (_("Why, as the person reads it"), False)}
    route_id = forms.TypedChoiceField(label=_("Route"), coerce=int)
    topics = forms.ModelMultipleChoiceField(
        label=_("When it is about"),
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    urgencies = forms.MultipleChoiceField(
        label=_("When it is urgent so"),
        required=False,
        choices=Urgency.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    efforts = forms.MultipleChoiceField(
        label=_("When it is involved so"),
        required=False,
        choices=Effort.choices(),
        widget=forms.CheckboxSelectMultiple,
    )
    points = forms.IntegerField(
        label=_("Points"),
        min_value=-100,
        max_value=100,
        initial=10,
        help_text=_("Below 0 speaks against it."),
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)

    def prepare(self) -> None:
        routes = [(row.pk, row.name_in(here())) for row in Route.objects.all()]
        self.fields["route_id"].choices = routes  # type: ignore[attr-defined]
        self.fields["topics"].queryset = Topic.objects.in_use()  # type: ignore[attr-defined]


def _when(row: Rule) -> str:
    """The conditions in words; "always" where there are none."""
    urgencies, efforts = dict(Urgency.choices()), dict(Effort.choices())
    parts = [
        " / ".join(topic.name_in(here()) for topic in row.topics.all()),
        " / ".join(str(urgencies[Urgency(one)]) for one in row.urgencies),
        " / ".join(str(efforts[Effort(one)]) for one in row.efforts),
    ]
    return "; ".join(filter(None, parts)) or _now("always")


ADVICE = Register(
    key="advice",
    permission=PERMISSION,
    model=Rule,
    form=AdviceForm,
    title=_("Advice"),
    lead=_("The table of the channel advisor: where all of a line fits, its route gets the points."),
    add=_("Add a line"),
    empty=_("Without lines every route is as good as another, and they are shown in their order."),
    icon="compass",
    columns=[
        (_("Route"), lambda row: row.route.name_in(here())),
        (_("When"), _when),
        (_("Points"), lambda row: f"{row.points:+d}"),
        (_("Why"), lambda row: row.reason_in(here())),
    ],
    rows=lambda: Rule.objects.select_related("route").prefetch_related("topics"),
    save=_save,
)
