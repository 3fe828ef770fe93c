"""Raising a ticket to a level and lowering it again, each with its reason."""

from django.db import transaction

from tugon.accounts.models import Membership
from tugon.accounts.policies import require as require_permission
from tugon.events.actors import Actor, ActorKind
from tugon.events.operations import record
from tugon.lib.clock import now
from tugon.tickets import policies
from tugon.tickets.models import Ticket
from tugon.tickets.models.state import DONE

from .. import effects
from ..errors import AlreadyHigher, CannotEscalate, LevelArchived, NotEscalated, ReasonMissing
from ..events import TicketDeescalated, TicketEscalated
from ..models import Escalation, Level, Standing
from ..words import REASONS_NOT, level_name

PERMISSION = "ticket.escalate"


@transaction.atomic
def escalate(
    ticket: Ticket, level: Level, *, reason: str = "", note: str = "", by: Actor, how: str = ""
) -> Escalation:
    """Raise the ticket to a level, and do what the level says: priority, team with the hand-over note, people told and
    paged, a department asked, a letter to the customer.

    A repeat returns the escalation that stands. From a lower level it is raised further; rules and criteria never lower
    it, they leave a higher level as it is. reason: required of people. how: `Escalation.How`, by the actor's kind if
    empty. Raises NotAllowed, TicketNotVisible, TicketIsMerged, ReasonMissing, AlreadyHigher, LevelArchived,
    CannotEscalate.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "view", ticket)
    require_permission(by, PERMISSION)
    standing, _created = Standing.objects.select_for_update().get_or_create(ticket=ticket)
    current = (
        Escalation.objects.select_related("level").filter(ticket=ticket, ended_at=None).first()
        if standing.level_id
        else None
    )
    if current is not None and current.level_id == level.pk:
        return current
    is_hand = by.kind is ActorKind.AGENT
    if current is not None and current.level.position > level.position:
        if is_hand:
            raise AlreadyHigher(number=ticket.pk, level=level_name(current.level))
        return current
    _require_possible(ticket, level, reason, is_hand=is_hand)
    if current is not None:
        _end(current, Escalation.End.RAISED, by=by)
    row = Escalation.objects.create(
        ticket=ticket,
        level=level,
        how=how or (Escalation.How.HAND if is_hand else Escalation.How.RULE),
        reason=reason.strip(),
        note=note.strip(),
        agent=by.subject if is_hand else None,
        via=by.via[:120],
        at=now(),
    )
    standing.level, standing.escalation = level, row
    standing.quiet_since = standing.quiet_due_at = None
    standing.save(update_fields=["level", "escalation", "quiet_since", "quiet_due_at"])
    fact = TicketEscalated(
        ticket_id=ticket.pk,
        escalation_id=row.pk,
        level_id=level.pk,
        from_level_id=current.level_id if current else None,
        how=row.how,
        told_ids=_told(level, level.team_id or ticket.team_id),
    )
    record(fact, by=by)
    effects.follow(row, ticket, by=by)
    return row


@transaction.atomic
def de_escalate(ticket: Ticket, *, reason: str, by: Actor, to: Level | None = None) -> Escalation | None:
    """Lower the ticket: to no level, or to a lower one (whose effects do not run again). Pages for it end.

    Criteria that are true now raise it again only after the customer wrote, or another promise holds. Returns the
    escalation that holds then. Raises NotAllowed, TicketNotVisible, NotEscalated, ReasonMissing, CannotEscalate.
    """
    ticket = Ticket.objects.locked(ticket.pk)
    policies.require(by, "view", ticket)
    require_permission(by, PERMISSION)
    if by.kind is ActorKind.AGENT and not reason.strip():
        raise ReasonMissing
    current = (
        Escalation.objects.select_for_update(of=("self",))
        .select_related("level")
        .filter(ticket=ticket, ended_at=None)
        .first()
    )
    if current is None:
        raise NotEscalated(number=ticket.pk)
    if to is not None and to.position >= current.level.position:
        raise CannotEscalate(
            number=ticket.pk, reason=str(REASONS_NOT["not_lower"]).format(level=level_name(to))
        )
    row = _lowered(current, to, Escalation.End.LOWERED, reason, by=by)
    Standing.objects.filter(ticket=ticket).update(quiet_since=now(), quiet_due_at=ticket.due_at)
    return row


@transaction.atomic
def end_with(ticket_id: int, end: str, *, by: Actor) -> None:
    """The ticket is solved, merged or spam: nothing is escalated any more. A ticket at no level stays as it is."""
    current = (
        Escalation.objects.select_for_update(of=("self",))
        .select_related("level")
        .filter(ticket=ticket_id, ended_at=None)
        .first()
    )
    if current is not None:
        _lowered(current, None, end, "", by=by)


def _lowered(current: Escalation, to: Level | None, end: str, reason: str, *, by: Actor) -> Escalation | None:
    from .paging import end_pages

    _end(current, end, by=by, reason=reason)
    row = None
    if to is not None:
        row = Escalation.objects.create(
            ticket_id=current.ticket_id,
            level=to,
            how=Escalation.How.HAND,
            reason=reason.strip(),
            agent=by.subject if by.kind is ActorKind.AGENT else None,
            at=now(),
        )
    Standing.objects.filter(ticket=current.ticket_id).update(level=to, escalation=row)
    end_pages(current.ticket_id)
    fact = TicketDeescalated(
        ticket_id=current.ticket_id,
        escalation_id=current.pk,
        level_id=current.level_id,
        to_level_id=to.pk if to else None,
        how=end,
    )
    record(fact, by=by)
    return row


def _require_possible(ticket: Ticket, level: Level, reason: str, *, is_hand: bool) -> None:
    if is_hand and not reason.strip():
        raise ReasonMissing
    if level.archived_at:
        raise LevelArchived(level=level_name(level))
    if ticket.merged_into_id:
        raise CannotEscalate(number=ticket.pk, reason=REASONS_NOT["merged"])
    if ticket.status in DONE:
        raise CannotEscalate(number=ticket.pk, reason=REASONS_NOT["done"])
    if ticket.is_spam:
        raise CannotEscalate(number=ticket.pk, reason=REASONS_NOT["spam"])


def _end(row: Escalation, end: str, *, by: Actor, reason: str = "") -> None:
    row.ended_at, row.end, row.end_reason = now(), end, reason.strip()
    row.ended_by = by.subject if by.kind is ActorKind.AGENT else None
    row.save(update_fields=["ended_at", "end", "end_reason", "ended_by"])


def _told(level: Level, team_id: int | None) -> tuple[int, ...]:
    """The level's people, and who leads the team that has the ticket now. Two queries at most."""
    people = set(level.people.values_list("pk", flat=True))
    if level.tells_leads and team_id:
        leads = Membership.objects.filter(team=team_id, leads=True)
        people |= set(leads.values_list("agent_id", flat=True))
    return tuple(sorted(people))
