"""What is read from messages: topics and product areas, with the words that tell of them."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Team
from tugon.company.configuring import configure
from tugon.events.actors import Actor
from tugon.lib.clock import now
from tugon.understanding.models import Area, Topic
from tugon.understanding.reading.finding import unusable

from .rows import Register, RowForm, Words, comma_list, here

PERMISSION = "understanding.edit"
MOST_KEYWORDS = 300


class KeywordsForm(RowForm):
    """Names per language, and keywords per language, one in each line or separated by commas."""

    columns: tuple[str, ...] = ("key", "position")
    translated = {"names": (_("Name"), True)}
    key = forms.SlugField(label=_("Short name, for addresses"), max_length=40)
    position = forms.IntegerField(label=_("Position"), min_value=0, max_value=999, initial=0)

    def prepare(self) -> None:
        for code, language in settings.LANGUAGES:
            self.fields[f"keywords_{code}"] = forms.CharField(
                label=_now("Words that tell of it ({language})").format(language=language),
                required=False,
                max_length=20_000,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_now(
                    "Separated by commas. A star stands for any letters: refund* is also “refunds” and “refunded”."
                ),
            )

    def shown(self, row: Any) -> dict[str, Any]:
        words = {
            f"keywords_{code}": ", ".join((row.keywords or {}).get(code, []))
            for code, _language in settings.LANGUAGES
        }
        return super().shown(row) | words

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for code, _language in settings.LANGUAGES:
            words = comma_list(str(given.get(f"keywords_{code}") or ""))
            if len(words) > MOST_KEYWORDS:
                refusal = _now("At most {count} words in one language.").format(count=MOST_KEYWORDS)
                self.add_error(f"keywords_{code}", ValidationError(refusal))
            elif (one := unusable(words)) is not None:
                refusal = _now(
                    "“{word}” finds nothing: at most six words, and a star needs letters beside it."
                )
                self.add_error(f"keywords_{code}", ValidationError(refusal.format(word=one[:60])))
        return given

    def values(self) -> dict[str, Any]:
        offered = [code for code, _language in settings.LANGUAGES]
        known = self.row.keywords or {}
        kept = {code: words for code, words in known.items() if code not in offered}
        given = {
            code: list(dict.fromkeys(comma_list(self.cleaned_data[f"keywords_{code}"]))) for code in offered
        }
        words = kept | {code: found for code, found in given.items() if found}
        return super().values() | {"keywords": words}


class TopicForm(KeywordsForm):
    columns = ("key", "team_id", "position")
    team_id = forms.TypedChoiceField(
        label=_("Team"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Tickets that are surely about it go there, where no rule and nobody decided otherwise."),
    )

    def prepare(self) -> None:
        super().prepare()
        teams = [(row.pk, row.name) for row in Team.objects.filter(archived_at=None).order_by("name")]
        self.fields["team_id"].choices = [("", _now("No team")), *teams]  # type: ignore[attr-defined]


def _archive(row: Topic | Area, is_archived: bool, by: Actor) -> None:
    configure(row, {"archived_at": now() if is_archived else None}, permission=PERMISSION, by=by)


def _words(row: Topic | Area) -> str:
    found = [word for words in row.keywords.values() for word in words]
    shown = ", ".join(found[:8])
    return f"{shown} …" if len(found) > 8 else shown


_NAME: list[tuple[Words, Any]] = [
    (_("Name"), lambda row: row.name_in(here())),
    (_("Short name"), lambda row: row.key),
]

TOPICS = Register(
    key="topics",
    permission=PERMISSION,
    model=Topic,
    form=TopicForm,
    title=_("Topics"),
    lead=_(
        "What a problem is about. Messages are read for these words, the advisor asks for one of them, and rules, "
        "views and searches know them."
    ),
    add=_("Add a topic"),
    empty=_("Without topics nothing is read from messages, and the advisor asks only how urgent it is."),
    icon="shapes",
    columns=[
        *_NAME,
        (_("Team"), lambda row: row.team.name if row.team else ""),
        (_("Words"), _words),
    ],
    rows=lambda: Topic.objects.select_related("team"),
    archives=True,
    archive=_archive,
    title_of=lambda row: row.name_in(here()),
)

AREAS = Register(
    key="areas",
    permission=PERMISSION,
    model=Area,
    form=KeywordsForm,
    title=_("Product areas"),
    lead=_("Parts of what you offer: the app, the checkout. Messages are read for these words."),
    add=_("Add an area"),
    empty=_("Add the parts of your product that people write about."),
    icon="shapes",
    columns=[*_NAME, (_("Words"), _words)],
    rows=lambda: Area.objects.all(),
    archives=True,
    archive=_archive,
    title_of=lambda row: row.name_in(here()),
)
