"""What a level does to a ticket raised to it. Runs in the transaction that raises; the ticket is locked.

Whoever raises need not hold the permissions behind each effect: the administrator who set the level up decided that.
"""

from django.utils import translation
from django.utils.translation import gettext as _

from tugon.company import settings as company
from tugon.events.actors import Actor, ActorKind
from tugon.tickets.models import Ticket
from tugon.tickets.operations import NewMessage, add_note, transfer
from tugon.tickets.prioritising import prioritise

from . import letters
from .models import Escalation, Level


def follow(row: Escalation, ticket: Ticket, *, by: Actor) -> None:
    """Do all that the level of this escalation says, in the order in which people would."""
    level = row.level
    own = acting(level)
    if row.note:
        add_note(ticket, NewMessage(body=row.note), by=by if _may_note(by) else own)
    if level.raises_to and ticket.priority < level.raises_to:
        prioritise(ticket, level.raises_to, by=own, reason=_why(level))
    if level.team is not None and not level.team.archived_at and ticket.team_id != level.team_id:
        transfer(ticket, to=level.team, by=own)
    if level.rota is not None:
        from .operations.paging import page

        page(ticket, level.rota, level=level, by=own)
    if level.department is not None and not level.department.archived_at:
        _ask(row, ticket, own)
    if level.tells_customer:
        letters.tell_customer(ticket, level, by=own)


def acting(level: Level) -> Actor:
    """Tugon, on the word of this level."""
    name = level.name_in(company.get("language"))
    return Actor(ActorKind.SYSTEM, via=f"escalation: {name}"[:120])


def _why(level: Level) -> str:
    language = company.get("language")
    with translation.override(language):
        return _("Escalated to “{level}”").format(level=level.name_in(language))


def _ask(row: Escalation, ticket: Ticket, own: Actor) -> None:
    """Ask the level's department once: where a question to it is open already, that one stands."""
    from .models import Inquiry
    from .operations.asking import ask

    level, department = row.level, row.level.department
    if department is None:
        return
    is_open = Inquiry.objects.filter(
        ticket=ticket, department=department, state__in=[Inquiry.State.ASKED, Inquiry.State.OVERDUE]
    )
    if not is_open.exists():
        ask(
            ticket,
            department,
            message=letters.question(level, department, ticket, note=row.note),
            quotes=letters.newest_said(ticket),
            waits=False,
            by=own,
        )


def _may_note(by: Actor) -> bool:
    return by.kind is not ActorKind.AGENT or bool(by.subject and by.subject.may("ticket.note"))
