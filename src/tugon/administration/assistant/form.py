from django import forms
from django.utils.translation import gettext_lazy as _

from tugon.assistant.kinds import Group
from tugon.assistant.models import Setup
from tugon.customers.models import Audience


class AssistantForm(forms.Form):
    """What is decided about the assistant, as `set_up` takes it."""

    address = forms.CharField(
        label=_("Address of the service"),
        help_text=_(
            "OpenAI-compatible, on this machine or elsewhere, like http://localhost:11434/v1 or "
            "https://api.example.com/v1. Empty: the assistant is off and no word leaves."
        ),
        required=False,
        max_length=300,
    )
    model = forms.CharField(label=_("Its model"), required=False, max_length=100)
    key = forms.CharField(
        label=_("Its key"),
        help_text=_("Kept sealed and never shown. Empty keeps the one there is, for the same address."),
        required=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    groups = forms.MultipleChoiceField(
        label=_("What agents may ask for"),
        choices=Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    unasked_groups = forms.MultipleChoiceField(
        label=_("Sent without showing the words first"),
        help_text=_(
            "They are masked all the same. For the others an agent sees the exact words and presses Send."
        ),
        choices=Group.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    forbidden_audiences = forms.MultipleChoiceField(
        label=_("Never for these audiences"),
        help_text=_("No word of their tickets leaves, masked or not."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agent_limit = forms.IntegerField(
        label=_("Questions of one agent in 24 hours"), min_value=0, max_value=10_000
    )
    company_limit = forms.IntegerField(
        label=_("Questions of all in 24 hours"), min_value=0, max_value=1_000_000
    )
    seconds = forms.IntegerField(
        label=_("Seconds to wait for an answer"),
        help_text=_("Nobody is kept waiting by it: the answer comes to the agent's screen by itself."),
        min_value=5,
        max_value=300,
    )

    def __init__(self, *args: object, language: str, **names: object) -> None:
        super().__init__(*args, **names)  # type: ignore[arg-type]
        rows = Audience.objects.all()
        self.fields["forbidden_audiences"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), row.name_in(language)) for row in rows
        ]


def initial_of(row: Setup) -> dict[str, object]:
    """The form's values of what was decided."""
    names = ("address", "model", "groups", "unasked_groups", "agent_limit", "company_limit", "seconds")
    kept = {name: getattr(row, name) for name in names}
    return kept | {"forbidden_audiences": [str(pk) for pk in row.forbidden_audiences]}
