"""Which levels a ticket calls for by itself: one ticket by its fields, all by indexed pages for the minute's look."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.database.reading import read
from tugon.lib.clock import now
from tugon.lib.errors import DomainError
from tugon.lib.remember import remembered
from tugon.tickets import conditions
from tugon.tickets.models import Ticket

from .models import Level, Standing

logger = logging.getLogger(__name__)

PAGE = 200
_GRANTED = ("status", "waiting_for")
"""Only open tickets are raised."""


class Automatic(NamedTuple):
    """A level that raises tickets by itself."""

    pk: int
    position: int
    tree: conditions.Group


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
        if conditions.fields_in(tree):
            found.append(Automatic(level.pk, level.position, tree))
    return tuple(found)


def called_for(ticket_id: int) -> int | None:
    """The highest level that this ticket calls for now and does not have yet, or None. One statement and what the
    criteria ask about beyond the ticket's own row; none where no level raises by itself.
    """
    levels = automatic_levels()
    rows = _one(ticket_id).rows() if levels else []
    if not rows or not _may_be_raised(rows[0]):
        return None
    ticket, moment = rows[0], now()
    stands = _standing(ticket)
    position = stands.level.position if stands and stands.level else 0
    asked = _Fields(ticket)
    for one in levels:
        if one.position <= position:
            return None
        if conditions.matches(one.tree, asked, moment):
            return one.pk
    return None


@read
def _one(ticket_id: int) -> QuerySet[Ticket, Ticket]:
    beside = ("customer", "channel", "standing__level", "reading", "assessment")
    return Ticket.objects.filter(pk=ticket_id).select_related(*beside)


class _Fields(dict[str, Any]):
    """A ticket's fields, each read when it is first asked for."""

    def __init__(self, ticket: Ticket) -> None:
        super().__init__()
        self._ticket = ticket

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]

    def __missing__(self, name: str) -> Any:
        self[name] = conditions.value_of(self._ticket, name)
        return self[name]


def _standing(ticket: Ticket) -> Standing | None:
    return getattr(ticket, "standing", None)


def _may_be_raised(ticket: Ticket) -> bool:
    """As `_open_tickets` says it to the database."""
    if not ticket.is_active or ticket.is_spam or ticket.merged_into_id is not None:
        return False
    stands = _standing(ticket)
    if stands is None or stands.quiet_since is None:
        return True
    said = ticket.last_customer_at is not None and ticket.last_customer_at > stands.quiet_since
    return said or ticket.due_at != stands.quiet_due_at


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


def reason(level: Level, ticket_id: int) -> str:
    """Of the level's criteria what holds of this ticket now, as a sentence in the company's language: of alternatives
    only those that are so, and nothing that goes without saying.
    """
    rows = _one(ticket_id).rows()
    try:
        tree = conditions.resolve(level.criteria)
    except DomainError:
        rows = []
    if not rows:
        return in_words(level)
    asked, moment = _Fields(rows[0]), now()
    held = conditions.Group(
        tuple(one for one in tree.all if not isinstance(one, conditions.Leaf) or one.field not in _GRANTED),
        tuple(one for one in tree.any if conditions.matches(conditions.Group((one,), (), ()), asked, moment)),
        (),
    )
    if not held.all and not held.any:
        return in_words(level)
    return conditions.describe(held, company.get("language"))


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
