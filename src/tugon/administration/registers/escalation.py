from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.company import configuring
from tugon.escalation.errors import AddressIsOurs
from tugon.escalation.models import Department
from tugon.escalation.models.levels import in_language
from tugon.escalation.starting import SUGGESTED, suggest_department
from tugon.events.actors import Actor
from tugon.intake.identity import ourselves
from tugon.lib.clock import now

from .rows import Register, RowForm, here

PERMISSION = "promise.edit"


class DepartmentForm(RowForm):
    columns = ("address", "language", "hours_to_answer", "position")
    translated = {"names": (_("Name"), True), "purposes": (_("What it is asked for"), False)}
    address = forms.EmailField(label=_("E-mail address"), max_length=320)
    language = forms.ChoiceField(label=_("Language of letters to it"), choices=settings.LANGUAGES)
    hours_to_answer = forms.IntegerField(
        label=_("Open hours it usually takes to answer"),
        min_value=1,
        max_value=1000,
        initial=8,
        help_text=_("After that, a ticket that waits for it comes back to whoever asked."),
    )
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip().lower()
        if ourselves().is_ours(address):
            raise forms.ValidationError(AddressIsOurs(address=address).message)
        return address


def _archive(row: Department, is_archived: bool, by: Actor) -> None:
    configuring.configure(row, {"archived_at": now() if is_archived else None}, permission=PERMISSION, by=by)


def _hours(row: Any) -> str:
    return _now("{hours} open hours").format(hours=row.hours_to_answer)


def _begin(like: str) -> Department:
    """A new department, like one that many companies ask where `like` is its number."""
    found = suggest_department(int(like)) if like.isdecimal() else None
    return found or Department()


def _offers() -> list[tuple[str, str]]:
    """(number, name) of departments that many companies ask, without those that are there."""
    there = {row.names.get("en") for row in Department.objects.all()}
    return [
        (str(number), in_language(one["names"], here()))
        for number, one in enumerate(SUGGESTED)
        if one["names"]["en"] not in there
    ]


DEPARTMENTS = Register(
    key="departments",
    permission=PERMISSION,
    model=Department,
    form=DepartmentForm,
    title=_("Departments outside"),
    lead=_(
        "Whom agents may ask by mail from a ticket. Answers come back to the ticket; customers never see them."
    ),
    add=_("Add a department"),
    empty=_("Payments, legal, a partner's technicians: whoever works elsewhere and answers by mail."),
    icon="building-2",
    columns=[
        (_("Name"), lambda row: row.name_in(here())),
        (_("Address"), lambda row: row.address),
        (_("For"), lambda row: row.purpose_in(here())),
        (_("Usually answers in"), _hours),
    ],
    rows=lambda: Department.objects.all(),
    removes=False,
    archives=True,
    archive=_archive,
    title_of=lambda row: row.name_in(here()),
    begin=_begin,
    offers=_offers,
)
