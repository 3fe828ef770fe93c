"""The forms of the reply coach: which checks for everybody, an exception, and the words of a language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.coaching.contexts import Mode
from tugon.coaching.models import CheckChoice, WordList
from tugon.coaching.remarking import CHECKS
from tugon.coaching.settings import choices, longest_sentence
from tugon.customers.models import Audience

LONGEST_LIST = 500
"""Words of one kind in one language."""


class ChecksForm(forms.Form):
    """Every check for everybody, and the longest sentence."""

    longest_sentence = forms.IntegerField(label=_("Longest sentence, in words"), min_value=10, max_value=80)

    def __init__(self, *args: Any, **names: Any) -> None:
        kept = choices().everyone
        initial = {key: str(mode) for key, mode in kept.items()} | {"longest_sentence": longest_sentence()}
        super().__init__(*args, **{"initial": initial} | names)
        for check in CHECKS:
            self.fields[check.key] = forms.ChoiceField(
                label=str(check.name), choices=CheckChoice.Mode.choices
            )

    def modes(self) -> dict[str, Mode]:
        """What was chosen otherwise than it stands. Call when valid."""
        return {
            check.key: Mode(self.cleaned_data[check.key])
            for check in CHECKS
            if check.key in self.changed_data
        }


class ExceptionForm(forms.Form):
    """One check, otherwise for one audience or team."""

    check = forms.ChoiceField(label=_("Check"), choices=[(one.key, one.name) for one in CHECKS])
    whose = forms.ChoiceField(label=_("For tickets of"))
    mode = forms.ChoiceField(label=_("Then it is"), choices=CheckChoice.Mode.choices)

    def __init__(self, *args: Any, language: str, **names: Any) -> None:
        super().__init__(*args, **names)
        audiences = [(f"audience:{row.pk}", row.name_in(language)) for row in Audience.objects.all()]
        teams = [
            (f"team:{pk}", name)
            for pk, name in Team.objects.filter(archived_at=None).values_list("pk", "name")
        ]
        self.fields["whose"].choices = [(_("Audiences"), audiences), (_("Teams"), teams)]  # type: ignore[attr-defined]

    def target(self) -> dict[str, Any]:
        """`audience` or `team`, as `choose` takes it. Call when valid."""
        kind, pk = self.cleaned_data["whose"].split(":")
        model = Audience if kind == "audience" else Team
        return {kind: model.objects.get(pk=int(pk))}


class WordsForm(forms.Form):
    """Lists of words in one language, a word a line, with plain ones behind =."""

    def __init__(self, *args: Any, **names: Any) -> None:
        rows = {(row.kind, row.language): row for row in WordList.objects.all()}
        super().__init__(*args, **{"initial": _initial(rows)} | names)
        for code, language in settings.LANGUAGES:
            for kind, label in WordList.Kind.choices:
                self.fields[f"{kind}_{code}"] = _area(
                    f"{label} ({language})", kind != WordList.Kind.FORBIDDEN
                )
                if kind != WordList.Kind.FORBIDDEN:
                    self.fields[f"{kind}_{code}_left_out"] = _area(
                        _("Of those that Tugon brings, not remarked here"), has_plain=False
                    )

    def lists(self) -> list[tuple[str, str, dict[str, str], list[str]]]:
        """(kind, language, words, left out) of every list. Call when valid."""
        return [
            (
                kind,
                code,
                self.cleaned_data[f"{kind}_{code}"],
                [*self.cleaned_data.get(f"{kind}_{code}_left_out", {})],
            )
            for code, _language in settings.LANGUAGES
            for kind in WordList.Kind.values
        ]


class _WordsField(forms.CharField):
    """Lines as word → plain words."""

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > LONGEST_LIST:
            raise ValidationError(_("At most %(number)s words.") % {"number": LONGEST_LIST})
        pairs = [line.partition("=") for line in lines]
        if any(
            len(word.strip()) > 80 or len(plain.strip()) > 120 or not word.strip()
            for word, _sign, plain in pairs
        ):
            raise ValidationError(_("A word has at most 80 letters, and its plain words at most 120."))
        return {word.strip(): plain.strip() for word, _sign, plain in pairs}


def _area(label: Any, has_plain: bool) -> forms.Field:
    hint = _("One a line: word = plain words.") if has_plain else _("One a line.")
    return _WordsField(label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": 4}))


def _initial(rows: dict[tuple[str, str], WordList]) -> dict[str, str]:
    found = {}
    for (kind, language), row in rows.items():
        found[f"{kind}_{language}"] = "\n".join(
            f"{word} = {plain}" if plain else word for word, plain in sorted(row.words.items())
        )
        found[f"{kind}_{language}_left_out"] = "\n".join(row.left_out)
    return found
