from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from tugon.accounts.models import Agent, Team
from tugon.database.reading import gather, read
from tugon.helpcenter.models import Translation
from tugon.pages.render import page
from tugon.search.excerpts import bodies, pieces
from tugon.search.finding import Found, find_people, find_tickets
from tugon.search.questions import FIELDS
from tugon.tickets.errors import ConditionInvalid
from tugon.tickets.models import Attachment, Ticket

from ..access import agent_of, agents_only, language_of
from ..queues import column, views_of

PAGE = 30
MOST_FILES = 500
"""Files of one page's tickets whose names are looked at."""


@require_GET
@agents_only
def search(request: HttpRequest) -> HttpResponse:
    """Tickets and people for `q`. A number alone goes straight to its ticket. `below`: the cursor."""
    typed, agent = request.GET.get("q", "").strip(), agent_of(request)
    number = typed.removeprefix("#")
    if (
        typed.startswith("#")
        and number.isdecimal()
        and Ticket.objects.visible_to(agent).filter(pk=number).exists()
    ):
        return redirect("console:ticket", int(number))
    below = request.GET.get("below", "")
    problem, found, people = "", None, []
    try:
        found = find_tickets(typed, agent=agent, below=int(below) if below.isdecimal() else None, limit=PAGE)
        people = find_people(typed, agent=agent) if not below else []
    except ConditionInvalid as error:
        problem = error.message
    around, files = _beside(found)
    context = {
        "screen": "page",
        "typed": typed,
        "fields": FIELDS,
        "found": found,
        "people": people,
        "problem": problem,
        "files": files,
        "excerpts": around,
        **column(request),
    }
    return page(request, "console/search.html", context, block="results", status=422 if problem else 200)


def _beside(found: Found | None) -> tuple[dict[int, str], dict[int, list[Attachment]]]:
    """What of each ticket explains why it was found: the words around the find, and files that are called so.
    One query."""
    words = found.question.words if found else ()
    if not found or not found.tickets or not words:
        return {}, {}
    ids = [row.id for row in found.tickets]
    said, files = gather(bodies(ids), _named(ids))
    wanted = [word.casefold() for word in words if len(word) >= 2][:6]
    named: dict[int, list[Attachment]] = {}
    for row in files:
        if any(word in row.name.casefold() for word in wanted):
            named.setdefault(row.ticket_id, []).append(row)
    return pieces(said, words), named


@read
def _named(tickets: list[int]) -> QuerySet[Attachment, Attachment]:
    """The files of these tickets that have a name to be found by."""
    rows = Attachment.objects.filter(message__ticket__id__any_of=tickets, is_inline=False, redacted_at=None)
    return rows.select_related("file").annotate(ticket_id=F("message__ticket_id")).order_by("pk")[:MOST_FILES]


@require_GET
@agents_only
def commands(request: HttpRequest) -> HttpResponse:
    """Links for the command bar: views, tickets, people and articles that fit `q`. At most nineteen."""
    typed, agent = request.GET.get("q", "").strip(), agent_of(request)
    wanted = typed.lower()
    views = [view for view in views_of(request) if wanted in view.name_in(language_of(request)).lower()]
    tickets, people, articles = [], [], []
    if len(wanted) >= 2:
        try:
            tickets = find_tickets(typed, agent=agent, limit=5).tickets
        except ConditionInvalid:
            tickets = []
        people = find_people(typed, agent=agent, limit=4)
        articles = _articles(typed, language_of(request))
    found = {"views": views[:6], "tickets": tickets, "people": people, "articles": articles}
    return page(request, "console/parts/commands.html", found)


def _articles(typed: str, language: str) -> list[Translation]:
    """Articles with these words in a title, each once: in the reader's language where it is found there. One query."""
    rows = Translation.objects.filter(article__archived_at=None, title__icontains=typed).order_by(
        "title", "pk"
    )
    found: dict[int, Translation] = {}
    for row in rows[:40]:
        if row.article_id not in found or row.language == language:
            found[row.article_id] = row
    return list(found.values())[:4]


@require_GET
@agents_only
def people(request: HttpRequest) -> HttpResponse:
    """Colleagues and teams for @ in a note: JSON [{id, label, hint}]."""
    typed = request.GET.get("q", "").strip()
    agents = Agent.objects.active().filter(name__istartswith=typed).by_name()[:8]
    teams = Team.objects.filter(archived_at=None, name__istartswith=typed)[:4]
    rows = [{"id": f"agent:{row.pk}", "label": row.name, "hint": row.job_title} for row in agents]
    rows += [{"id": f"team:{row.pk}", "label": row.name, "hint": ""} for row in teams]
    return JsonResponse(rows, safe=False)
