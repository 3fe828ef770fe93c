"""The editor's page, the draft while it is typed, and every verb that its buttons are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.accounts.models import Agent
from tugon.lib.errors import DomainError
from tugon.templates import operations
from tugon.templates.errors import DraftMoved
from tugon.templates.models import Translation

from ..access import agent_of
from ..composing import as_html
from ..knowledge.access import needs
from .access import WRITE, find_template, find_translation, writers_only
from .editor import editor

UNSEEN = -1
"""A revision that no draft has: whatever stands there is kept as a version before it is written over."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The words in the form. number: the draft they were read at; None to write over whatever stands there."""

    title: str
    subject: str
    body: str
    number: int | None

    @classmethod
    def of(cls, data: QueryDict) -> Sent:
        """Without script, `body` is plain text or the HTML that was shown."""
        number = "any" if "any" in data.getlist("revision") else data.get("revision", "")
        given = data.get("body", "")
        return cls(
            title=data.get("title", ""),
            subject=data.get("subject", ""),
            body=given if "<" in given else as_html(given),
            number=int(number) if number.isdecimal() else None,
        )


@require_GET
@writers_only
def edit(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    return editor(request, find_translation(request, pk, language))


@require_http_methods(["PUT", "POST"])
@needs(WRITE)
def draft(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Keep what is being typed. Answers JSON: the revision from now on, and why it cannot be published as it stands;
    409 where a colleague saved in between.
    """
    data = QueryDict(request.body) if request.method == "PUT" else request.POST
    try:
        saved = save(request, find_translation(request, pk, language), Sent.of(data))
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    return JsonResponse({"revision": str(saved.translation.draft_number)})


@require_POST
@needs(WRITE)
def add_translation(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the template in another language."""
    row = operations.add_translation(
        find_template(request, pk), language=request.POST.get("language", ""), by=agent_of(request).actor
    )
    return redirect("console:template-edit", pk, row.language)


@require_POST
@writers_only
def act(request: HttpRequest, pk: int, language: str, verb: str) -> HttpResponse:
    """Save what the form holds, then do what the button says. What was typed stays, also where the verb is refused."""
    if verb not in VERBS:
        raise Http404
    row = find_translation(request, pk, language)
    sent = Sent.of(request.POST) if "title" in request.POST else None
    try:
        number = row.draft_number
        if sent is not None and agent_of(request).may(WRITE):
            number = save(request, row, sent).translation.draft_number
        with transaction.atomic():
            said = VERBS[verb](request, row, number)
    except DomainError as refusal:
        is_moved = isinstance(refusal, DraftMoved)
        fresh = find_translation(request, pk, language)
        shown = sent if is_moved else None
        return editor(
            request, fresh, sent=shown, refused=refusal.message, moved=is_moved, status=refusal.status
        )
    messages.success(request, said)
    return redirect("console:template-edit", pk, language)


def save(request: HttpRequest, row: Translation, sent: Sent) -> operations.Saved:
    """The form's words as the draft."""
    return operations.write_draft(
        row,
        number=UNSEEN if sent.number is None else sent.number,
        title=sent.title,
        subject=sent.subject,
        body=sent.body,
        over=sent.number is None,
        by=agent_of(request).actor,
    )


Verb = Callable[[HttpRequest, Translation, int], str]


def _save(request: HttpRequest, row: Translation, number: int) -> str:
    return _("The draft is saved.")


def _publish(request: HttpRequest, row: Translation, number: int) -> str:
    operations.publish(
        row,
        by=agent_of(request).actor,
        number=number,
        note=request.POST.get("note", ""),
        minor=bool(request.POST.get("minor")),
    )
    return _("Published. Colleagues find it from now on.")


def _ask(request: HttpRequest, row: Translation, number: int) -> str:
    given = request.POST.get("reviewer", "")
    reviewer = Agent.objects.active().filter(pk=given).first() if given.isdecimal() else None
    note = request.POST.get("ask_note", "")
    operations.ask_review(row, by=agent_of(request).actor, reviewer=reviewer, note=note, number=number)
    return _("Asked. It waits among the reviews.")


def _approve(request: HttpRequest, row: Translation, number: int) -> str:
    operations.approve(row, by=agent_of(request).actor, note=request.POST.get("review_note", ""))
    return _("Approved. It can be published now.")


def _decline(request: HttpRequest, row: Translation, number: int) -> str:
    operations.decline(row, by=agent_of(request).actor, reason=request.POST.get("review_note", ""))
    return _("Sent back with your words.")


def _discard(request: HttpRequest, row: Translation, number: int) -> str:
    operations.discard_draft(row, by=agent_of(request).actor)
    return _("The draft was discarded; its words stay among the versions.")


def _unpublish(request: HttpRequest, row: Translation, number: int) -> str:
    operations.unpublish(row, by=agent_of(request).actor)
    return _("It is offered in this language no longer.")


def _read(request: HttpRequest, row: Translation, number: int) -> str:
    operations.mark_read(row.template, by=agent_of(request).actor)
    return _("Noted: it was read again.")


VERBS: dict[str, Verb] = {
    "save": _save,
    "publish": _publish,
    "ask-review": _ask,
    "approve": _approve,
    "decline": _decline,
    "discard": _discard,
    "unpublish": _unpublish,
    "still-right": _read,
}
