"""Categories and sections: their names, order, readers and rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.accounts.models import Agent
from tugon.customers.models import Audience
from tugon.helpcenter import operations
from tugon.helpcenter.languages import offered
from tugon.helpcenter.models import Category, Section
from tugon.lib.errors import DomainError
from tugon.pages.formats import language_name

from ..access import agent_of, language_of
from .access import arrangers_only
from .articles import owner_choices
from .showing import show

ICONS = [
    "book", "book-open", "circle-help", "wallet", "credit-card", "user-round", "users-round", "shield", "lock", "video",
    "camera", "monitor", "smartphone", "wifi", "settings", "wrench", "mail", "message-circle", "heart", "star",
    "rocket", "building-2", "scale", "flag", "globe", "life-buoy",
]  # fmt: skip
"""Shapes for a chapter's card; each is an icon."""

MOST_ARTICLES = 200
"""That one page puts in order."""


class WordsForm(forms.Form):
    """Words in every offered language: one field a language and name."""

    translated: tuple[tuple[str, Any, int], ...] = ()

    def __init__(self, data: Any = None, *, row: Any = None, **kwargs: Any) -> None:
        super().__init__(data, initial=self.begin(row) if row is not None else None, **kwargs)
        first = {}
        for name, label, most in self.translated:
            for code in offered():
                widget = forms.Textarea(attrs={"rows": 2}) if most > 200 else forms.TextInput()
                field = forms.CharField(
                    label=f"{label} ({language_name(code)})", max_length=most, required=False, widget=widget
                )
                first[f"{name}_{code}"] = field
                if row is not None:
                    field.initial = getattr(row, name).get(code, "")
        self.fields = first | self.fields

    def begin(self, row: Any) -> dict[str, Any]:
        return {}

    def words(self, name: str, kept: dict[str, str] | None = None) -> dict[str, str]:
        """language → words; languages that are no longer offered keep theirs."""
        given = {code: self.cleaned_data[f"{name}_{code}"].strip() for code in offered()}
        return {**(kept or {}), **given}


class CategoryForm(WordsForm):
    translated = (("titles", _("Title"), 80), ("descriptions", _("In one line"), 200))
    slug = forms.CharField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Empty: made from the title. An old address leads on."),
    )
    icon = forms.ChoiceField(label=_("Shape"), choices=[(name, name) for name in ICONS], initial="book")
    audiences = forms.MultipleChoiceField(
        label=_("Offered to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: to everybody."),
    )
    is_visible = forms.BooleanField(
        label=_("Readers see it"),
        required=False,
        initial=True,
        help_text=_("Without it, readers see neither the category nor what is in it."),
    )

    def __init__(self, data: Any = None, *, row: Any = None, shown_in: str) -> None:
        super().__init__(data, row=row)
        found = [(str(one.pk), one.name_in(shown_in)) for one in Audience.objects.all()]
        self.fields["audiences"].choices = found  # type: ignore[attr-defined]

    def begin(self, row: Category) -> dict[str, Any]:
        audiences = [str(pk) for pk in row.audiences.values_list("pk", flat=True)]
        return {"slug": row.slug, "icon": row.icon, "is_visible": row.is_visible, "audiences": audiences}

    def values(self, row: Category | None) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "titles": self.words("titles", row.titles if row else None),
            "descriptions": self.words("descriptions", row.descriptions if row else None),
            "slug": given["slug"],
            "icon": given["icon"],
            "audiences": list(Audience.objects.filter(pk__in=given["audiences"])),
            "is_visible": given["is_visible"],
        }


class SectionForm(WordsForm):
    translated = (("titles", _("Title"), 80), ("descriptions", _("In one line"), 200))
    category = forms.ChoiceField(label=_("Category"))
    slug = forms.CharField(
        label=_("Address"),
        max_length=80,
        required=False,
        help_text=_("Empty: made from the title. An old address leads on."),
    )
    needs_review = forms.BooleanField(
        label=_("A second person approves each text before it is published"), required=False
    )
    demands_sources = forms.BooleanField(
        label=_("Each text says where it is known from"),
        required=False,
        help_text=_("Only editors see the sources."),
    )
    owner = forms.ChoiceField(
        label=_("Owner"), required=False, help_text=_("Owns new articles that an import brings.")
    )

    def __init__(
        self, data: Any = None, *, row: Any = None, shown_in: str, category: int | None = None
    ) -> None:
        super().__init__(data, row=row)
        found = [(str(one.pk), one.title_in(shown_in)) for one in Category.objects.all()]
        self.fields["category"].choices = found  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _now("Nobody")), *owner_choices()]  # type: ignore[attr-defined]
        if category:
            self.fields["category"].initial = str(category)

    def begin(self, row: Section) -> dict[str, Any]:
        return {
            "category": str(row.category_id),
            "slug": row.slug,
            "needs_review": row.needs_review,
            "demands_sources": row.demands_sources,
            "owner": str(row.owner_id or ""),
        }

    def values(self, row: Section | None) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "titles": self.words("titles", row.titles if row else None),
            "descriptions": self.words("descriptions", row.descriptions if row else None),
            "slug": given["slug"],
            "category": Category.objects.get(pk=int(given["category"])),
            "needs_review": given["needs_review"],
            "demands_sources": given["demands_sources"],
            "owner": Agent.objects.get(pk=int(given["owner"])) if given["owner"] else None,
        }


@require_GET
@arrangers_only
def chapters(request: HttpRequest) -> HttpResponse:
    """Every category with its sections and how many articles each holds. Three queries besides the frame's."""
    sections: dict[int, list[Section]] = {}
    counted = Section.objects.in_order().annotate(
        number=Count("articles", filter=Q(articles__archived_at=None))
    )
    for row in counted.select_related("owner"):
        sections.setdefault(row.category_id, []).append(row)
    categories = Category.objects.prefetch_related("audiences")
    return show(
        request, "chapters", at="chapters", chapters=[(row, sections.get(row.pk, [])) for row in categories]
    )


@require_http_methods(["GET", "POST"])
@arrangers_only
def category(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Category, pk=pk) if pk else None
    form = CategoryForm(request.POST or None, row=row, shown_in=language_of(request))
    return _written(request, form, row, operations.create_category, operations.change_category)


@require_http_methods(["GET", "POST"])
@arrangers_only
def section(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    row = get_object_or_404(Section, pk=pk) if pk else None
    given = request.GET.get("category", "")
    within = int(given) if given.isdecimal() else None
    form = SectionForm(request.POST or None, row=row, shown_in=language_of(request), category=within)
    return _written(request, form, row, operations.create_section, operations.change_section)


def _written(request: HttpRequest, form: Any, row: Any, create: Any, change: Any) -> HttpResponse:
    """The form, or the list after it was written. A new row may name its address, an old one keeps it when empty."""
    if request.method == "POST" and form.is_valid():
        values, by = form.values(row), agent_of(request).actor
        try:
            if row is None:
                create(by=by, **values)
            else:
                change(row, by=by, **(values | {"slug": values["slug"] or None}))
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _now("Saved."))
            return redirect("console:knowledge-chapters")
    kind = "category" if isinstance(form, CategoryForm) else "section"
    articles = articles_of(row, language_of(request)) if kind == "section" and row else []
    status = 422 if form.is_bound else 200
    return show(
        request, "chapter", at="chapters", form=form, row=row, kind=kind, articles=articles, status=status
    )


def articles_of(section: Section, language: str) -> list[tuple[int, str]]:
    """The section's articles in the order in which readers meet them, with their titles. Two queries."""
    rows = section.articles.filter(archived_at=None).prefetch_related("translations")
    titles = (
        (row, {one.language: one.title for one in row.translations.all()}) for row in rows[:MOST_ARTICLES]
    )
    return [(row.pk, said.get(language) or said.get(row.source_language) or row.key) for row, said in titles]


@require_POST
@arrangers_only
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    by = agent_of(request).actor
    try:
        if kind == "category":
            operations.remove_category(get_object_or_404(Category, pk=pk), by=by)
        else:
            operations.remove_section(get_object_or_404(Section, pk=pk), by=by)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _now("Removed."))
    return redirect("console:knowledge-chapters")


@require_POST
@arrangers_only
def order(request: HttpRequest) -> HttpResponse:
    """The new order: `ids` of all that stand in one list (dragging), or one of them `up` or `down` (a button).

    list: "categories", "sections:<id of their category>" or "articles:<id of their section>". Answers JSON to a
    script, else the page again.
    """
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdecimal()]
    ids = _moved(ids, request.POST.get("up", ""), -1) if "up" in request.POST else ids
    ids = _moved(ids, request.POST.get("down", ""), 1) if "down" in request.POST else ids
    kind, _colon, number = request.POST.get("list", "").partition(":")
    by = agent_of(request).actor
    if kind == "sections" and number.isdecimal():
        operations.reorder_sections(get_object_or_404(Category, pk=int(number)), ids, by=by)
    elif kind == "articles" and number.isdecimal():
        operations.reorder(get_object_or_404(Section, pk=int(number)), articles=ids, by=by)
    else:
        operations.reorder_categories(ids, by=by)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({})
    if kind == "articles":
        return redirect("console:knowledge-section", number)
    return redirect("console:knowledge-chapters")


def _moved(ids: list[int], given: str, step: int) -> list[int]:
    """With one of them a place further."""
    if not given.isdecimal() or int(given) not in ids:
        return ids
    at = ids.index(int(given))
    other = min(len(ids) - 1, max(0, at + step))
    ids[at], ids[other] = ids[other], ids[at]
    return ids
