"""A register: rows of one kind that a company sets up, with a list, a form and words. One file each beside this one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise
from django.utils.translation import get_language

from tugon.company import configuring
from tugon.events.actors import Actor
from tugon.facts import referencing
from tugon.facts.errors import FactUnknown

Words = str | Promise


class RowForm(forms.Form):
    """Edits one row. columns: fields that are columns. translated: JSON columns with words per language."""

    columns: tuple[str, ...] = ()
    translated: dict[str, tuple[Words, bool]] = {}

    def __init__(self, data: Any = None, *, row: Any, **kwargs: Any) -> None:
        self.row = row
        super().__init__(data, initial=self.shown(row), **kwargs)
        self.prepare()
        for name, (label, needed) in self.translated.items():
            for number, (code, language) in enumerate(settings.LANGUAGES):
                self.fields[f"{name}_{code}"] = self.words_field(
                    name, label=f"{label} ({language})", required=needed and number == 0
                )
        if self.translated:
            first = [f"{name}_{code}" for name in self.translated for code, _language in settings.LANGUAGES]
            self.order_fields([*first, *self.fields])

    def prepare(self) -> None:
        """For choices that are rows."""

    def words_field(self, name: str, **kwargs: Any) -> forms.Field:
        return forms.CharField(max_length=300, validators=[names_known_facts], **kwargs)

    def shown(self, row: Any) -> dict[str, Any]:
        words = {
            f"{name}_{code}": (getattr(row, name) or {}).get(code, "")
            for name in self.translated
            for code, _language in settings.LANGUAGES
        }
        return {name: getattr(row, name) for name in self.columns} | words

    def values(self) -> dict[str, Any]:
        """Columns and their new values. Call when valid."""
        given = {name: self.cleaned_data[name] for name in self.columns}
        for name in self.translated:
            words = {
                code: self.cleaned_data[f"{name}_{code}"].strip() for code, _language in settings.LANGUAGES
            }
            kept = {code: text for code, text in (getattr(self.row, name) or {}).items() if code not in words}
            given[name] = kept | {code: text for code, text in words.items() if text}
        return given


@dataclass(frozen=True)
class Register:
    key: str
    permission: str
    model: type[models.Model]
    form: type[RowForm]
    title: Words
    lead: Words
    add: Words
    empty: Words
    columns: list[tuple[Words, Callable[[Any], Any]]]
    rows: Callable[[], Iterable[Any]]
    icon: str = "inbox"
    removes: bool = True
    archives: bool = False
    makes: bool = True
    save: Callable[[Any, RowForm, Actor], Any] | None = None
    archive: Callable[[Any, bool, Actor], Any] | None = None
    take_away: Callable[[Any, Actor], Any] | None = None
    within: Callable[[], models.QuerySet[Any]] | None = None
    title_of: Callable[[Any], str] = field(default=str)
    begin: Callable[[str], Any] | None = None
    offers: Callable[[], list[tuple[str, str]]] | None = None

    def find(self, pk: int) -> Any:
        """The row, if it is of this register: not every row of the model is. Raises Http404."""
        return get_object_or_404(self.within() if self.within else self.model._default_manager.all(), pk=pk)

    def write(self, row: Any, form: RowForm, by: Actor) -> Any:
        if self.save is not None:
            return self.save(row, form, by)
        return configuring.configure(row, form.values(), permission=self.permission, by=by)

    def remove(self, row: Any, by: Actor) -> None:
        if self.take_away is not None:
            self.take_away(row, by)
            return
        configuring.remove(row, permission=self.permission, by=by)


def names_known_facts(text: str) -> None:
    """Refuses a text that names a fact which does not exist, like {{ refund.windwo }}."""
    try:
        referencing.require_known(text)
    except FactUnknown as refusal:
        raise ValidationError(refusal.message) from refusal


def here() -> str:
    """The language of the page."""
    return get_language() or settings.LANGUAGE_CODE


def comma_list(text: str) -> list[str]:
    return [word.strip() for word in text.replace("\n", ",").split(",") if word.strip()]
