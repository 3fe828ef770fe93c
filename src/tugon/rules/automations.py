"""Automations: what time makes due. Every so many minutes, in pages by ticket number, once per ticket as the rule says.

The conditions choose candidates in the database; each candidate is then locked, weighed again with everything a rule
may
ask, and acted on in a transaction of its own, so that one that fails keeps no other waiting.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Greatest

from tugon.lib.clock import now
from tugon.lib.remember import remembering
from tugon.tickets.conditions import Group, Leaf
from tugon.tickets.conditions import compile as compiled_query
from tugon.tickets.conditions.context import CONTEXT
from tugon.tickets.models import Ticket
from tugon.tickets.querysets import TicketQuerySet

from . import applying
from .compiled import Compiled, rulebook
from .models import Done, Turn
from .planning import plan
from .standing import Happened, of_ticket

logger = logging.getLogger(__name__)

PAGE = 100
MOST_SECONDS = 40.0
"""Of one look at one rule; what is left waits for the next minute."""


def run_due(moment: datetime | None = None) -> dict[int, int]:
    """Look with every automation whose turn it is. Returns rule id → tickets it acted on."""
    at = moment or now()
    rules = {one.rule.pk: one for one in rulebook().by_kind.get("automation", ())}
    due = dict(Turn.objects.filter(rule__in=rules, next_at__lte=at).values_list("rule_id", "next_at"))
    found = {}
    for pk, one in rules.items():
        if pk not in due or not one.definition.is_active(at):
            continue
        with remembering():
            number, is_whole = run(one, at)
        found[pk] = number
        following = at + timedelta(minutes=one.definition.every if is_whole else 1)
        Turn.objects.filter(rule=pk).update(next_at=following, looked_at=at, fitted=number)
    return found


def run(one: Compiled, at: datetime) -> tuple[int, bool]:
    """Act on every ticket that is due. Returns how many, and whether all were reached in the time there is."""
    number, end = 0, time.monotonic() + MOST_SECONDS
    for pk in _numbers(one, at):
        if time.monotonic() > end:
            return number, False
        try:
            number += _acted(one, pk, at)
        except Exception:
            logger.exception("Automation %s failed on #%s", one.rule.pk, pk)
    return number, True


def candidates(one: Compiled, at: datetime) -> TicketQuerySet:
    """Tickets that may be due, as far as the database can tell. Spam and merged ones never."""
    query = compiled_query(widened(one.definition.conditions), agent=None, now=at)
    rows = Ticket.objects.filter(query, is_spam=False, merged_into=None)
    if one.definition.once == "no":
        return rows
    done = Done.objects.filter(rule=one.rule, ticket=OuterRef("pk"))
    if one.definition.once == "turn":
        said = Greatest(OuterRef("last_customer_at"), OuterRef("last_agent_at"), OuterRef("created_at"))
        done = done.filter(at__gte=said)
    return rows.filter(~Exists(done))


def widened(tree: Group, *, negated: bool = False) -> Group:
    """The conditions without what the database cannot answer: fits at least the tickets that the whole does."""
    found: dict[str, tuple] = {}
    for name in ("all", "any", "none"):
        inner = negated if name != "none" else not negated
        found[name] = tuple(_widened_node(node, inner) for node in getattr(tree, name))
    return Group(**found)


def _widened_node(node: Leaf | Group, negated: bool) -> Leaf | Group:
    if isinstance(node, Group):
        return widened(node, negated=negated)
    if node.field not in CONTEXT:
        return node
    # An empty group is true; in a negated place, its opposite is needed, so that nothing is left out.
    return Group(none=(Group(),)) if negated else Group()


def _numbers(one: Compiled, at: datetime) -> Iterator[int]:
    """Numbers of the candidates, oldest first, a page at a time."""
    after = 0
    while True:
        page = list(
            candidates(one, at).filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:PAGE]
        )
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]


@transaction.atomic
def _acted(one: Compiled, pk: int, at: datetime) -> bool:
    """Weigh one ticket again, locked, and act. Whether it fitted."""
    if Ticket.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first() is None:
        return False
    ticket = Ticket.objects.select_related("customer", "channel").get(pk=pk)
    found = plan([one], of_ticket(ticket, Happened(now=at)), now=at)
    if not found.planned:
        return False
    if one.definition.once == "no" and found.planned[0].does_nothing:
        return False
    applying.apply(found, ticket)
    if one.definition.once != "no":
        Done.objects.update_or_create(rule=one.rule, ticket=ticket, defaults={"at": now()})
    return True
