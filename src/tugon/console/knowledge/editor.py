"""What the editor's page shows around the words: languages, the original beside them, what to mend, who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.facts import contradictions, current, referencing
from tugon.helpcenter import addresses, checking, markdown, markup
from tugon.helpcenter.comparing import Line, compare, compare_words
from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import BrokenLink, Translation, Version
from tugon.helpcenter.rendering import rendered
from tugon.pages.formats import language_name

from ..access import agent_of, language_of
from . import listing
from .access import PUBLISH, WRITE, source_version
from .differences import folded
from .forms import PropertiesForm, Words
from .showing import show


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend before readers see it. tone: error where publishing would refuse it."""

    words: str
    tone: str = "warning"
    icon: str = "triangle-alert"


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to the original since. old, new: numbers of its versions; old 0: it was made from none.

    title: safe HTML, empty where it is the same.
    """

    old: int
    new: int
    title: str
    lines: list[Line | None]


@dataclass(frozen=True, slots=True)
class Source:
    title: str
    summary: str
    html: str


def editor(
    request: HttpRequest,
    translation: Translation,
    *,
    words: Words | None = None,
    properties: PropertiesForm | None = None,
    slug: str | None = None,
    refused: str = "",
    moved: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The page. words, slug: what was typed, where it is not what stands in the draft. About fifteen queries."""
    article, agent, own = translation.article, agent_of(request), language_of(request)
    shown = words or Words.of(translation)
    original = source_version(translation)
    languages = _languages(translation)
    return show(
        request,
        "edit",
        at="articles",
        status=status,
        article=article,
        translation=translation,
        words=shown,
        markdown=markdown.from_html(shown.body),
        state=listing.state_words(translation),
        languages=languages,
        language_names={code: name for code, name, _row in languages}
        | {translation.language: language_name(translation.language)},
        source=_source(original, article.source_language) if original else None,
        change=change_since(translation, original) if original else None,
        problems=list(problems(translation, shown)),
        fact_keys=sorted(current.everything().facts),
        slug=translation.slug if slug is None else slug,
        properties=properties or PropertiesForm(article=article, shown_in=own),
        reviewers=[("", _("Anybody who may publish")), *reviewers(agent, translation)],
        public_url=addresses.article(translation.language, translation.slug),
        editor_words=editor_words(),
        may_write=agent.may(WRITE) and not article.archived_at,
        may_publish=agent.may(PUBLISH),
        refused=refused,
        moved=moved,
    )


def problems(translation: Translation, words: Words) -> Iterator[Problem]:
    """What would be refused, what is broken in these words, and what may be out of date. A handful of queries."""
    text = f"{words.title}\n{words.summary}\n{words.body}"
    for key in referencing.unknown(text):
        yield Problem(
            _("There is no fact “{key}”. Publishing is refused until there is.").format(key=key),
            "error",
            "braces",
        )
    plain = f"{words.title}\n{words.summary}\n{markup.text(words.body)}"
    for found in contradictions.find(plain, translation.language):
        said = _(
            "“{words}” is written out, but the fact {key} says “{current}”. Put {{{{ {key} }}}} there instead."
        )
        yield Problem(
            said.format(words=found.words, key=found.fact_key, current=found.current), icon="braces"
        )
    found_outside = translation.broken_links.filter(why=BrokenLink.Why.NO_ANSWER, href__in=_hrefs(words.body))
    for link in [*checking.broken_in(translation, words.body), *found_outside][:20]:
        said = _("The link “{words}” ({href}) is broken: {why}.")
        why = link.get_why_display()
        yield Problem(said.format(words=link.words or link.href, href=link.href, why=why), icon="unlink")
    if translation.article.facts_changed_at:
        yield Problem(
            _("A fact that this article uses changed. Read it again, and say below that it is right."),
            icon="braces",
        )


def _hrefs(body: str) -> list[str]:
    return [link.href for link in markup.links(body)][:500]


def change_since(translation: Translation, original: Version) -> Change | None:
    """What changed in the original since the version that these words follow; None where nothing did. Two queries."""
    followed = translation.draft_made_from if translation.has_draft else translation.made_from
    if followed == original or (followed is None and not translation.is_published):
        return None
    lines = folded(compare(followed.body if followed else "", original.body).lines)
    title = ""
    if followed and followed.title != original.title:
        title = compare_words(followed.title, original.title)
    return Change(followed.number if followed else 0, original.number, title, lines)


def reviewers(agent: Agent, translation: Translation) -> list[tuple[str, str]]:
    """Who may read it as a second person. Two queries."""
    rows = Agent.objects.active().by_name().exclude(pk__in=[agent.pk, translation.draft_by_id or 0])
    able = rows.filter(Q(roles__permissions__contains=[PUBLISH]))
    return [(str(pk), name) for pk, name in able.distinct().values_list("pk", "name")[:200]]


def _languages(translation: Translation) -> list[tuple[str, str, Translation | None]]:
    """(code, name, its translation or None) of the offered languages, and of others there are. One query."""
    rows = Translation.objects.with_freshness().filter(article_id=translation.article_id)
    found = {row.language: row for row in rows.defer("draft_body", "draft_sources")}
    codes = list(dict.fromkeys([translation.article.source_language, *offered(), *found]))
    return [(code, language_name(code), found.get(code)) for code in codes]


def _source(version: Version, language: str) -> Source:
    return Source(
        version.title, referencing.render(version.summary, language), rendered(version, language).html
    )


def editor_words() -> dict[str, Any]:
    """The words of the editor's buttons and dialogs."""
    return {
        "tools": _("Formatting"),
        "heading": _("Heading"),
        "subheading": _("Smaller heading"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "code": _("Code"),
        "link": _("Link"),
        "bullets": _("Bulleted list"),
        "numbers": _("Steps: a numbered list"),
        "quote": _("Quote"),
        "block": _("Block of code"),
        "note": _("Note box"),
        "tip": _("Tip box"),
        "warning": _("Warning box"),
        "picture": _("Picture"),
        "describe": _("Describe the picture"),
        "video": _("Video file"),
        "table": _("Table"),
        "row": _("Add a row"),
        "column": _("Add a column"),
        "dropRow": _("Remove the row"),
        "dropColumn": _("Remove the column"),
        "dropTable": _("Remove the table"),
        "article": _("Link to an article"),
        "fact": _("Insert a fact"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "markdown": _("Markdown"),
        "rich": _("Back to the editor"),
        "nothing": _("Nothing matches."),
        "address": _("Address of the link"),
        "addressHint": _("To link to an article, type # in the text instead."),
        "setLink": _("Set the link"),
        "unlink": _("Remove the link"),
        "alt": _("What the picture shows"),
        "altHint": _("For people who cannot see it. Leave it empty if it only decorates."),
        "save": _("Save"),
        "failed": _("could not be sent. Try again."),
        "unconverted": _("The server could not be reached. Nothing was switched and nothing was lost."),
    }
