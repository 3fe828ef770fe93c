"""What the pages ask. The words of the fields are the ones people read; checks that decide stand in the operations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tugon.customers import fields as custom_fields
from tugon.customers.errors import FieldInvalid
from tugon.customers.models import Customer, CustomField
from tugon.intake.forms import HONEYPOT, LONGEST
from tugon.intake.models import Form
from tugon.tickets.models.ticket import Side

FIELD = "field_"
"""Before the key of a custom field in the page's names."""


class ContactForm(forms.Form):
    """One form of the company: few fields, in the order a person tells it."""

    def __init__(self, form: Form, *args: Any, customer: Customer | None, **kwargs: Any) -> None:
        self.form = form
        super().__init__(*args, **kwargs)
        self.customs = _asked(form)
        if customer is None:
            self.fields |= _about_you(form)
        elif form.asks_username and not customer.username:
            self.fields["username"] = _username()
        self.fields |= _about_it(form)
        self.fields |= {FIELD + field.key: _custom(field) for field in self.customs}

    def clean(self) -> dict[str, Any]:
        """Custom answers as they will be kept, so that a wrong one is told beside its question."""
        values = super().clean() or {}
        for field in self.customs:
            name = FIELD + field.key
            if name in values:
                try:
                    custom_fields.clean_value(field, values[name])
                except FieldInvalid as error:
                    self.add_error(name, error.message)
        return values

    def answers(self) -> dict[str, Any]:
        """What `intake.forms.submit` takes. Only after `is_valid`."""
        said = {name: value for name, value in self.cleaned_data.items() if not name.startswith(FIELD)}
        customs = {field.key: self.cleaned_data.get(FIELD + field.key) for field in self.customs}
        return {
            **said,
            HONEYPOT: self.data.get(HONEYPOT, ""),
            "fields": {key: value for key, value in customs.items() if value not in (None, "", [])},
        }


class SignInForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=320,
        help_text=gettext_lazy("The one you wrote to us from, or gave in the form."),
        error_messages={
            "required": gettext_lazy("Write your e-mail address."),
            "invalid": gettext_lazy("Write an e-mail address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code from the letter"),
        max_length=12,
        error_messages={"required": gettext_lazy("Type the six digits from the letter.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class ReplyForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Your message"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"max_length": gettext_lazy("This is too long. Send the longest parts as a file.")},
    )


class RatingForm(forms.Form):
    score = forms.TypedChoiceField(
        label=gettext_lazy("How was our help?"),
        coerce=int,
        choices=[(score, str(score)) for score in range(1, 6)],
        error_messages={
            "required": gettext_lazy("Choose a number of stars."),
            "invalid_choice": gettext_lazy("Choose a number of stars from 1 to 5."),
        },
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=gettext_lazy("What was good, or what should be better?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SolutionForm(forms.Form):
    answer = forms.ChoiceField(
        label=gettext_lazy("Is it solved?"),
        choices=[("yes", gettext_lazy("Yes, it is solved")), ("no", gettext_lazy("Not yet"))],
        error_messages={"required": gettext_lazy("Choose yes or not yet.")},
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("What is still wrong?"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("Only if it is not solved: what you see now, and what you tried."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ClosingForm(forms.Form):
    why = forms.ChoiceField(
        label=gettext_lazy("Why do you close it?"),
        choices=[
            ("solved", gettext_lazy("It is solved")),
            ("unwanted", gettext_lazy("I no longer need help with it")),
        ],
        error_messages={"required": gettext_lazy("Choose one of the two.")},
        widget=forms.RadioSelect,
    )


def side_options() -> list[tuple[str, str, bool, str]]:
    """The cards of "Where does the problem lie?"."""
    return [
        (Side.MINE, _("On my side"), False, _("My account, my device, my payment")),
        (Side.THEIRS, _("On the content or creator's side"), False, _("A video, a post, a person or a page")),
        ("", _("I do not know"), False, _("We will find out")),
    ]


def _about_you(form: Form) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "name": forms.CharField(
            label=_("Your name"),
            required=False,
            max_length=160,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        ),
        "email": forms.EmailField(
            label=_("Your e-mail address"),
            max_length=320,
            help_text=_("Our answer goes there."),
            error_messages={
                "required": _("Write the e-mail address where we can answer you."),
                "invalid": _("Write an e-mail address like name@example.org."),
            },
            widget=forms.EmailInput(
                attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
            ),
        ),
    }
    if form.asks_username:
        fields["username"] = _username()
    return fields


def _username() -> forms.Field:
    return forms.CharField(
        label=_("Your user name"),
        required=False,
        max_length=120,
        help_text=_("Recommended: with it we find your account faster."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


def _about_it(form: Form) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "subject": forms.CharField(
            label=_("Subject"),
            max_length=200,
            help_text=_("Five to seven words, such as “Video stops after ten seconds”."),
            error_messages={"required": _("Say in a few words what it is about.")},
        )
    }
    if form.asks_side:
        fields["side"] = forms.ChoiceField(
            label=_("Where does the problem lie?"),
            required=False,
            choices=[(option[0], option[1]) for option in side_options()],
            widget=forms.RadioSelect,
        )
    fields["description"] = forms.CharField(
        label=_("What happened?"),
        max_length=LONGEST,
        help_text=_(
            "When did it happen, and where exactly: which page, video or order? "
            "What did you expect, and what came instead?"
        ),
        error_messages={
            "required": _("Describe what happened in a sentence or more."),
            "max_length": _("This is too long. Send the longest parts as a file."),
        },
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    return fields


def _asked(form: Form) -> list[CustomField]:
    if not form.asks:
        return []
    rows = {
        field.key: field
        for field in CustomField.objects.filter(on="ticket", key__in=form.asks, archived_at=None)
    }
    return [rows[key] for key in form.asks if key in rows]


def _custom(field: CustomField) -> forms.Field:
    """The typed control of one custom field."""
    language = get_language() or "en"
    label = field.name_in(language)
    shared: dict[str, Any] = {
        "label": label,
        "required": field.is_required,
        "help_text": field.hint_in(language),
        "error_messages": {"required": _("Answer “{field}”.").format(field=label)},
    }
    kinds = CustomField.Kind
    match field.kind:
        case kinds.LONG_TEXT:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000, **shared)
        case kinds.NUMBER:
            return forms.DecimalField(
                widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}), **shared
            )
        case kinds.BOOLEAN:
            return forms.ChoiceField(
                choices=[("true", _("Yes")), ("false", _("No"))], widget=forms.RadioSelect, **shared
            )
        case kinds.DATE:
            return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **shared)
        case kinds.CHOICE:
            return forms.ChoiceField(choices=[("", _("Choose one")), *_choices(field, language)], **shared)
        case kinds.CHOICES:
            return forms.MultipleChoiceField(
                choices=list(_choices(field, language)), widget=forms.CheckboxSelectMultiple, **shared
            )
        case kinds.URL:
            return forms.URLField(
                assume_scheme="https",
                max_length=2000,
                widget=forms.URLInput(attrs={"inputmode": "url", "placeholder": "https://"}),
                **shared,
            )
    return forms.CharField(max_length=1000, **shared)


def _choices(field: CustomField, language: str) -> Iterable[tuple[str, str]]:
    for choice in field.choices:
        names = choice.get("names", {})
        yield str(choice["key"]), names.get(language) or names.get("en") or str(choice["key"])
