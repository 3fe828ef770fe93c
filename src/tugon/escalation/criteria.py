"""Which levels a ticket calls for by itself. One statement for one ticket, and indexed pages for the minute's look."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.lib.remember import remembered
from tugon.tickets import conditions
from tugon.tickets.models import Ticket

from .models import Level

logger = logging.getLogger(__name__)

PAGE = 200
_TEXT = "text"
"""The field that asks the search index, which does not know a message yet while the message is being written."""


class Automatic(NamedTuple):
    """A level that raises tickets by itself."""

    pk: int
    position: int
    tree: conditions.Group
    asks_words: bool


@remembered
def automatic_levels() -> tuple[Automatic, ...]:
    """Levels with criteria, the highest first. One query. Criteria that cannot be read (a field is gone) raise nothing,
    and say so on the level's page.
    """
    found = []
    for level in Level.objects.filter(archived_at=None).exclude(criteria={}).order_by("-position"):
        try:
            tree = conditions.resolve(level.criteria)
        except DomainError as error:
            logger.warning("The criteria of level %s cannot be used: %s", level.pk, error)
            continue
        if fields := conditions.fields_in(tree):
            found.append(Automatic(level.pk, level.position, tree, _TEXT in fields))
    return tuple(found)


def called_for(ticket_id: int) -> int | None:
    """The highest level that this ticket calls for now and does not have yet, or None. One statement, where no level
    asks for words; none where no level raises by itself.
    """
    levels = automatic_levels()
    if not levels:
        return None
    moment = now()
    by_column = [one for one in levels if not one.asks_words]
    columns = {f"calls_{one.pk}": _calls(one, moment) for one in by_column}
    row = (
        _open_tickets()
        .filter(pk=ticket_id)
        .annotate(**columns)
        .values("standing__level__position", *columns)
        .first()
    )
    if row is None:
        return None
    stands = row["standing__level__position"] or 0
    snapshot = None
    for one in levels:
        if one.position <= stands:
            return None
        if not one.asks_words:
            if row[f"calls_{one.pk}"]:
                return one.pk
            continue
        if snapshot is None:
            snapshot = conditions.snapshot(
                Ticket.objects.select_related("customer", "channel").get(pk=ticket_id)
            )
        if conditions.matches(one.tree, snapshot, moment):
            return one.pk
    return None


def all_called_for(moment: datetime) -> Iterator[tuple[int, int]]:
    """(ticket, level) of every ticket that calls for a level above its own, the highest level first; by keyset, so that
    what is raised meanwhile disturbs nothing.
    """
    for one in automatic_levels():
        lower = Q(standing__level=None) | Q(standing__level__position__lt=one.position)
        rows = _open_tickets().filter(lower).filter(conditions.compile(one.tree, agent=None, now=moment))
        last = 0
        while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PAGE]):
            yield from ((pk, one.pk) for pk in ids)
            last = ids[-1]


def in_words(level: Level, language: str = "") -> str:
    """The criteria as a sentence in this language, or why they cannot be used."""
    language = language or company.get("language")
    if not level.criteria:
        with translation.override(language):
            return _("Only by hand and by rules")
    try:
        return conditions.describe(level.criteria, language)
    except DomainError as error:
        return error.message


def _open_tickets() -> QuerySet[Ticket]:
    """Tickets that may be raised: not done, not set aside, and not lowered by hand while nothing new happened."""
    nothing_said = Q(last_customer_at=None) | Q(last_customer_at__lte=F("standing__quiet_since"))
    same_promise = Q(due_at=F("standing__quiet_due_at")) | Q(
        due_at__isnull=True, standing__quiet_due_at__isnull=True
    )
    quiet = Q(standing__quiet_since__isnull=False) & nothing_said & same_promise
    return (
        Ticket.objects.active()
        .filter(merged_into=None)
        .exclude(Case(When(quiet, then=True), default=False, output_field=BooleanField()))
    )


def _calls(one: Automatic, moment: datetime) -> Case:
    query = conditions.compile(one.tree, agent=None, now=moment)
    return Case(When(query, then=True), default=False, output_field=BooleanField())
