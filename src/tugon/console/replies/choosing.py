"""Templates while somebody writes: the list that opens on "/", what is put in, and a page for who has no script."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tugon.accounts.models import Agent
from tugon.customers.models import Customer
from tugon.files.models import Upload
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.lib.html import to_text
from tugon.pages.render import page
from tugon.templates import operations as templates
from tugon.templates.filling import Filled, fill, spoken
from tugon.templates.models import Template, Translation, Use
from tugon.templates.operations.using import Inserted
from tugon.tickets import operations as tickets
from tugon.tickets.models import Draft, Ticket

from ..access import agent_of, agents_only, find_ticket, language_of
from ..queues import column
from .ranking import Candidate, Moment, ranked

MOST = 8
RECENTLY = timedelta(days=90)


@require_GET
@agents_only
def choices(request: HttpRequest) -> HttpResponse:
    """Templates for `q` as [{id, label, hint, preview, shortcut, insert}], for the ticket `ticket` if one is named."""
    agent, ticket = agent_of(request), _ticket(request)
    found = suitable(agent, ticket, typed=request.GET.get("q", "")[:100], shown_in=language_of(request))
    wanted, about = _wanted(ticket), f"?ticket={ticket.pk}" if ticket else ""
    return JsonResponse([_choice(one, wanted, about) for one in found[:MOST]], safe=False)


@require_POST
@agents_only
def insertion(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill a template for a ticket or, for a request not begun yet, for a customer. JSON: html, files, note."""
    ticket, customer = _ticket(request), _customer(request)
    try:
        put = templates.insert(
            _template(request, pk),
            by=agent_of(request).actor,
            ticket=ticket,
            customer=customer,
            language=request.POST.get("language", ""),
        )
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    files = [{"token": row.token, "name": row.name, "size": row.file.size} for row in put.uploads]
    answer = {"html": put.filled.html, "text": put.filled.text, "subject": put.filled.subject, "files": files}
    return JsonResponse(answer | {"note": said(put.filled)})


@require_http_methods(["GET", "POST"])
@agents_only
def choose(request: HttpRequest, number: int) -> HttpResponse:
    """The templates that suit a ticket, with what each would say; one is added to the draft of the answer."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    if request.method == "POST":
        return _into_draft(request, ticket, agent)
    typed = request.GET.get("q", "")[:100]
    found = suitable(agent, ticket, typed=typed, shown_in=language_of(request))[:30]
    rows = Template.objects.in_bulk([one.template_id for one in found])
    return page(
        request,
        "console/replies/choose.html",
        {
            "ticket": ticket,
            "typed": typed,
            "found": [(one, _shown(rows[one.template_id], ticket, agent)) for one in found[:MOST]],
            "others": found[MOST:],
            "wanted": _wanted(ticket),
            "screen": "page",
            **column(request),
        },
    )


def suitable(agent: Agent, ticket: Ticket | None, *, typed: str, shown_in: str) -> list[Candidate]:
    """The templates that this agent may use here, best first. Four queries."""
    wanted = _wanted(ticket)
    rows = Translation.objects.usable().visible_to(agent).select_related("published", "template__folder")
    best: dict[int, Translation] = {}
    order = {wanted: 0, shown_in: 1}
    for row in rows.order_by("pk"):
        known = best.get(row.template_id)
        if known is None or order.get(row.language, 2) < order.get(known.language, 2):
            best[row.template_id] = row
    through = Template.audiences.through._default_manager.filter(template_id__in=best)
    audiences: dict[int, set[int]] = {}
    for template_id, audience_id in through.values_list("template_id", "audience_id"):
        audiences.setdefault(template_id, set()).add(audience_id)
    candidates = [_candidate(row, frozenset(audiences.get(pk, ())), shown_in) for pk, row in best.items()]
    return ranked(candidates, _moment(agent, ticket, typed, wanted))


def said(filled: Filled) -> str:
    """What whoever put it in should know: words still to be filled in, another language than the customer's."""
    parts = []
    if filled.is_fallback:
        name = dict(settings.LANGUAGES).get(filled.language, filled.language)
        parts.append(
            _("These words are in {language}: there are none in the customer's.").format(language=name)
        )
    if filled.missing:
        names = ", ".join(filled.missing)
        words = ngettext(
            "Still to be written: {names}.", "Still to be written: {names}.", len(filled.missing)
        )
        parts.append(words.format(names=names))
    return " ".join(parts) or _("Put in. Read it once before you send it.")


def _into_draft(request: HttpRequest, ticket: Ticket, agent: Agent) -> HttpResponse:
    from django.contrib import messages

    try:
        put = templates.insert(
            _template(request, int(request.POST.get("template", "0") or 0)), by=agent.actor, ticket=ticket
        )
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("console:ticket-templates", ticket.pk)
    _add_to_draft(ticket, agent, put)
    messages.success(request, said(put.filled))
    return redirect("console:ticket", ticket.pk)


def _add_to_draft(ticket: Ticket, agent: Agent, put: Inserted) -> None:
    draft = Draft.objects.filter(ticket=ticket, agent=agent, kind="reply").first()
    tokens = [*(draft.uploads if draft else []), *(row.token for row in put.uploads)]
    tickets.save_draft(
        ticket,
        agent=agent,
        kind="reply",
        html=(draft.html if draft else "") + put.filled.html,
        uploads=list(Upload.objects.filter(token__in=tokens).values_list("token", flat=True)),
        recipients=draft.recipients if draft else None,
    )


def _shown(template: Template, ticket: Ticket, agent: Agent) -> str:
    return fill(template, ticket=ticket, agent=agent).html


def _wanted(ticket: Ticket | None) -> str:
    return spoken(ticket.language, ticket.customer.language) if ticket else spoken("")


def _moment(agent: Agent, ticket: Ticket | None, typed: str, wanted: str) -> Moment:
    uses = Use.objects.filter(agent=agent, inserted_at__gt=now() - RECENTLY)
    counted = uses.values_list("version__translation__template_id").annotate(times=Count("pk"))
    audience = (ticket.audience_id or ticket.customer.audience_id) if ticket else None
    about = f"{ticket.subject} {ticket.snippet} {' '.join(ticket.tags)}" if ticket else ""
    return Moment(typed, wanted, audience, about, dict(counted))


def _candidate(row: Translation, audiences: frozenset[int], shown_in: str) -> Candidate:
    assert row.published is not None
    template = row.template
    return Candidate(
        template_id=template.pk,
        title=row.published.title,
        shortcut=template.shortcut,
        language=row.language,
        keywords=template.keywords,
        folder=template.folder.name_in(shown_in),
        text=_plain(row.published.body),
        audiences=audiences,
    )


_MARKS = re.compile(r"\[\[[^\]]*\]\]|\{\{ greeting \}\}")
_NAMED = re.compile(r"\{\{[^}]*\}\}")


def _plain(html: str) -> str:
    """The words without marks; an ellipsis where a value comes."""
    return " ".join(_NAMED.sub("…", _MARKS.sub(" ", to_text(html))).split())


def _choice(one: Candidate, wanted: str, about: str) -> dict[str, Any]:
    other = f" · {one.language.upper()}" if one.language != wanted else ""
    return {
        "id": str(one.template_id),
        "label": one.title,
        "hint": f"{one.folder}{other}",
        "shortcut": f"/{one.shortcut}" if one.shortcut else "",
        "preview": one.text[:140],
        "insert": reverse("console:template-insertion", args=[one.template_id]) + about,
    }


def _ticket(request: HttpRequest) -> Ticket | None:
    given = request.POST.get("ticket") or request.GET.get("ticket") or ""
    return find_ticket(request, int(given)) if given.isdecimal() and len(given) < 19 else None


def _customer(request: HttpRequest) -> Customer | None:
    given = request.POST.get("customer", "")
    if not given.isdecimal() or len(given) > 18 or not agent_of(request).may("customer.view"):
        return None
    return Customer.objects.filter(pk=given).first()


def _template(request: HttpRequest, pk: int) -> Template:
    row = Template.objects.visible_to(agent_of(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
