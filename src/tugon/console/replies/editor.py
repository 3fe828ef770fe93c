"""What the editor's page shows around the words: state, original, problems, properties, what may be named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from tugon.accounts.models import Agent, Team
from tugon.customers.models import Audience
from tugon.facts import current
from tugon.helpcenter.comparing import compare
from tugon.helpcenter.languages import offered
from tugon.lib.html import sanitise
from tugon.pages.formats import language_name
from tugon.templates import content
from tugon.templates.checking import problems_of
from tugon.templates.content import Content
from tugon.templates.letters import LETTERS, extras_of
from tugon.templates.models import Template, Translation, Version, Visibility
from tugon.templates.policies import PUBLISH, may_publish
from tugon.templates.variables import VARIABLES, custom_fields

from ..access import agent_of, language_of
from ..knowledge.articles import owner_choices
from . import listing
from .access import WRITE
from .showing import show

if TYPE_CHECKING:
    from .editing import Sent


class PropertiesForm(forms.Form):
    """Where the template stands, who finds it and by what."""

    folder = forms.ChoiceField(label=_("Folder"))
    shortcut = forms.CharField(label=_("Shortcut"), max_length=31, required=False)
    keywords = forms.CharField(
        label=_("Other words for it"), required=False, max_length=600, help_text=_("With commas between.")
    )
    visibility = forms.ChoiceField(label=_("Who sees it"), choices=Visibility.choices)
    teams = forms.MultipleChoiceField(
        label=_("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Where certain teams see it."),
    )
    audiences = forms.MultipleChoiceField(
        label=_("For"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: for everybody."),
    )
    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args: Any, shown_in: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, str]]] = {
            "folder": listing.folders(shown_in),
            "teams": [(str(row.pk), row.name) for row in Team.objects.filter(archived_at=None)],
            "audiences": [(str(row.pk), row.name_in(shown_in)) for row in Audience.objects.all()],
            "owner": [("", _now("Nobody")), *owner_choices()],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    @classmethod
    def of(cls, template: Template, shown_in: str) -> PropertiesForm:
        """Filled with what is."""
        return cls(
            shown_in=shown_in,
            initial={
                "folder": str(template.folder_id),
                "shortcut": template.shortcut,
                "keywords": ", ".join(template.keywords),
                "visibility": template.visibility,
                "teams": [str(pk) for pk in template.teams.values_list("pk", flat=True)],
                "audiences": [str(pk) for pk in template.audiences.values_list("pk", flat=True)],
                "owner": str(template.owner_id or ""),
            },
        )


def editor(
    request: HttpRequest,
    row: Translation,
    *,
    sent: Sent | None = None,
    properties: PropertiesForm | None = None,
    refused: str = "",
    moved: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page. sent: words that were not saved, shown in place of the draft."""
    agent, language = agent_of(request), language_of(request)
    words = Content(sent.title, sent.subject, sanitise(sent.body)) if sent else content.at_hand(row)
    source = _source(row)
    return show(
        request,
        "edit",
        at="templates",
        status=status,
        translation=row,
        template=row.template,
        words=words,
        number=sent.number if sent else row.draft_number,
        state=listing.state_words(row),
        source=source,
        change=compare(row.made_from.body, source.body)
        if source and row.made_from and row.is_behind
        else None,
        problems=problems_of(words.words, key=row.template.key) if words.body else [],
        languages=_languages(row),
        named=_named(row.template, row.language),
        files=list(row.template.files.select_related("file")),
        letter=LETTERS.get(row.template.key),
        properties=properties or PropertiesForm.of(row.template, language),
        reviewers=_reviewers(agent, row),
        may_write=agent.may(WRITE) and row.template.archived_at is None,
        may_publish=may_publish(agent, row.template),
        refused=refused,
        moved=moved,
        language_names={
            code: language_name(code) for code in {*offered(), row.language, row.template.source_language}
        },
    )


def _source(row: Translation) -> Version | None:
    """What the original says now; None for the original itself."""
    if row.is_source:
        return None
    found = Translation.objects.filter(template_id=row.template_id, language=row.template.source_language)
    source = found.select_related("published").first()
    return source.published if source else None


def _languages(row: Translation) -> list[tuple[str, str, Translation | None]]:
    rows = Translation.objects.filter(template_id=row.template_id).with_freshness().defer("draft_body")
    there = {one.language: one for one in rows}
    codes = list(dict.fromkeys([row.template.source_language, *offered(), *there]))
    return [(code, language_name(code), there.get(code)) for code in codes]


def _named(template: Template, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, (what is put in, what it is)) of everything that the words may name. Two queries at most."""
    extras = [(_braced(name), str(label)) for name, label in extras_of(template.key).items()]
    variables = [(_braced(one.name), str(one.label)) for one in VARIABLES.values()]
    fields = [(_braced(name), field.name_in(language)) for name, field in custom_fields().items()]
    facts = [
        (_braced(key), fact.words(language).replace("\n", ", "))
        for key, fact in sorted(current.everything().facts.items())
    ]
    conditions = [
        ("[[if plan is premium]]…[[else]]…[[end]]", _now("only for who has this plan")),
        ("[[if audience is creators]]…[[end]]", _now("only for this audience")),
        ("[[if customer.name is known]]…[[end]]", _now("only where it is known")),
        ('[[if not tried "clear the cache"]]…[[end]]', _now("only where they have not done it yet")),
        ("[[if tags has vip]]…[[end]]", _now("only with this tag")),
    ]
    groups = [
        (_now("Given with this letter"), extras),
        (_now("Variables"), variables),
        (_now("Your own fields"), fields),
        (_now("Facts"), facts),
        (_now("Conditions"), conditions),
    ]
    return [(heading, pairs) for heading, pairs in groups if pairs]


def _braced(name: str) -> str:
    return "{{ " + name + " }}"


def _reviewers(agent: Agent, row: Translation) -> list[tuple[str, str]]:
    """Whom one may ask: who publishes, and did not write it."""
    rows = Agent.objects.active().by_name().prefetch_related("roles")[:200]
    able = [one for one in rows if one.pk not in (agent.pk, row.draft_by_id) and one.may(PUBLISH)]
    return [("", _now("Whoever may")), *((str(one.pk), one.name) for one in able)]
