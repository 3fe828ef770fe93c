"""What a template would say to one person, while it is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tugon.customers.models import Customer
from tugon.pages.render import page
from tugon.templates.checking import problems_of
from tugon.templates.content import Content
from tugon.templates.filling import fill_words
from tugon.templates.letters import extras_of
from tugon.templates.variables import Case
from tugon.tickets.models import Ticket

from ..access import agent_of, find_ticket
from .access import find_translation, writers_only
from .editing import Sent


@require_POST
@writers_only
def preview(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """The words in the form, filled for the ticket `about` (a number), or for somebody of whom nothing is known."""
    row, agent = find_translation(request, pk, language), agent_of(request)
    sent = Sent.of(request.POST)
    words = Content().changed(title=sent.title, subject=sent.subject, body=sent.body).words
    ticket, customer, is_unknown = _whom(request)
    case = Case(language=row.language, customer=customer, ticket=ticket, agent=agent)
    problems = problems_of(words, key=row.template.key)
    filled = fill_words(words, case, extras=extras_of(row.template.key)) if not problems else None
    return page(
        request,
        "console/replies/preview.html",
        {
            "filled": filled,
            "problems": problems,
            "ticket": ticket,
            "customer": customer,
            "unknown": is_unknown,
        },
    )


def _whom(request: HttpRequest) -> tuple[Ticket | None, Customer | None, bool]:
    """The ticket and its person; the newest ticket one sees where none is named. unknown: there is no such ticket."""
    given = request.POST.get("about", "").strip().removeprefix("#")
    if request.POST.get("person") == "nobody":
        return None, Customer(), False
    agent = agent_of(request)
    if given.isdecimal() and len(given) < 19:
        if not Ticket.objects.visible_to(agent).filter(pk=given).exists():
            return None, None, True
        ticket = find_ticket(request, int(given))
        return ticket, ticket.customer, False
    newest = (
        Ticket.objects.visible_to(agent).filter(is_spam=False).order_by("-pk").values_list("pk", flat=True)
    )
    pk = newest.first()
    if pk is None:
        return None, Customer(name="Maria Santos"), False
    ticket = find_ticket(request, pk)
    return ticket, ticket.customer, False
