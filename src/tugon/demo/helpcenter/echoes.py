"""What a month of readers left behind: views by day, votes with their words, and tickets about the same matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from tugon.customers.models import Customer
from tugon.helpcenter.models import ArticleTicket, DayCount, Translation, Vote
from tugon.tickets.models import Ticket

from .remarks import DEALT_WITH, POOR, POPULAR, REMARKS, TICKETS
from .shelving import Library

DAYS = 30


def counts(library: Library, *, today: datetime) -> None:
    """Views of the last month: more on weekends, less for creators and studios, fewer in Filipino than in English."""
    rng = Random("views")  # noqa: S311 - the same every time
    rows = []
    for place, row in library.translations.items():
        usual = _interest(library, place)
        for back in range(DAYS):
            day = (today - timedelta(days=back)).date()
            views = round(usual * rng.uniform(0.55, 1.35) * (1.25 if day.weekday() >= 5 else 1))
            if views:
                rows.append(
                    DayCount(
                        translation=row,
                        day=day,
                        views=views,
                        from_search=round(views * rng.uniform(0.35, 0.6)),
                    )
                )
    DayCount.objects.bulk_create(rows)


def votes(library: Library, customers: Sequence[Customer], *, today: datetime) -> None:
    """One vote for about thirty views, most of them kind; and words, of which the older ones are dealt with."""
    rng = Random("votes")  # noqa: S311
    rows = list(_silent(library, rng, today)) + list(_said(library, rng, customers, today))
    Vote.objects.bulk_create(rows)


def tickets(library: Library, written: Sequence[tuple[str, Ticket]], *, today: datetime) -> None:
    """Link tickets to the articles about the same matter. written: (key of the conversation, its ticket), by age."""
    rng = Random("tickets")  # noqa: S311
    rows, seen = [], set()
    for thread, ticket in written:
        key = TICKETS.get(thread)
        if key is None:
            continue
        role, share = ArticleTicket.Role.CITED, 0.45
        if key not in seen:
            role, share = ArticleTicket.Role.MADE_FROM, 1.0
        elif ticket.is_active:
            role, share = ArticleTicket.Role.ASKED_AFTER, 0.5
        seen.add(key)
        if rng.random() < share:
            at = min(ticket.created_at + timedelta(hours=rng.uniform(1, 9)), today)
            rows.append(
                ArticleTicket(article=library.articles[key], ticket_id=ticket.pk, role=role, linked_at=at)
            )
    ArticleTicket.objects.bulk_create(rows)


def _interest(library: Library, place: tuple[str, str]) -> float:
    """Views on a usual day."""
    key, language = place
    article = library.articles[key]
    usual = POPULAR.get(key, 6.0 if article.visibility == "public" else 2.0)
    return usual * (1.0 if language == "en" else 0.55)


def _silent(library: Library, rng: Random, today: datetime) -> Iterator[Vote]:
    number = 0
    for place, row in library.translations.items():
        liked = POOR.get(place, rng.uniform(0.78, 0.95))
        for _one in range(round(_interest(library, place) * DAYS / 30 * rng.uniform(0.7, 1.3))):
            number += 1
            yield _vote(row, rng.random() < liked, f"demo{number:060d}", rng.uniform(0, DAYS), today)


def _said(library: Library, rng: Random, customers: Sequence[Customer], today: datetime) -> Iterator[Vote]:
    used: set[tuple[int, int]] = set()
    for number, (key, language, helpful, words) in enumerate(REMARKS):
        row = library.translations[key, language]
        back = DAYS * (1 - (number + 0.5) / len(REMARKS))
        fitting = [one for one in customers if one.language == language]
        customer = rng.choice(fitting) if rng.random() < 0.5 else None
        if customer is None or (row.pk, customer.pk) in used:
            vote = _vote(row, helpful, f"said{number:060d}", back, today)
        else:
            used.add((row.pk, customer.pk))
            vote = _vote(row, helpful, f"customer:{customer.pk}", back, today)
            vote.customer = customer
        vote.comment = words
        if back > 12:
            vote.resolved_at = vote.voted_at + timedelta(days=rng.uniform(0.5, 4))
            vote.resolved_by = library.articles[key].owner
            vote.resolution = DEALT_WITH[helpful][number % len(DEALT_WITH[helpful])]
        yield vote


def _vote(row: Translation, helpful: bool, voter: str, back: float, today: datetime) -> Vote:
    at = today - timedelta(days=back, minutes=7)
    return Vote(translation=row, version=row.published, helpful=helpful, voter=voter, voted_at=at)
