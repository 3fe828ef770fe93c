"""What a question to the assistant is made of: the ticket's letters, the draft, published articles that were found."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.assistant.errors import NothingToDo
from tugon.assistant.kinds import OF_A_DRAFT, Task
from tugon.assistant.operations import Given
from tugon.assistant.prompts import Article, Letter, Material
from tugon.helpcenter import languages
from tugon.helpcenter.models import Translation, Visibility
from tugon.helpcenter.readers import Reader
from tugon.helpcenter.rendering import rendered
from tugon.lib.html import sanitise, to_text
from tugon.search.knowledge.suggesting import suggest
from tugon.tickets.models import Message, Ticket

from ..knowledge.choices import address_of

MOST_LETTERS, MOST_ARTICLES = 30, 4
_NAMES = {"en": "English", "fil": "Filipino (Tagalog)"}


def gathered(ticket: Ticket, task: str, *, agent: Agent, html: str, language: str) -> Given:
    """Everything for one question. html: what stands in the composer. language: of the answer where one was chosen.

    Raises NothingToDo in words. About eight queries.
    """
    rows = _rows(ticket)
    draft = to_text(sanitise(html)).strip() if task in OF_A_DRAFT else ""
    letters = _letters(rows, task)
    if task in OF_A_DRAFT and not draft:
        raise NothingToDo(what=_("write a draft first."))
    if task not in OF_A_DRAFT and not any(one.who == "customer" for one in letters):
        raise NothingToDo(what=_("the customer has not written anything."))
    articles = _articles(ticket, letters) if task == Task.DRAFT else []
    if task == Task.DRAFT and not articles:
        raise NothingToDo(what=_("no published article answers this."))
    spoken = language or _spoken(ticket, task, agent)
    numbered = list(enumerate(articles, 1))
    return Given(
        material=Material(
            language=_NAMES.get(spoken) or str(dict(settings.LANGUAGES).get(spoken, "English")),
            subject=ticket.subject if task in (Task.DRAFT, Task.SUMMARY) else "",
            letters=letters,
            draft=draft,
            articles=[Article(number, row.title, _text(row)) for number, row in numbered],
        ),
        language=spoken,
        people=_people(ticket, rows),
        known=_known(ticket),
        articles=[
            {"number": number, "title": row.title, "address": address_of(row)} for number, row in numbered
        ],
    )


def _spoken(ticket: Ticket, task: str, agent: Agent) -> str:
    """The customer's language for what goes to the customer, the agent's own for the rest."""
    if task in (Task.SUMMARY, Task.TRANSLATE_MESSAGE):
        return agent.language or languages.offered()[0]
    return ticket.language if languages.known(ticket.language) else languages.offered()[0]


def _rows(ticket: Ticket) -> list[Message]:
    """The newest messages, oldest first, without what machines wrote."""
    rows = Message.objects.filter(ticket=ticket, automatic="", redacted_at=None).select_related("agent")
    return list(rows.order_by("-created_at", "-pk")[:MOST_LETTERS])[::-1]


def _letters(rows: Iterable[Message], task: str) -> list[Letter]:
    kinds = {Message.Kind.INCOMING: "customer", Message.Kind.OUTGOING: "agent"}
    if task == Task.SUMMARY:
        kinds[Message.Kind.NOTE] = "note"
    if task in OF_A_DRAFT:
        kinds = {Message.Kind.INCOMING: "customer"} if task == Task.KINDER else {}
    letters = [Letter(kinds[row.kind], row.body) for row in rows if row.kind in kinds and row.body.strip()]  # type: ignore[index]
    return letters[-1:] if task in (Task.TRANSLATE_MESSAGE, Task.KINDER) else letters


def _articles(ticket: Ticket, letters: list[Letter]) -> list[Translation]:
    """Published ones that the customer may be shown, best first. At most three queries."""
    said = next((one.text for one in reversed(letters) if one.who == "customer"), "")
    language = ticket.language if languages.known(ticket.language) else languages.offered()[0]
    found = suggest(
        f"{ticket.subject}\n{said[:600]}", language=language, reader=Reader.agent(), limit=MOST_ARTICLES
    )
    wanted = [(one.object_id, one.language) for one in found if one.kind == "article"]
    rows = (
        Translation.objects.published()
        .exclude(article__visibility=Visibility.AGENTS)
        .filter(article_id__in=[pk for pk, _language in wanted])
        .select_related("article", "published")
    )
    by_place = {(row.article_id, row.language): row for row in rows}
    return [by_place[place] for place in wanted if place in by_place]


def _text(row: Translation) -> str:
    if row.published is None:
        return ""
    return to_text(rendered(row.published, row.language, kind=row.article.kind).html).strip()


def _people(ticket: Ticket, rows: Iterable[Message]) -> list[str]:
    """Names of everybody on the ticket. Two queries."""
    customer = ticket.customer
    names = [customer.name, customer.username, *ticket.participants.values_list("name", flat=True)]
    names += [row.agent.name for row in rows if row.agent]
    if ticket.assignee:
        names.append(ticket.assignee.name)
    return [name for name in dict.fromkeys(names) if name]


def _known(ticket: Ticket) -> list[str]:
    """What we hold to reach the customer by."""
    points = ticket.customer.contact_points.exclude(verified_at=None).values_list("value", flat=True)
    return [*points]
