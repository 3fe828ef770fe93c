"""The form of a calendar: a week in seven lines, holidays of a country, own closed days, days with other hours."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.lib import opening
from tugon.sla.holidays import Names, countries, named, subdivisions_by_country
from tugon.sla.hours import HoursImpossible, line_of, lines_of, minutes_of, week_from
from tugon.sla.models import Calendar

from ..settings_form import zones

_LINE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:–|—|to|\.\.)\s*(\d{4}-\d{2}-\d{2}))?\s*[,:;]?\s*(.*)")
MOST_LINES = 400
LONGEST = 62
"""Days from the first to the last of one line."""


class CalendarForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    zone = forms.ChoiceField(label=_("Time zone"), required=False)
    country = forms.ChoiceField(label=_("Public holidays of"), required=False)
    subdivision = forms.ChoiceField(label=_("Part of the country"), required=False)
    holidays = forms.CharField(
        label=_("Own closed days"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea,
        help_text=_("One a line: 2026-12-24 Christmas Eve, or 2026-12-28 to 2026-12-30 Company days."),
    )
    exceptions = forms.CharField(
        label=_("Days with other hours"),
        required=False,
        max_length=40_000,
        widget=forms.Textarea,
        help_text=_("One a line: 2026-12-31 9:00–12:00 New Year's Eve. They count on holidays too."),
    )

    def __init__(self, data: Any = None, *, calendar: Calendar) -> None:
        self.calendar = calendar
        super().__init__(data, initial=_shown(calendar))
        for day in range(7):
            field = forms.CharField(label=opening.day_name(day), required=False, max_length=120)
            self.fields[f"day_{day}"] = field
        self.fields["zone"].choices = [("", _now("The company's own")), *zones()]  # type: ignore[attr-defined]
        self.fields["country"].choices = [  # type: ignore[attr-defined]
            ("", _now("None")),
            *countries(get_language() or "en"),
        ]
        self.fields["subdivision"].choices = [  # type: ignore[attr-defined]
            ("", _now("The whole country")),
            *((part, part) for part in subdivisions_by_country().get(self.chosen_country(), ())),
        ]

    def chosen_country(self) -> str:
        return str(self.data.get("country", "") if self.is_bound else self.calendar.country)

    @property
    def days(self) -> list[Any]:
        return [self[f"day_{day}"] for day in range(7)]

    def clean_subdivision(self) -> str:
        return str(self.cleaned_data.get("subdivision") or "")

    def clean_holidays(self) -> dict[str, Names | str]:
        kept = self.calendar.holidays
        found: dict[str, Names | str] = {}
        for first, last, words in _lines(self.cleaned_data["holidays"]):
            for step in range((last - first).days + 1):
                day = (first + timedelta(days=step)).isoformat()
                # Names in several languages stay as long as the shown one is not rewritten.
                is_same = day in kept and named(kept[day], get_language() or "en") == words
                found[day] = kept[day] if is_same else words[:120]
        return found

    def clean_exceptions(self) -> dict[str, Any]:
        found = {}
        for first, _last, words in _lines(self.cleaned_data["exceptions"]):
            hours, name = _hours_and_name(words)
            day = first.isoformat()
            try:
                shifts = [[_clock(start), _clock(end)] for start, end in minutes_of(hours, day)]
            except HoursImpossible as refusal:
                raise ValidationError(str(refusal)) from refusal
            found[day] = {"shifts": shifts, "name": name[:120]}
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        for day in range(7):
            line = given[f"day_{day}"]
            try:
                week_from([line if one == day else "" for one in range(7)])
            except HoursImpossible as refusal:
                self.add_error(f"day_{day}", str(refusal))
        if not self.errors:
            try:
                given["shifts"] = week_from([given[f"day_{day}"] for day in range(7)])
            except HoursImpossible as refusal:
                self.add_error(None, str(refusal))
        return given

    def columns(self) -> dict[str, Any]:
        """Columns and their new values. Call when valid."""
        names = ("name", "zone", "country", "subdivision", "holidays", "exceptions", "shifts")
        given = {name: self.cleaned_data[name] for name in names}
        is_moved = (given["country"], given["subdivision"]) != (
            self.calendar.country,
            self.calendar.subdivision,
        )
        return {**given, "left_out": [] if is_moved else self.calendar.left_out}


def _shown(calendar: Calendar) -> dict[str, Any]:
    language = get_language() or "en"
    closed = [f"{day} {named(names, language)}".strip() for day, names in sorted(calendar.holidays.items())]
    other = [
        " ".join([day, line_of(one.get("shifts", [])) or _now("closed"), one.get("name", "")]).strip()
        for day, one in sorted(calendar.exceptions.items())
    ]
    return {
        "name": calendar.name,
        "zone": calendar.zone,
        "country": calendar.country,
        "subdivision": calendar.subdivision,
        "holidays": "\n".join(closed),
        "exceptions": "\n".join(other),
        **{f"day_{day}": line for day, line in enumerate(lines_of(calendar.shifts))},
    }


def _lines(text: str) -> list[tuple[date, date, str]]:
    """(first day, last day, words) of each line. Raises ValidationError that quotes the line."""
    found = []
    for line in [one.strip() for one in text.splitlines() if one.strip()][:MOST_LINES]:
        match = _LINE.fullmatch(line)
        try:
            if match is None:
                raise ValueError
            first = date.fromisoformat(match[1])
            last = date.fromisoformat(match[2]) if match[2] else first
        except ValueError:
            words = _now("“{line}” does not begin with a day such as 2026-12-24.")
            raise ValidationError(words.format(line=line[:60])) from None
        if not 0 <= (last - first).days < LONGEST:
            words = _now("“{line}”: from the first to the last day it may be {number} days at most.")
            raise ValidationError(words.format(line=line[:60], number=LONGEST))
        found.append((first, last, " ".join(match[3].split())))
    return found


def _hours_and_name(words: str) -> tuple[str, str]:
    """ "9:00–12:00, 13–15 New Year's Eve" → the hours and the name."""
    match = re.match(
        r"((?:closed|sarado|\d[\d:.]*\s*(?:-|–|—|to)\s*\d[\d:.]*)(?:\s*,\s*\d[\d:.–—-]*)*)\s*(.*)", words
    )
    if match is None:
        return words, ""
    return ("" if not match[1][0].isdigit() else match[1]), match[2]


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}"
