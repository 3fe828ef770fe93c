"""Why did this happen; and macros: looking first, then doing."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.pages.render import page
from tugon.pages.toasts import toast
from tugon.rules import macros
from tugon.rules.explaining import explain_all
from tugon.rules.models import Call, Firing, Rule
from tugon.rules.naming import all_names, changes_in_words, step_words
from tugon.rules.occasions import BY_FACT, OCCASIONS
from tugon.rules.standing import Happened, of_ticket
from tugon.tickets import operations as tickets
from tugon.tickets.models import Draft, Ticket

from ..access import agent_of, agents_only, find_ticket, language_of
from ..queues import column
from ..views.tickets import after_change

MOST_ACTS = 100


@require_GET
@agents_only
def why(request: HttpRequest, number: int) -> HttpResponse:
    """Every rule that acted, with version and what came of each action; the others, with what keeps them away."""
    ticket = find_ticket(request, number)
    language, moment = language_of(request), now()
    names = all_names(language)
    rows = Firing.objects.filter(ticket=ticket).select_related("rule", "version").order_by("-pk")[:MOST_ACTS]
    acts: list[dict[str, Any]] = [
        {
            "firing": row,
            "occasion": _occasion(row.occasion),
            "steps": [
                {
                    "words": step_words(step, names),
                    "result": step.get("result"),
                    "why": step.get("why", ""),
                    "changes": changes_in_words(step.get("changes") or {}, names),
                }
                for step in row.steps
            ],
        }
        for row in rows
    ]
    row = Ticket.objects.select_related("customer", "channel").get(pk=ticket.pk)
    standing = of_ticket(row, Happened(now=moment))
    others = explain_all(standing, now=moment, language=language, without={row.rule_id for row in rows})
    context = {
        "screen": "page",
        "ticket": ticket,
        "acts": acts,
        "others": others,
        "calls": list(Call.objects.filter(ticket=ticket).select_related("rule")[:20]),
        **column(request),
    }
    return page(request, "console/triage/why_page.html", context, block="why_body")


@require_GET
@agents_only
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """The macros, each with what it would do to this ticket. `q`, `find`: words of their names."""
    ticket = find_ticket(request, number)
    agent, language = agent_of(request), language_of(request)
    typed = (request.GET.get("q") or request.GET.get("find") or "").strip()
    names = all_names(language)
    shown = []
    for macro in macros.offered(agent):
        if not _named(macro, typed, language):
            continue
        try:
            found = macros.foreseen(macro, ticket, agent=agent)
        except DomainError:
            continue
        if found.fits:
            shown.append(_told(found, names))
    context = {"screen": "page", "ticket": ticket, "macros": shown, "typed": typed, **column(request)}
    return page(request, "console/triage/macros_page.html", context, block=_block(request))


@require_POST
@agents_only
def apply(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Do all of it, or nothing. Its words go into the answer: by script at once, otherwise into the kept draft."""
    ticket = find_ticket(request, number)
    agent = agent_of(request)
    macro = get_object_or_404(Rule, pk=pk, kind=Rule.Kind.MACRO)
    _firing, html = macros.apply(macro, ticket, by=agent.actor)
    if html and request.headers.get("HX-Request") != "true":
        _keep(ticket, agent, html)
    words = _("{name}: done.").format(name=macro.name_in(language_of(request)))
    return toast(after_change(request, number), words, tone="success")


def _keep(ticket: Ticket, agent: Any, html: str) -> None:
    """Add to what the agent is writing."""
    known = Draft.objects.filter(ticket=ticket, agent=agent, kind="reply").first()
    tickets.save_draft(
        ticket,
        agent=agent,
        kind="reply",
        html=(known.html if known else "") + html,
        uploads=known.uploads if known else [],
        recipients=known.recipients if known else {},
        answers_message_id=known.answers_message_id if known else None,
    )


def _named(macro: Rule, typed: str, language: str) -> bool:
    text = f"{macro.name_in(language)} {macro.note_in(language)}".casefold()
    return all(word in text for word in typed.casefold().split())


def _told(found: macros.Foreseen, names: Any) -> dict[str, Any]:
    steps = [
        (step.action.words(names), changes_in_words(step.changes, names), step.is_needless)
        for step in found.steps
        if step.action.do != "text"
    ]
    return {"macro": found.macro, "steps": steps, "html": found.html}


def _occasion(name: str) -> str:
    if name in BY_FACT:
        return str(OCCASIONS[BY_FACT[name]].label)
    beside = {"": _("Time had passed"), "MessageReceived": _("Before the ticket existed")}
    return beside.get(name, _("An agent chose it"))


def _block(request: HttpRequest) -> str:
    """Only the list while somebody types; else the dialog."""
    return "macro_list" if "q" in request.GET else "macro_dialog"
