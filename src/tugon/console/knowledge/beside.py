"""The help center beside a ticket: what may answer it, what solved the like, and an article from its solution."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tugon.events.actors import Actor
from tugon.helpcenter import drafting, languages, operations
from tugon.helpcenter.drafting import Beginning, Resolution
from tugon.helpcenter.models import Article, ArticleTicket, Section, Translation
from tugon.helpcenter.readers import Reader
from tugon.lib.errors import DomainError
from tugon.pages.render import page
from tugon.search.knowledge.suggesting import suggest
from tugon.tickets.models import Message, Ticket

from ..access import agent_of, agents_only, find_ticket, language_of
from . import listing
from .access import WRITE, needs
from .articles import NewArticleForm
from .choices import address_of
from .showing import show
from .similar import similar


@require_GET
@agents_only
def beside(request: HttpRequest, number: int) -> HttpResponse:
    """Loaded after the ticket stands: articles that may answer, the like that was solved, articles it belongs to."""
    ticket, agent = find_ticket(request, number), agent_of(request)
    language = ticket.language if languages.known(ticket.language) else languages.offered()[0]
    found = suggest(_asked(ticket), language=language, reader=Reader.agent(), limit=4)
    rows = Translation.objects.published().select_related("article")
    texts = rows.filter(article_id__in=[one.object_id for one in found if one.kind == "article"])
    by_place = {(row.article_id, row.language): row for row in texts}
    suggested = [
        (one, row, address_of(row)) for one in found if (row := by_place.get((one.object_id, one.language)))
    ]
    linked = list(ArticleTicket.objects.filter(ticket_id=ticket.pk).select_related("article")[:20])
    return page(
        request,
        "console/knowledge/beside.html",
        {
            "ticket": ticket,
            "suggested": suggested,
            "others": [one for one in found if one.kind != "article"],
            "similar": similar(ticket, agent),
            "linked": _named(linked, language_of(request)),
            "may_write": agent.may(WRITE) and ticket.status in ("solved", "closed"),
        },
    )


@require_http_methods(["GET", "POST"])
@needs(WRITE)
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Begin an article from how the ticket was solved, without what is the customer's own; linked both ways."""
    ticket = find_ticket(request, number)
    beginning = begun(ticket)
    language = ticket.language if ticket.language in languages.offered() else languages.offered()[0]
    start = {"title": beginning.title, "kind": beginning.kind, "language": language}
    form = NewArticleForm(request.POST or None, shown_in=language_of(request), initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            row = create(ticket, beginning, form.cleaned_data, by=agent_of(request).actor)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("A draft was begun. Read it for anything personal before you publish it.")
            )
            return redirect("console:article-edit", row.article_id, row.language)
    status = 422 if form.is_bound else 200
    return show(
        request, "from_ticket", at="articles", ticket=ticket, beginning=beginning, form=form, status=status
    )


@transaction.atomic
def create(ticket: Ticket, beginning: Beginning, given: dict[str, str], *, by: Actor) -> Translation:
    """The article, its first draft, and the link to the ticket."""
    row = operations.create_article(
        section=Section.objects.get(pk=int(given["section"])),
        language=given["language"],
        title=given["title"],
        kind=given["kind"],
        body=beginning.body,
        by=by,
    )
    operations.write_draft(row, exact_phrases=beginning.exact_phrases, sources=f"#{ticket.pk}", by=by)
    operations.link_ticket(row.article, ticket_id=ticket.pk, role=ArticleTicket.Role.MADE_FROM, by=by)
    return row


def begun(ticket: Ticket) -> Beginning:
    """The ticket's solution as the beginning of an article. Four queries."""
    solution = ticket.resolutions.first()
    customer = ticket.customer
    points = [point.value for point in customer.contact_points.all()]
    participants = ticket.participants.values_list("name", flat=True)
    names = [customer.name, customer.username, *participants, *(value.partition("@")[0] for value in points)]
    told = Resolution(
        title=ticket.subject,
        symptom=_first_words(ticket),
        cause=solution.cause if solution else "",
        done=(solution.done if solution else "") or _last_answer(ticket),
        prevention=solution.prevention if solution else "",
    )
    return drafting.from_resolution(told, names=[name for name in names if name])


def _asked(ticket: Ticket) -> str:
    return f"{ticket.subject}\n{_first_words(ticket)[:600]}"


def _first_words(ticket: Ticket) -> str:
    first = Message.objects.filter(ticket=ticket, kind=Message.Kind.INCOMING).order_by("pk").first()
    return first.body if first else ""


def _last_answer(ticket: Ticket) -> str:
    """What a person answered last; an acknowledgement solves nothing."""
    answers = Message.objects.filter(ticket=ticket, kind=Message.Kind.OUTGOING, automatic="")
    last = answers.order_by("-pk").first()
    return last.body if last else ""


def _named(links: list[ArticleTicket], language: str) -> list[tuple[Article, str, str]]:
    """(article, title, what it has to do with the ticket), each article once. One query."""
    articles = {link.article_id: link.article for link in links}
    rows = {row.pk: row for row in Article.objects.filter(pk__in=articles).prefetch_related("translations")}
    titles = listing.titles(list(rows.values()), language)
    roles = {link.article_id: link.get_role_display() for link in reversed(links)}
    return [(rows[pk], titles[pk], roles[pk]) for pk in rows]
