import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.events.actors import Actor
from tugon.intake import operations as intake
from tugon.intake.models import SenderRule

from .rows import Register, RowForm


class SenderForm(RowForm):
    columns = ("pattern", "verdict", "note")
    pattern = forms.CharField(
        label=_("Address or domain"),
        max_length=320,
        help_text=_("ana@mail.example, or @mail.example for all there"),
    )
    verdict = forms.ChoiceField(label=_("Its mail is"), choices=SenderRule.Verdict.choices)
    note = forms.CharField(label=_("Why"), max_length=200, required=False)

    def prepare(self) -> None:
        if self.row.pk:
            self.fields["pattern"].disabled = True

    def clean_pattern(self) -> str:
        pattern = self.cleaned_data["pattern"].strip().lower()
        if not re.fullmatch(r"[^@\s]*@[^@\s]+", pattern):
            raise ValidationError(_now("Write an address, or a domain with @ before it."))
        return pattern


def _save(row: SenderRule, form: RowForm, by: Actor) -> SenderRule:
    given = form.cleaned_data
    return intake.set_sender_rule(given["pattern"], verdict=given["verdict"], note=given["note"], by=by)


SENDERS = Register(
    key="senders",
    permission="admin.intake",
    model=SenderRule,
    form=SenderForm,
    title=_("Sender rules"),
    lead=_(
        "Whose mail is always let through, kept aside or ignored. Nothing is ever thrown away: see the ledger."
    ),
    add=_("Add a rule"),
    empty=_("No rules yet. “Block the sender” on the ledger makes one too."),
    icon="filter",
    columns=[
        (_("Sender"), lambda row: row.pattern),
        (_("Its mail is"), lambda row: row.get_verdict_display()),
        (_("Why"), lambda row: row.note),
    ],
    rows=lambda: SenderRule.objects.order_by("pattern")[:500],
    save=_save,
    title_of=lambda row: row.pattern,
)
