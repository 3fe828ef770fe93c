"""Writing a rule: when, if, then; as a draft, tried out, published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tugon.accounts.models import Team
from tugon.lib.errors import DomainError
from tugon.rules import operations
from tugon.rules.compiled import compile_version
from tugon.rules.conflicts import conflicts
from tugon.rules.context import BEFORE_A_TICKET
from tugon.rules.definitions import EVERY, ONCE
from tugon.rules.errors import RulesConflict
from tugon.rules.models import Rule, Version
from tugon.rules.naming import ONCE_WORDS, all_names, lines
from tugon.rules.occasions import OCCASIONS
from tugon.rules.operations.publishing import others_of
from tugon.tickets.conditions.catalogue import FieldOffer, catalogue
from tugon.tickets.conditions.editing import Row, conditions_of, is_nested, make_row
from tugon.tickets.conditions.editing import rows_of as condition_rows
from tugon.tickets.conditions.editing import rows_sent as conditions_sent

from ..access import needs
from ..navigation import show
from . import action_rows
from .action_rows import ActionRow
from .offers import offers_for
from .screens import actor, find, here

TEMPLATE = "rules/rule"
BEGIN: dict[str, tuple[str, str]] = {
    "trigger": ("message_text", "any_of"),
    "automation": ("status", "in"),
    "filter": ("sender", "contains"),
    "macro": ("", ""),
}
FIRST_ACTION = {"trigger": "tags", "automation": "tags", "filter": "tags", "macro": "text"}


@needs("rule.edit")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new rule, as a draft."""
    if kind not in Rule.Kind.values:
        raise Http404
    if request.method == "GET":
        return _begun(request, kind)
    form = _Form(request, kind, None)
    try:
        rule = operations.create(
            kind=kind,
            name=form.name,
            note=form.note,
            definition=form.definition,
            by=actor(request),
            **form.owner(),
        )
    except DomainError as error:
        return _editor(request, kind, None, form, problem=error.message)
    return _led(request, rule)


@needs("rule.edit")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule's draft, or what is published to change it. `do`: save, trial, publish, publish-anyway."""
    rule = find(pk)
    if request.method == "GET":
        definition = rule.draft or (rule.published.definition if rule.published else {})
        return _editor(request, rule.kind, rule, _Form(request, rule.kind, rule, definition))
    form = _Form(request, rule.kind, rule)
    try:
        operations.save_draft(rule, definition=form.definition, by=actor(request))
        operations.change(
            rule,
            name=None if form.name == rule.name_in(here()) else form.name,
            note=None if form.note == rule.note_in(here()) else form.note,
            by=actor(request),
        )
        if rule.kind == Rule.Kind.MACRO:
            operations.give_macro(rule, **form.owner(), by=actor(request))
    except DomainError as error:
        return _editor(request, rule.kind, rule, form, problem=error.message)
    return _led(request, find(pk))


@needs("rule.edit")
@require_POST
def preview(request: HttpRequest, kind: str) -> HttpResponse:
    """The form after something was chosen, added, moved or removed. Nothing is kept."""
    if kind not in Rule.Kind.values:
        raise Http404
    pk = request.POST.get("rule", "")
    rule = find(int(pk)) if pk.isdecimal() else None
    form = _Form(request, kind, rule)
    if request.POST.get("add"):
        first = BEGIN[kind][0] or "tags"
        operator = BEGIN[kind][1] or "any_of"
        form.rows.append(make_row(len(form.rows), request.POST["add"], first, operator, None, form.offers))
    if request.POST.get("add-action"):
        form.actions.append(ActionRow(len(form.actions), FIRST_ACTION[kind], {}))
    return _editor(request, kind, rule, form, block="rule_form")


def _led(request: HttpRequest, rule: Rule) -> HttpResponse:
    """Where the pressed button leads."""
    do = request.POST.get("do", "save")
    if do == "trial":
        return redirect("administration:rule-trial", rule.pk)
    if do in ("publish", "publish-anyway"):
        return _published(request, rule, anyway=do == "publish-anyway")
    words = _("Kept as a draft. Nothing changes until you publish it.")
    messages.success(request, words if rule.draft is not None else _("It says what is published already."))
    return redirect("administration:rule", rule.pk)


def _published(request: HttpRequest, rule: Rule, *, anyway: bool) -> HttpResponse:
    if rule.draft is None and rule.is_on:
        messages.success(request, _("It says what is published already."))
        return redirect("administration:rule", rule.pk)
    try:
        if rule.draft is None:
            operations.switch(rule, on=True, by=actor(request))
        else:
            words = request.POST.get("words", "")
            operations.publish(rule, words=words, despite_conflicts=anyway, by=actor(request))
    except DomainError as error:
        form = _Form(request, rule.kind, rule, rule.draft or {})
        asks = isinstance(error, RulesConflict)
        return _editor(request, rule.kind, rule, form, problem=error.message, may_publish_anyway=asks)
    messages.success(request, _("Published. It works from now on."))
    return redirect("administration:rule", rule.pk)


class _Form:
    """What the editor shows: as it was sent, or of a stored definition."""

    def __init__(
        self, request: HttpRequest, kind: str, rule: Rule | None, stored: dict[str, Any] | None = None
    ) -> None:
        data = request.POST
        self.request, self.kind, self.rule = request, kind, rule
        self.offers = _offers(kind)
        self.kept = (rule.draft or (rule.published.definition if rule.published else {})) if rule else {}
        self.kept = (self.kept or {}).get("conditions") or {}
        if stored is None:
            self.name, self.note = data.get("name", "").strip(), data.get("note", "").strip()
            self.rows: list[Row] = conditions_sent(data, self.offers)
            self.actions = action_rows.rows_sent(data, kind)
            self.values = _values_sent(request)
        else:
            self.name = rule.name_in(here()) if rule else ""
            self.note = rule.note_in(here()) if rule else ""
            self.rows = condition_rows(stored.get("conditions") or {}, self.offers)
            self.actions = action_rows.rows_of(stored.get("actions") or [])
            self.values = stored

    @property
    def definition(self) -> dict[str, Any]:
        """As `definitions.read` takes it."""
        found: dict[str, Any] = {
            "conditions": conditions_of(self.rows, self.kept),
            "actions": action_rows.definition_of(self.actions),
        }
        return found | {name: value for name, value in self.values.items() if name in _BESIDE[self.kind]}

    @property
    def whose(self) -> str:
        """As the form has it: everyone, me, or a team."""
        if "shared" in self.request.POST:
            return self.request.POST["shared"]
        if self.rule is None:
            return "everyone"
        return (
            "me" if self.rule.agent_id else f"team:{self.rule.team_id}" if self.rule.team_id else "everyone"
        )

    def owner(self) -> dict[str, Any]:
        """agent, team: whose macro it is to be."""
        if self.kind != Rule.Kind.MACRO:
            return {}
        number = self.whose.removeprefix("team:")
        team = Team.objects.filter(pk=number).first() if self.whose != number and number.isdecimal() else None
        return {"agent": self.request.user if self.whose == "me" else None, "team": team}


_COMMON = ("stop", "from", "until")
_BESIDE = {
    "trigger": ("on", *_COMMON),
    "automation": ("every", "once", *_COMMON),
    "filter": _COMMON,
    "macro": (),
}


def _begun(request: HttpRequest, kind: str) -> HttpResponse:
    """A form to begin with."""
    form = _Form(request, kind, None, {"actions": [{"do": FIRST_ACTION[kind]}], "on": ["opened"]})
    field, operator = BEGIN[kind]
    if field:
        form.rows = [make_row(0, "all", field, operator, None, form.offers)]
    return _editor(request, kind, None, form)


def _offers(kind: str) -> list[FieldOffer]:
    found = catalogue(here(), context=True)
    if kind == Rule.Kind.FILTER:
        return [one for one in found if one.name in BEFORE_A_TICKET]
    return found


def _values_sent(request: HttpRequest) -> dict[str, Any]:
    data = request.POST
    return {
        "on": data.getlist("on"),
        "every": data.get("every", "60"),
        "once": data.get("once", "turn"),
        "stop": bool(data.get("stop")),
        "from": _moment(data.get("from", "")),
        "until": _moment(data.get("until", "")),
    }


def _moment(text: str) -> str:
    """A local moment of the form with the writer's zone; as it is where it is none, so that it is refused in words."""
    given = parse_datetime(text) if text else None
    if given is None:
        return text
    return (timezone.make_aware(given) if timezone.is_naive(given) else given).isoformat()


def _local(text: Any) -> str:
    """For an input of type datetime-local."""
    given = text if isinstance(text, datetime) else parse_datetime(str(text)) if text else None
    return timezone.localtime(given).strftime("%Y-%m-%dT%H:%M") if given and given.tzinfo else ""


def _editor(
    request: HttpRequest,
    kind: str,
    rule: Rule | None,
    form: _Form,
    *,
    problem: str = "",
    block: str | None = None,
    may_publish_anyway: bool = False,
) -> HttpResponse:
    language = here()
    names = all_names(language)
    said, clashes = _said(kind, rule, form, names, language)
    return show(
        request,
        TEMPLATE,
        status=422 if problem and block is None else 200,
        block=block,
        kind=kind,
        kind_words=dict(Rule.Kind.choices)[kind],
        rule=rule,
        form=form,
        rows=form.rows,
        offers=form.offers,
        nested=is_nested(form.kept),
        acts=form.actions,
        choices=offers_for(kind, language),
        occasions=[(name, one.label) for name, one in OCCASIONS.items() if one.is_there],
        every=[(str(one), one) for one in EVERY],
        once=[(one, ONCE_WORDS[one]()) for one in ONCE],
        begins=_local(form.values.get("from")),
        ends=_local(form.values.get("until")),
        teams=list(Team.objects.filter(archived_at=None)),
        problem=problem,
        may_publish_anyway=may_publish_anyway,
        said=said,
        clashes=clashes,
    )


def _said(
    kind: str, rule: Rule | None, form: _Form, names: Any, language: str
) -> tuple[list[str], list[str]]:
    """The rule as it would read, and with which others it would clash."""
    said = lines(form.definition, kind=kind, names=names, language=language)
    row = rule or Rule(kind=kind, name=form.name or _("This rule"), position=10_000)
    version = Version(rule=row, number=0, name=row.name, definition=form.definition)
    try:
        candidate = compile_version(row, version)
    except DomainError:
        return said, []
    return said, [one.words for one in conflicts(candidate, others_of(row), names)]
