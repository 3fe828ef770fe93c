"""The lists of rules, and what became of each: trial, versions, log, switch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.rules import operations
from tugon.rules.calling import secret_of
from tugon.rules.compiled import compile_version
from tugon.rules.models import Call, Firing, Rule, Version
from tugon.rules.naming import all_names, changes_in_words, difference, in_short, lines, step_words
from tugon.rules.rehearsing import rehearse

from ..access import needs
from ..navigation import show
from ..paging import keyset

COUNTED = timedelta(days=30)
LASTS = (50, 100, 200, 500)


@needs("rule.edit")
@require_safe
def index(request: HttpRequest, kind: str = "trigger") -> HttpResponse:
    """Rules of one kind in their order, with what each did in thirty days. What is broken is switched off first."""
    if kind not in Rule.Kind.values:
        raise Http404
    operations.switch_off_broken()
    language = here()
    shown = Rule.objects.filter(kind=kind).select_related("published", "team", "agent", "turn")
    is_archived = "archived" in request.GET
    shown = shown.exclude(archived_at=None) if is_archived else shown.filter(archived_at=None)
    counts = Firing.objects.counts(since=now() - COUNTED)
    rows = [
        {
            "rule": row,
            "words": in_short(_definition(row), kind=kind, language=language),
            "count": counts.get(row.pk, (0, None)),
        }
        for row in shown
    ]
    return show(request, "rules/list", kind=kind, kinds=Rule.Kind.choices, rows=rows, is_archived=is_archived)


@needs("rule.edit")
@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """The order, from dragging or the arrow buttons: `ids` as they stand, `up` or `down` one of them."""
    ids = [int(one) for one in request.POST.getlist("ids") if one.isdecimal()]
    given = request.POST.get("up") or request.POST.get("down") or ""
    if given.isdecimal() and int(given) in ids:
        at = ids.index(int(given))
        other = max(0, at - 1) if request.POST.get("up") else min(len(ids) - 1, at + 1)
        ids[at], ids[other] = ids[other], ids[at]
    operations.reorder(ids, by=request.user.actor)  # type: ignore[union-attr]
    if "application/json" in request.headers.get("Accept", ""):
        return HttpResponse(status=204)
    first = Rule.objects.filter(pk__in=ids).first()
    return redirect("administration:rules-of", first.kind if first else "trigger")


@needs("rule.edit")
@require_safe
def trial(request: HttpRequest, pk: int) -> HttpResponse:
    """Dry run: what the draft, or what is published, would do to the newest tickets. Nothing is changed."""
    rule = find(pk)
    last, number = request.GET.get("last", "100"), request.GET.get("number", "").strip().removeprefix("#")
    found, problem, language = None, "", here()
    try:
        version = Version(
            rule=rule, number=0, name=rule.name, definition=_definition(rule), published_at=now()
        )
        found = rehearse(
            compile_version(rule, version),
            last=int(last) if last.isdecimal() else 100,
            agent=request.user,  # type: ignore[arg-type]
            number=int(number) if number.isdecimal() else None,
        )
    except DomainError as error:
        problem = error.message
    names = all_names(language)
    shown = [
        {
            "ticket": one.ticket,
            "changes": changes_in_words(one.changes, names),
            "steps": [(step.action.words(names), step.is_needless) for step in one.steps],
        }
        for one in (found.shown if found else ())
    ]
    return show(
        request,
        "rules/trial",
        rule=rule,
        found=found,
        shown=shown,
        problem=problem,
        last=last,
        lasts=LASTS,
        number=number,
        lines=lines(_definition(rule), kind=rule.kind, names=names, language=language),
    )


@needs("rule.edit")
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with what it changed, newest first; the draft above them."""
    rule = find(pk)
    language = here()
    names = all_names(language)
    rows = list(rule.versions.select_related("published_by").order_by("number"))
    said = [lines(row.definition, kind=rule.kind, names=names, language=language) for row in rows]
    shown = [
        {"version": row, "lines": difference(said[place - 1] if place else [], said[place])}
        for place, row in enumerate(rows)
    ]
    draft = None
    if rule.draft is not None:
        draft = difference(
            said[-1] if said else [], lines(rule.draft, kind=rule.kind, names=names, language=language)
        )
    return show(request, "rules/versions", rule=rule, rows=shown[::-1], draft=draft)


@needs("rule.edit")
@require_POST
def roll_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    rule = find(pk)
    get_object_or_404(Version, rule=rule, number=number)
    _told(request, lambda: operations.roll_back(rule, to=number, by=actor(request)), _("Published again."))
    return redirect("administration:rule-versions", pk)


@needs("rule.edit")
@require_safe
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rule did, newest first, and the calls it made. Pages by id."""
    rule = find(pk)
    rows = Firing.objects.filter(rule=rule).select_related("version", "ticket", "received")
    if not request.user.may("ticket.view_all"):  # type: ignore[union-attr]
        rows = rows.filter(ticket__team__in=request.user.team_ids)  # type: ignore[union-attr]
    names = all_names(here())
    found = keyset(rows, request, size=50)
    shown = [{"firing": row, "steps": [step_line(step, names) for step in row.steps]} for row in found.rows]
    calls = list(Call.objects.filter(rule=rule)[:20])
    secret = secret_of(rule.pk) if calls or '"webhook"' in str(_definition(rule)).replace("'", '"') else ""
    return show(request, "rules/log", rule=rule, rows=shown, found=found, calls=calls, secret=secret)


@needs("rule.edit")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    rule, on = find(pk), request.POST.get("on") == "1"
    words = _("Switched on.") if on else _("Switched off.")
    _told(request, lambda: operations.switch(rule, on=on, by=actor(request)), words)
    back = request.POST.get("back", "")
    return (
        redirect("administration:rule", pk)
        if back == "rule"
        else redirect("administration:rules-of", rule.kind)
    )


@needs("rule.edit")
@require_POST
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    rule = find(pk)
    name = _("{name} (copy)").format(name=rule.name_in(here()))[:80]
    try:
        made = operations.copy(rule, name=name, by=actor(request))
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("administration:rule", pk)
    messages.success(request, _("Copied as a draft. Nothing happens until you publish it."))
    return redirect("administration:rule", made.pk)


@needs("rule.edit")
@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    rule, restores = find(pk), "restore" in request.POST
    words = _("Restored, switched off.") if restores else _("Archived.")
    _told(request, lambda: operations.archive(rule, by=actor(request), restores=restores), words)
    return redirect("administration:rules-of", rule.kind)


def step_line(step: dict[str, Any], names: Any) -> dict[str, Any]:
    """A step of the log in words: what, what came of it, why, and what changed."""
    return {
        "words": step_words(step, names),
        "result": step.get("result"),
        "why": step.get("why", ""),
        "changes": changes_in_words(step.get("changes") or {}, names),
    }


def find(pk: int) -> Rule:
    """The rule with what is published. Raises Http404."""
    return get_object_or_404(Rule.objects.select_related("published", "team", "agent"), pk=pk)


def actor(request: HttpRequest) -> Any:
    return request.user.actor  # type: ignore[union-attr]


def here() -> str:
    return get_language() or "en"


def _definition(rule: Rule) -> dict[str, Any]:
    return rule.draft or (rule.published.definition if rule.published else {})


def _told(request: HttpRequest, act: Any, words: str) -> None:
    """Do it, and say that it was done or why not."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, words)
