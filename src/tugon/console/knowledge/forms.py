"""What the editor's forms send, read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Plan
from tugon.helpcenter import content, markdown
from tugon.helpcenter.models import Article, Kind, Section, Translation, Visibility
from tugon.lib.errors import Invalid

from . import listing
from .articles import owner_choices


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a draft as the form holds it. body: HTML as it was written, not yet cleaned."""

    title: str
    summary: str
    body: str
    exact_phrases: list[str]
    sources: str
    number: int | None = None

    @classmethod
    def sent(cls, data: QueryDict) -> Words:
        """number: the draft it was read at; None where the writer saves over whatever stands there.

        The button that says so stands before the form's own revision, and both are sent.
        """
        number = "any" if "any" in data.getlist("revision") else data.get("revision", "")
        is_rich = data.get("format") == "html"
        return cls(
            title=" ".join(data.get("title", "").split()),
            summary=" ".join(data.get("summary", "").split()),
            body=data.get("html", "") if is_rich else markdown.to_html(data.get("body", "")),
            exact_phrases=lines_of(data.get("exact_phrases", "")),
            sources="\n".join(lines_of(data.get("sources", ""))),
            number=int(number) if number.isdecimal() else None,
        )

    @classmethod
    def of(cls, translation: Translation) -> Words:
        """What the editor begins with: the draft, else what is scheduled or published."""
        found = content.at_hand(translation)
        return cls(
            found.title or translation.shown_title,
            found.summary,
            found.body,
            list(found.exact_phrases),
            found.sources,
            translation.draft_number,
        )


def lines_of(text: str) -> list[str]:
    """The lines that say something, each once."""
    return list(dict.fromkeys(line for given in text.splitlines() if (line := " ".join(given.split()))))


def moment_of(text: str, zone: str) -> datetime:
    """What a `datetime-local` field says, in the agent's zone. Raises Invalid."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    except ValueError as error:
        raise Invalid(reason=_now("choose a day and an hour.")) from error


class PropertiesForm(forms.Form):
    """What is true of an article in every language."""

    section = forms.ChoiceField(label=_("Section"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    visibility = forms.ChoiceField(label=_("Who may read it"), choices=Visibility.choices)
    audiences = forms.MultipleChoiceField(
        label=_("Audiences"), required=False, widget=forms.CheckboxSelectMultiple
    )
    plans = forms.MultipleChoiceField(label=_("Plans"), required=False, widget=forms.CheckboxSelectMultiple)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    review_every_days = forms.IntegerField(
        label=_("Read again every … days"),
        required=False,
        min_value=1,
        max_value=3650,
        help_text=_("The owner is asked to read it again. Empty: never."),
    )
    terms = forms.CharField(
        label=_("Terms"),
        required=False,
        max_length=400,
        help_text=_("Divided by commas. Articles that share terms are shown as related."),
    )

    def __init__(self, data: Any = None, *, article: Article, shown_in: str) -> None:
        super().__init__(data, prefix="about", initial=_shown(article))
        choices = {
            "section": listing.sections(shown_in),
            "audiences": [(str(row.pk), row.name_in(shown_in)) for row in Audience.objects.all()],
            "plans": [(str(row.pk), row.name) for row in Plan.objects.all()],
            "owner": [("", _now("Nobody")), *owner_choices()],
        }
        for name, found in choices.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    @property
    def chosen_section(self) -> Section:
        return Section.objects.get(pk=int(self.cleaned_data["section"]))

    def values(self) -> dict[str, Any]:
        """As `operations.change` takes them. Call when valid."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "visibility": given["visibility"],
            "audiences": list(Audience.objects.filter(pk__in=given["audiences"])),
            "plans": list(Plan.objects.filter(pk__in=given["plans"])),
            "owner": Agent.objects.get(pk=int(given["owner"])) if given["owner"] else None,
            "review_every_days": given["review_every_days"],
            "terms": lines_of(given["terms"].replace(",", "\n")),
        }


def _shown(article: Article) -> dict[str, Any]:
    return {
        "section": str(article.section_id),
        "kind": article.kind,
        "visibility": article.visibility,
        "audiences": [str(pk) for pk in article.audiences.values_list("pk", flat=True)],
        "plans": [str(pk) for pk in article.plans.values_list("pk", flat=True)],
        "owner": str(article.owner_id or ""),
        "review_every_days": article.review_every_days,
        "terms": ", ".join(article.terms),
    }
