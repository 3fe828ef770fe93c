"""The editor's page, the draft while it is typed, and every verb that its buttons are."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.accounts.models import Agent
from tugon.helpcenter import operations
from tugon.helpcenter.errors import DraftMoved
from tugon.helpcenter.models import Translation, Version
from tugon.lib.errors import DomainError, Invalid

from ..access import agent_of
from .access import PUBLISH, WRITE, find_article, find_translation, needs, source_version, writers_only
from .editor import editor
from .forms import Words, moment_of

UNSEEN = -1
"""A revision that no draft has: whatever stands there is kept as a version before it is written over."""


@require_GET
@writers_only
def edit(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    return editor(request, find_translation(pk, language))


@require_http_methods(["PUT", "POST"])
@needs(WRITE)
def draft(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Keep what is being typed. Answers JSON: the revision from now on, and what could not be kept; 409 where a
    colleague saved in between.
    """
    data = QueryDict(request.body) if request.method == "PUT" else request.POST
    try:
        saved = save(request, find_translation(pk, language), Words.sent(data))
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    answer = {"revision": str(saved.translation.draft_number)}
    return JsonResponse(answer | ({"words": " ".join(saved.remarks)} if saved.remarks else {}))


@require_POST
@needs(WRITE)
def add_translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the article in another language."""
    row = operations.add_translation(
        find_article(pk), language=request.POST.get("language", ""), by=agent_of(request).actor
    )
    return redirect("console:article-edit", pk, row.language)


@require_POST
@writers_only
def act(request: HttpRequest, pk: int, language: str, verb: str) -> HttpResponse:
    """Save what the form holds, then do what the button says; both or neither."""
    if verb not in VERBS:
        raise Http404
    translation = find_translation(pk, language)
    words = Words.sent(request.POST) if "title" in request.POST else None
    try:
        with transaction.atomic():
            number = _saved_number(request, translation, words)
            said = VERBS[verb](request, translation, number)
    except DomainError as refusal:
        shown = words or Words.of(translation)
        moved = isinstance(refusal, DraftMoved)
        return editor(
            request, translation, words=shown, refused=refusal.message, moved=moved, status=refusal.status
        )
    messages.success(request, said)
    return redirect("console:article-edit", pk, language)


def save(
    request: HttpRequest,
    translation: Translation,
    words: Words,
    *,
    made_from: Version | None = None,
) -> operations.Saved:
    """The form's words as the draft. A revision of "any" writes over what colleagues saved; theirs stays a version."""
    return operations.write_draft(
        translation,
        number=UNSEEN if words.number is None else words.number,
        title=words.title,
        summary=words.summary,
        body=words.body,
        exact_phrases=words.exact_phrases,
        sources=words.sources,
        made_from=made_from,
        over=words.number is None,
        by=agent_of(request).actor,
    )


def _saved_number(request: HttpRequest, translation: Translation, words: Words | None) -> int:
    """The draft's number after the form's words were kept; what could not be kept is told."""
    if words is None or not agent_of(request).may(WRITE):
        return translation.draft_number
    made_from = source_version(translation) if request.POST.get("follows") else None
    saved = save(request, translation, words, made_from=made_from)
    for remark in saved.remarks:
        messages.warning(request, remark)
    return saved.translation.draft_number


Verb = Callable[[HttpRequest, Translation, int], str]


def _publish(request: HttpRequest, row: Translation, number: int) -> str:
    operations.publish(
        row,
        number=number,
        note=request.POST.get("note", ""),
        minor=bool(request.POST.get("minor")),
        by=agent_of(request).actor,
    )
    return _("Published. Readers see it now.")


def _schedule(request: HttpRequest, row: Translation, number: int) -> str:
    at = moment_of(request.POST.get("when", ""), request.reader.zone)  # type: ignore[attr-defined]
    operations.schedule(
        row, at=at, number=number, note=request.POST.get("note", ""), by=agent_of(request).actor
    )
    return _("Scheduled. It is published by itself at that moment.")


def _unschedule(request: HttpRequest, row: Translation, number: int) -> str:
    operations.cancel_schedule(row, by=agent_of(request).actor)
    return _("It is a draft again.")


def _ask_review(request: HttpRequest, row: Translation, number: int) -> str:
    given = request.POST.get("reviewer", "")
    reviewer = Agent.objects.active().filter(pk=given).first() if given.isdecimal() else None
    if given and reviewer is None:
        raise Invalid(reason=_("choose somebody of the list."))
    note = request.POST.get("ask_note", "")
    operations.ask_review(row, reviewer=reviewer, note=note, number=number, by=agent_of(request).actor)
    return _("Asked. You are told when it was read.")


def _approve(request: HttpRequest, row: Translation, number: int) -> str:
    note = request.POST.get("review_note", "")
    operations.approve(row, number=number, note=note, by=agent_of(request).actor)
    return _("Approved. It can be published now.")


def _decline(request: HttpRequest, row: Translation, number: int) -> str:
    reason = request.POST.get("review_note", "")
    operations.decline(row, reason=reason, number=number, by=agent_of(request).actor)
    return _("Sent back, with your words.")


def _unpublish(request: HttpRequest, row: Translation, number: int) -> str:
    operations.unpublish(row, by=agent_of(request).actor)
    return _("Taken off the portal. Its words and versions are kept.")


def _discard(request: HttpRequest, row: Translation, number: int) -> str:
    operations.discard_draft(row, by=agent_of(request).actor)
    return _("Discarded. The draft is still among the versions.")


def _save(request: HttpRequest, row: Translation, number: int) -> str:
    return _("Draft saved.")


def _still_right(request: HttpRequest, row: Translation, number: int) -> str:
    """The translation says what the original says now, as it stands."""
    source, agent = source_version(row), agent_of(request)
    if source is None:
        raise Invalid(reason=_("the original is not published."))
    has_words_of_its_own = row.has_draft
    saved = operations.write_draft(row, made_from=source, by=agent.actor)
    if has_words_of_its_own or not agent.may(PUBLISH):
        return _("Noted with the draft: it counts once it is published.")
    note = _("Still right after version {number} of the original").format(number=source.number)
    operations.publish(saved.translation, note=note, by=agent.actor)
    return _("It counts as up to date.")


VERBS: dict[str, Verb] = {
    "save": _save,
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "ask-review": _ask_review,
    "approve": _approve,
    "decline": _decline,
    "unpublish": _unpublish,
    "discard": _discard,
    "still-right": _still_right,
}
