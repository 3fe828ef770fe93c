"""The list of templates, a new one, what waits for a second person, the letters Tugon sends itself."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.helpcenter.languages import offered
from tugon.lib.errors import DomainError
from tugon.lib.html import sanitise
from tugon.pages.formats import language_name
from tugon.templates import operations
from tugon.templates.letters import LETTERS, extras_of, languages_of, words
from tugon.templates.models import Folder, Template, Translation, Visibility

from ..access import agent_of, language_of
from ..knowledge.access import needs
from ..knowledge.paging import keyset
from . import listing
from .access import PUBLISH, WRITE, writers_only
from .showing import show


@require_GET
@writers_only
def index(request: HttpRequest) -> HttpResponse:
    """The templates that fit the filters. Four queries besides the frame's."""
    language = language_of(request)
    filters = listing.Filters.of(request.GET)
    found = listing.page_of(listing.templates(filters, agent_of(request)), request.GET)
    return show(
        request,
        "index",
        at="templates",
        filters=filters,
        page=found,
        titles={row.pk: listing.title_of(row, language) for row in found.rows},
        state_words=listing.state_words,
        folders=listing.folders(language),
        states=list(listing.STATES.items()),
        shared=list(listing.SHARED.items()),
        languages_offered=listing.language_choices(),
    )


class NewTemplateForm(forms.Form):
    """What must be known before the first word."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("By which colleagues find it: what it answers.")
    )
    folder = forms.ChoiceField(label=_("Folder"))
    language = forms.ChoiceField(label=_("Language of the original"))
    shortcut = forms.CharField(
        label=_("Shortcut"),
        max_length=31,
        required=False,
        help_text=_("Typed after / while answering, like refund."),
    )
    visibility = forms.ChoiceField(
        label=_("Who sees it"), choices=Visibility.choices, initial=Visibility.EVERYONE
    )

    def __init__(self, *args: object, shown_in: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["folder"].choices = listing.folders(shown_in)  # type: ignore[attr-defined]
        self.fields["language"].choices = listing.language_choices()  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs(WRITE)
def create(request: HttpRequest) -> HttpResponse:
    """Begin a template. `title`, `folder` in the address fill the form."""
    start = {"title": request.GET.get("title", ""), "folder": request.GET.get("folder", "")}
    form = NewTemplateForm(request.POST or None, shown_in=language_of(request), initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = operations.create_template(
                folder=Folder.objects.get(pk=int(given["folder"])),
                language=given["language"],
                title=given["title"],
                shortcut=given["shortcut"],
                visibility=given["visibility"],
                by=agent_of(request).actor,
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("console:template-edit", row.template_id, row.language)
    return show(request, "new", at="templates", form=form, status=422 if form.is_bound else 200)


@require_GET
@writers_only
def reviews(request: HttpRequest) -> HttpResponse:
    """Drafts that a second person is asked to read, and published words to be read again. Two queries each."""
    agent = agent_of(request)
    rows = Translation.objects.visible_to(agent).filter(template__archived_at=None)
    asked = rows.filter(review="asked", has_draft=True)
    stale = rows.out_of_date().filter(published__isnull=False)
    return show(
        request,
        "reviews",
        at="reviews",
        asked=keyset(
            asked.select_related("template__folder", "review_asked_by", "review_by", "draft_by"),
            request.GET,
            column="review_at",
            read=lambda row: row.review_at.isoformat(),
        ),
        stale=list(stale.select_related("template__folder", "template__owner").order_by("title", "pk")[:100]),
        agent=agent,
    )


@require_GET
@writers_only
def letters(request: HttpRequest) -> HttpResponse:
    """The letters by their keys: Tugon's own words, or the company's template. One query."""
    rows = Template.objects.filter(key__in=LETTERS, archived_at=None).prefetch_related("translations")
    own = {row.key: row for row in rows}
    shown = [
        {
            "letter": one,
            "own": own.get(one.key),
            "languages": [
                (code, language_name(code), _words_of(own.get(one.key), code)) for code in offered()
            ],
            "texts": [
                (code, language_name(code), sanitise(words(one.key, code))) for code in languages_of(one.key)
            ],
            "extras": list(extras_of(one.key).items()),
        }
        for one in LETTERS.values()
    ]
    return show(request, "letters", at="letters", shown=shown)


@require_POST
@needs(PUBLISH)
def own_letter(request: HttpRequest, key: str) -> HttpResponse:
    """Begin the company's own words of a letter, from those that come with Tugon."""
    if key not in LETTERS:
        messages.error(request, _now("There is no such letter."))
        return redirect("console:template-letters")
    folder = Folder.objects.filter(key="letters").first() or Folder.objects.first()
    if folder is None:
        folder = operations.create_folder(
            names={"en": "Automatic letters", "fil": "Mga awtomatikong sulat"},
            key="letters",
            by=agent_of(request).actor,
        )
    first = offered()[0]
    row = operations.create_template(
        folder=folder,
        language=first,
        key=key,
        title=str(LETTERS[key].label),
        body=words(key, first),
        by=agent_of(request).actor,
    )
    for code in languages_of(key):
        if code != first and code in offered():
            other = operations.add_translation(row.template, language=code, by=agent_of(request).actor)
            operations.write_draft(other, body=words(key, code), by=agent_of(request).actor)
    messages.success(
        request, _now("Drafts with Tugon's words were begun. Until you publish yours, Tugon's words leave.")
    )
    return redirect("console:template-edit", row.template_id, row.language)


def _words_of(template: Template | None, language: str) -> str:
    """Whose words leave in a language: "own" or "tugon"."""
    if template is None:
        return "tugon"
    return (
        "own"
        if any(row.language == language and row.published_id for row in template.translations.all())
        else "tugon"
    )
