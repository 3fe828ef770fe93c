from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Audience, Customer, Organisation, Plan
from tugon.tickets.models import Kind, Priority


class NewTicketForm(forms.Form):
    """A ticket that an agent opens: for somebody who called, or to write to a customer first."""

    address = forms.EmailField(label=_("E-mail address of the customer"), required=False)
    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    customer = forms.ModelChoiceField(Customer.objects.present(), required=False, widget=forms.HiddenInput)
    subject = forms.CharField(label=_("Subject"), max_length=500)
    direction = forms.ChoiceField(
        label=_("What is written below"),
        choices=[
            ("incoming", _("What the customer said")),
            ("outgoing", _("My letter to the customer")),
            ("note", _("A note for colleagues")),
        ],
        initial="incoming",
        widget=forms.RadioSelect,
    )
    body = forms.CharField(label=_("Text"), widget=forms.Textarea)
    team = forms.ModelChoiceField(Team.objects.filter(archived_at=None), label=_("Team"), required=False)
    kind = forms.ChoiceField(label=_("Type"), choices=Kind.choices, initial=Kind.QUESTION)
    priority = forms.TypedChoiceField(
        label=_("Priority"), choices=Priority.choices, coerce=int, initial=int(Priority.NORMAL)
    )

    def __init__(self, *args: Any, agent: Agent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agent = agent

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("customer") and not values.get("address") and not values.get("name"):
            self.add_error("address", _("Say whose ticket this is: an e-mail address or at least a name."))
        if values.get("direction") == "outgoing" and not values.get("customer") and not values.get("address"):
            self.add_error("address", _("A letter needs an e-mail address to go to."))
        return values


class CustomerForm(forms.Form):
    """What is known about a customer."""

    name = forms.CharField(label=_("Name"), max_length=160, required=False)
    username = forms.CharField(label=_("User name"), max_length=120, required=False)
    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=_("Organisation"), required=False)
    audience = forms.ModelChoiceField(Audience.objects.all(), label=_("Audience"), required=False)
    plan = forms.ModelChoiceField(Plan.objects.all(), label=_("Plan"), required=False)
    language = forms.CharField(
        label=_("Language"), max_length=16, required=False, help_text=_("Such as en, fil, es")
    )
    time_zone = forms.CharField(
        label=_("Time zone"), max_length=64, required=False, help_text=_("Such as Asia/Manila")
    )
    notes = forms.CharField(label=_("Notes for colleagues"), widget=forms.Textarea, required=False)
