"""What the coach knows of a ticket: one statement, and one more where the draft links to articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tugon.accounts.models import Agent
from tugon.coaching import articles, settings
from tugon.coaching.contexts import Against, Context, Kind, Mode
from tugon.coaching.drafts import Draft
from tugon.coaching.models import Answer
from tugon.coaching.remarking import coach
from tugon.coaching.remarks import Remark
from tugon.company import settings as company
from tugon.database.reading import Asked, read
from tugon.facts import contradictions
from tugon.facts.wording import locale_of
from tugon.helpcenter import addresses, linking
from tugon.helpcenter.models import BrokenLink, Translation
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket
from tugon.understanding.models import TicketReading
from tugon.understanding.reading.steps import name_of

from .understood import reading_of

NEWEST = 12
"""Messages that are looked at: what the customer wrote since our last answer is among them."""


@read
def _said(ticket: int) -> QuerySet[Message, tuple[Any, ...]]:
    rows = Message.objects.filter(ticket=ticket, automatic="").exclude(kind=Message.Kind.NOTE)
    return rows.order_by("-created_at", "-pk").values_list("kind", "body")[:NEWEST]


@read
def _answers(ticket: int, agent: int) -> QuerySet[Answer, tuple[Any, ...]]:
    return Answer.objects.filter(ticket=ticket, agent=agent).values_list("mark", "did")


def coach_reads(ticket: Ticket, agent: Agent) -> Mapping[str, Asked[Any]]:
    """What was said last, what this agent answered to remarks, and how the customer was read."""
    return {
        "coach_said": _said(ticket.pk),
        "coach_answers": _answers(ticket.pk, agent.pk),
        "reading": reading_of(ticket.pk),
    }


def context_of(
    ticket: Ticket, agent: Agent, draft: Draft, found: Mapping[str, list[Any]], *, stays_open: bool = True
) -> Context:
    """Of the rows that `coach_reads` gave. At most two queries, none where the draft links nowhere."""
    new, old, is_first = _parted(found["coach_said"])
    reading: TicketReading | None = next(iter(found["reading"]), None)
    modes = settings.choices().modes(audience_id=ticket.audience_id, team_id=ticket.team_id)
    name = ticket.customer.name or str(ticket.context.get("name", ""))
    return Context(
        customer_name=name,
        agent_name=agent.name,
        language=ticket.language or ticket.customer.language,
        customer_words=new,
        earlier=old,
        mood=reading.mood if reading is not None else None,
        tried=_tried(reading),
        stays_open=stays_open,
        is_first=is_first,
        next_at=_promised(ticket),
        contradictions=contradictions.find,  # type: ignore[arg-type]
        articles=articles.contradictions,
        dead=_verdicts(draft),
        needs_sources=modes["no_source"] is not Mode.OFF,
        longest_sentence=settings.longest_sentence(),
        modes=modes,
        **settings.words(),
    )


def remarks_on(html: str, *, kind: Kind, language: str) -> list[Remark]:
    """Of a template's or an article's words: what needs no customer. One or two queries where it links somewhere."""
    draft = Draft.of_html(html)
    known = Context(
        kind=kind,
        language=language,
        contradictions=contradictions.find,  # type: ignore[arg-type]
        articles=articles.contradictions if kind is not Kind.ARTICLE else _nothing,
        dead=_verdicts(draft),
        longest_sentence=settings.longest_sentence(),
        modes=settings.choices().everyone,
        **settings.words(),
    )
    return coach(draft, known)


def _nothing(_text: str, _language: str) -> list[Against]:
    """An article is not held against itself."""
    return []


def _parted(rows: list[tuple[str, str]]) -> tuple[str, str, bool]:
    """(what the customer wrote since our last answer, what they wrote before, whether nobody answered yet)."""
    new: list[str] = []
    old: list[str] = []
    answered = False
    for kind, body in rows:
        if kind == Message.Kind.OUTGOING:
            answered = True
        else:
            (old if answered else new).append(body)
    return "\n\n".join(reversed(new)), "\n\n".join(reversed(old)), not answered


def _tried(reading: TicketReading | None) -> tuple[str, ...]:
    if reading is None:
        return ()
    named = [name_of(step, language) for step in reading.tried for language in ("en", "fil")]
    return tuple(dict.fromkeys(named))


def _promised(ticket: Ticket) -> str:
    """The moment that we owe anyway, in the customer's words; empty where there is none to come."""
    if ticket.due_at is None or ticket.due_at <= now():
        return ""
    there = ticket.due_at.astimezone(ZoneInfo(company.get("zone")))
    return dates.format_date(there.date(), "EEEE, MMMM d", locale=locale_of(ticket.language or "en"))


def _verdicts(draft: Draft) -> Any:
    """Why an address leads nowhere, as far as we know without asking anybody."""
    hosts = tuple(host.lower() for host in linking._hosts())
    named = {link.href: addresses.language_and_slug(link.href, hosts) for link in draft.links}
    pairs = {found[:2] for found in named.values() if found}
    outside = [href for href, found in named.items() if not found and href.startswith("http")]
    there = _published(pairs) if pairs else set()
    silent = (
        set(BrokenLink.objects.filter(href__in=outside).values_list("href", flat=True)) if outside else set()
    )

    def dead(href: str) -> str:
        found = named.get(href)
        if found and found[:2] not in there:
            return _("there is no such article, or it is not published")
        return _("the site does not answer") if href in silent else ""

    return dead


def _published(pairs: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the addresses, old ones too, that lead to a published article."""
    keys = linking.keys_of_addresses(pairs)
    rows = Translation.objects.published().filter(article__key__in=set(keys.values()))
    alive = set(rows.values_list("article__key", flat=True))
    return {pair for pair, key in keys.items() if key in alive}
