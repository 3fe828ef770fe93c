"""The list of articles, a new one, and where an article's address leads."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from tugon.accounts.models import Agent
from tugon.helpcenter import operations
from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Kind, Section
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.pages.formats import language_name

from ..access import agent_of, language_of
from . import listing
from .access import WRITE, find_article, needs, writers_only
from .showing import show


@require_GET
@writers_only
def index(request: HttpRequest) -> HttpResponse:
    """The articles that fit the filters. Six queries besides the frame's."""
    languages = offered()
    filters = listing.Filters.of(request.GET, languages)
    rows = listing.articles(filters, agent_id=agent_of(request).pk, languages=languages)
    found = listing.page_of(rows, request.GET, filters)
    return show(
        request,
        "articles",
        at="articles",
        filters=filters,
        page=found,
        titles=listing.titles(found.rows, language_of(request)),
        state_words=listing.state_words,
        today=now().date(),
        places=listing.places(language_of(request)),
        states=list(listing.STATES.items()),
        matters=list(listing.MATTERS.items()),
        languages_offered=language_choices(),
        owners=[("me", _("Me")), ("nobody", _("Nobody")), *owner_choices()],
    )


class NewArticleForm(forms.Form):
    """What must be known before the first word: its name, where it stands, in which language it begins."""

    title = forms.CharField(label=_("Title"), max_length=200, help_text=_("As the person would ask it."))
    section = forms.ChoiceField(label=_("Section"))
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.ARTICLE)
    language = forms.ChoiceField(label=_("Language of the original"))

    def __init__(self, *args: object, shown_in: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["section"].choices = listing.sections(shown_in)  # type: ignore[attr-defined]
        self.fields["language"].choices = language_choices()  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@needs(WRITE)
def create(request: HttpRequest) -> HttpResponse:
    """Begin an article. `title`, `section` in the address fill the form: from a search without result, for one."""
    start = {"title": request.GET.get("title", ""), "section": request.GET.get("section", "")}
    form = NewArticleForm(request.POST or None, shown_in=language_of(request), initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            translation = operations.create_article(
                section=Section.objects.get(pk=int(given["section"])),
                language=given["language"],
                title=given["title"],
                kind=given["kind"],
                by=agent_of(request).actor,
            )
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect("console:article-edit", translation.article_id, translation.language)
    return show(request, "new", at="articles", form=form, status=422 if form.is_bound else 200)


@require_GET
@writers_only
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """An article's address without a language: on to the agent's own where there is one, else to the original."""
    found = find_article(pk)
    there = set(found.translations.values_list("language", flat=True))
    own = language_of(request)
    return redirect("console:article-edit", found.pk, own if own in there else found.source_language)


def owner_choices() -> list[tuple[str, str]]:
    """Agents who may own an article. One query."""
    return [(str(pk), name) for pk, name in Agent.objects.active().by_name().values_list("pk", "name")[:200]]


def language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in offered()]
