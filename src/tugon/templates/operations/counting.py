"""What became of what was put in: it left, changed or not; the ticket was solved, opened again, rated."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets.models import Message, Ticket

from ..distance import change
from ..events import TemplateUsed, TemplateUseWithdrawn
from ..models import Use

LEAST_KEPT = 0.2
"""An answer that keeps less of a template's words was written without it."""
WAITS = timedelta(days=30)
"""A template put into a draft that nobody sent is forgotten after this."""
UNSENT = timedelta(days=1)
"""A request that is not begun yet keeps what was put into it this long."""
OUTCOMES = timedelta(days=90)


@transaction.atomic
def count_sent(message: Message, *, by: Actor) -> list[Use]:
    """The answer is sent: what the writer had put in and left in counts as used. One query where nothing was put in."""
    waiting = Use.objects.filter(agent=message.agent, sent_at=None).filter(
        Q(ticket_id=message.ticket_id) | Q(ticket=None, inserted_at__gt=now() - UNSENT)
    )
    used = []
    for use in waiting.select_related("version__translation").order_by("pk"):
        became = change(use.text, message.body)
        if became.kept < LEAST_KEPT:
            if use.ticket_id is not None:
                use.delete()
            continue
        use.ticket_id, use.message, use.sent_at = message.ticket_id, message, message.created_at
        use.edit_share = round(became.edited, 4)
        use.save(update_fields=["ticket_id", "message", "sent_at", "edit_share"])
        record(_used(use, message), by=by)
        used.append(use)
    return used


@transaction.atomic
def take_back(ticket_id: int, *, by: Actor) -> None:
    """An answer of the ticket was taken back before it left: what it used waits in the draft again."""
    rows = Use.objects.filter(ticket_id=ticket_id, message=None, sent_at__isnull=False)
    for use in rows.select_related("version__translation"):
        use.sent_at = use.edit_share = use.solved_at = None
        use.save(update_fields=["sent_at", "edit_share", "solved_at"])
        fact = TemplateUseWithdrawn(
            template_id=use.version.translation.template_id, version_id=use.version_id, ticket_id=ticket_id
        )
        record(fact, by=by)


def mark_solved(ticket_id: int, *, at: datetime) -> None:
    """A repeat does nothing."""
    _sent(ticket_id).filter(solved_at=None).update(solved_at=at)


def mark_reopened(ticket_id: int, *, at: datetime) -> None:
    """It was solved and is not any more. A repeat does nothing."""
    _sent(ticket_id).filter(solved_at__isnull=False, reopened_at=None).update(reopened_at=at)


def mark_rated(ticket_id: int, *, score: int) -> None:
    """The newest rating counts."""
    _sent(ticket_id).update(score=score)


def move(message_ids: tuple[int, ...], *, to: int) -> None:
    """Messages went to another ticket: what they used goes with them."""
    Use.objects.filter(message_id__in=message_ids).update(ticket_id=to)


def refresh_outcomes() -> int:
    """Put right what reactions missed, of answers of the last 90 days. Returns how many rows changed."""
    recent = Use.objects.filter(sent_at__gt=now() - OUTCOMES, message__isnull=False)
    elsewhere = recent.exclude(message__ticket_id=F("ticket_id"))
    moved = elsewhere.update(
        ticket_id=Subquery(Message.objects.filter(pk=OuterRef("message_id")).values("ticket_id")[:1])
    )
    late = recent.filter(solved_at=None, ticket__solved_at__gte=F("sent_at"))
    solved = late.update(
        solved_at=Subquery(Ticket.objects.filter(pk=OuterRef("ticket_id")).values("solved_at")[:1])
    )
    return moved + solved


def forget_texts() -> int:
    """Words that were filled are forgotten once their answer is out of reach, drafts that nobody sent after 30 days."""
    forgotten = Use.objects.filter(sent_at__lt=now() - UNSENT).exclude(text="").update(text="")
    dropped, _rows = Use.objects.filter(sent_at=None, inserted_at__lt=now() - WAITS).delete()
    return forgotten + dropped


def _sent(ticket_id: int) -> QuerySet[Use]:
    return Use.objects.filter(ticket_id=ticket_id, sent_at__isnull=False)


def _used(use: Use, message: Message) -> TemplateUsed:
    return TemplateUsed(
        template_id=use.version.translation.template_id,
        version_id=use.version_id,
        ticket_id=message.ticket_id,
        message_id=message.pk,
        language=use.language,
        edit_share=use.edit_share or 0.0,
    )
