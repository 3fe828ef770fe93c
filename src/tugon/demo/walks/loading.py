"""Draws and publishes the troubleshooters, then lets a month of people walk them: the same every time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tugon.accounts.models import Agent
from tugon.customers.models import Audience, Customer
from tugon.events.actors import SYSTEM
from tugon.helpcenter.models import Article
from tugon.intake.submissions import CARRIED
from tugon.lib.clock import standing_at
from tugon.portal.identity import Visitor
from tugon.portal.troubleshooters.carrying import carried_walk
from tugon.tickets.models import Ticket
from tugon.troubleshooters import operations
from tugon.troubleshooters.graph import Node, Outcome, read
from tugon.troubleshooters.handlers import WALK
from tugon.troubleshooters.models import Troubleshooter, Walk
from tugon.troubleshooters.walking import steps_left

HERE = Path(__file__).parent
AUTHOR = "rafael"  # leads, so he may draw; who keeps each is another matter
DRAWN: dict[str, tuple[str, tuple[str, ...], int]] = {
    "cannot-sign-in": ("tomas", (), 46),
    "video-will-not-play": ("tomas", ("members",), 48),
    "payment-or-charge": ("carmela", ("members",), 34),
    "upload-fails": ("joaquin", ("creators", "studios"), 26),
}
"""Slug, also of the file that holds the graph → owner, whom it is for, how many walk it in a month."""

ABOUT = {
    "cannot-sign-in": ("sign-in", "security"),
    "video-will-not-play": ("playback", "tv"),
    "payment-or-charge": ("billing", "refund"),
    "upload-fails": ("upload", "studio"),
}
"""Slug → tags of tickets that may have come from it."""

DEVICES = (
    ("android", "chrome", "phone", 5), ("ios", "safari", "phone", 3), ("windows", "chrome", "computer", 4),
    ("macos", "safari", "computer", 1), ("windows", "firefox", "computer", 1), ("android", "app", "phone", 1),
)  # fmt: skip


def furnish_walks(agents: dict[str, Agent], *, today: datetime) -> list[Troubleshooter]:
    """The four, published some weeks ago. Needs the articles; where one is missing its end leads to the form."""
    ids = dict(Article.objects.present().values_list("key", "pk"))
    made = []
    for place, (slug, (owner, audiences, _many)) in enumerate(DRAWN.items()):
        with standing_at(today - timedelta(days=44 - 3 * place)):
            by = agents[AUTHOR].actor
            graph = read(with_articles(drawn(slug), ids))
            row = operations.create(titles=dict(graph.titles), slug=slug, graph=graph, by=by)
            row = operations.change(
                row,
                slug=slug,
                visibility=row.visibility,
                audiences=Audience.objects.filter(key__in=audiences),
                owner=agents[owner],
                by=by,
            )
            operations.publish(row, note="First version, after the tickets of the last months.", by=by)
        made.append(Troubleshooter.objects.get(pk=row.pk))
    return made


def live_walks(rows: Iterable[Troubleshooter], customers: list[Customer], *, today: datetime) -> int:
    """People of the last 30 days, some of whose walks became tickets that stand there already. Returns how many."""
    walked = 0
    for row in rows:
        rng = Random(f"walks {row.slug}")  # noqa: S311
        tickets = _tickets(row.slug, today)
        for number in range(DRAWN[row.slug][2]):
            ticket = tickets.pop() if tickets and number % 6 == 2 else None
            moment = (
                ticket.created_at - timedelta(minutes=rng.randint(4, 30)) if ticket else _moment(rng, today)
            )
            customer = ticket.customer if ticket else (rng.choice(customers) if rng.random() < 0.4 else None)
            walk = _walk(row, customer, rng, moment, writes=ticket is not None)
            if ticket is not None:
                with standing_at(ticket.created_at):
                    operations.attach(walk, ticket.pk, by=SYSTEM)
                _carry(ticket, walk)
            walked += 1
    operations.mark_left()
    return walked


def _carry(ticket: Ticket, walk: Walk) -> None:
    """What the form would have kept with the ticket."""
    told = carried_walk(walk.token, Visitor(None), "en")
    if told is not None:
        kept = {"kind": WALK, "value": walk.token, "title": told.title, "lines": told.lines, "url": told.url}
        Ticket.objects.filter(pk=ticket.pk).update(context={**ticket.context, CARRIED: [kept]})


def drawn(slug: str) -> dict[str, Any]:
    """The graph as the file holds it: an end that leads to an article names its key."""
    found: dict[str, Any] = json.loads((HERE / f"{slug}.json").read_text(encoding="utf-8"))
    return found


def with_articles(data: dict[str, Any], ids: Mapping[str, int]) -> dict[str, Any]:
    """The graph with articles by id. An end whose article is not there leads to the form instead."""
    nodes = []
    for node in data["nodes"]:
        key = node.get("article")
        if key is not None:
            node = {name: value for name, value in node.items() if name != "article"}
            node |= {"article": ids[key]} if key in ids else {"outcome": "ticket"}
        nodes.append(node)
    return {**data, "nodes": nodes}


def _walk(
    row: Troubleshooter, customer: Customer | None, rng: Random, moment: datetime, *, writes: bool
) -> Walk:
    """One person's way: most go on, some leave, who writes later does not end solved."""
    system, browser, screen = rng.choices([one[:3] for one in DEVICES], weights=[one[3] for one in DEVICES])[
        0
    ]
    language = (customer.language if customer else "") or rng.choice(["en", "en", "fil"])
    facts = {
        "system": system,
        "browser": browser,
        "screen": screen,
        "signed_in": "yes" if customer else "no",
        "audience": customer.audience.key if customer and customer.audience else "",
        "plan": customer.plan.key if customer and customer.plan else "",
        "language": language,
    }
    with standing_at(moment):
        walk = operations.begin(
            row,
            language=language if language in ("en", "fil") else "en",
            facts=facts,
            customer=customer,
            by=SYSTEM,
        )
    patience = rng.random()
    while not walk.ended_at and len(walk.answers) < 14:
        if walk.answers and not writes and rng.random() < 0.05 + 0.06 * (patience < 0.4):
            break
        moment += timedelta(seconds=rng.randint(12, 160))
        with standing_at(moment):
            key = _choice(walk, rng, writes=writes)
            walk = operations.answer(walk, at_step=len(walk.answers), key=key, by=SYSTEM)
    return walk


def _choice(walk: Walk, rng: Random, *, writes: bool) -> str:
    node = walk.place().node
    assert node is not None
    graph = walk.version.graph
    if writes:  # towards an end that is no solution
        open_ways = [way for way in node.ways if not _solves(graph.nodes[way.to])]
        return min(
            open_ways or node.ways, key=lambda way: (steps_left(graph, way.to, walk.facts), rng.random())
        ).key
    weights = [
        {"helped": 3, "not_helped": 4, "not_possible": 1, "unsure": 1}.get(way.key, 3) for way in node.ways
    ]
    return rng.choices([way.key for way in node.ways], weights=weights)[0]


def _solves(node: Node) -> bool:
    return node.is_end and node.outcome is Outcome.SOLVED


def _moment(rng: Random, today: datetime) -> datetime:
    """In the last 30 days, more by day than by night (Manila is eight hours ahead of UTC)."""
    day = today - timedelta(days=rng.randint(0, 29))
    hour = rng.choices(range(24), weights=[6 if 0 <= one <= 15 else 1 for one in range(24)])[0]
    moment = day.replace(hour=hour, minute=rng.randint(0, 59), second=rng.randint(0, 59), microsecond=0)
    return min(moment, today - timedelta(minutes=rng.randint(20, 200)))


def _tickets(slug: str, today: datetime) -> list[Ticket]:
    """Requests of the last 30 days that may have come from this troubleshooter, the oldest last."""
    rows = Ticket.objects.filter(created_at__gte=today - timedelta(days=30), is_spam=False, merged_into=None)
    tags = set(ABOUT[slug])
    rows = rows.select_related("customer__audience", "customer__plan").order_by("-created_at", "-pk")
    return [row for row in rows if tags & set(row.tags)][:8]
