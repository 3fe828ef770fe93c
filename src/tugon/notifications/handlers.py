"""Which agents a fact concerns. Wired in `project/wiring.py`; runs in the fact's transaction."""

from collections.abc import Iterable
from typing import Any

from tugon.accounts.models import Agent, Membership
from tugon.events.models import Event
from tugon.lib.remember import remembered
from tugon.tickets.events import (
    CustomerWrote,
    NoteAdded,
    SolutionRejected,
    TicketAssigned,
    TicketOpened,
    TicketTransferred,
    TicketWoke,
)
from tugon.tickets.models import Ticket

from .deciding import ways
from .operations import tell


def on_assigned(fact: TicketAssigned, event: Event) -> None:
    """Who got the ticket, unless they took it themselves."""
    if fact.to_id:
        tell([fact.to_id], "assigned", event)


def on_note(fact: NoteAdded, event: Event) -> None:
    """Those mentioned first; then the assignee and the followers."""
    in_teams = Membership.objects.filter(team_id__in=fact.mentioned_team_ids).values_list(
        "agent_id", flat=True
    )
    mentioned = {*fact.mentioned_ids, *in_teams}
    tell(mentioned, "mentioned", event, message_id=fact.message_id)
    tell(_concerned(fact.ticket_id) - mentioned, "noted", event, message_id=fact.message_id)


def on_customer_wrote(fact: CustomerWrote, event: Event) -> None:
    """The assignee and the followers; nobody of automatic answers and imports."""
    if not fact.automatic and not fact.is_silent:
        tell(_concerned(fact.ticket_id), "customer_wrote", event, message_id=fact.message_id)


def on_opened(fact: TicketOpened, event: Event) -> None:
    """The team's members who asked to hear of every new ticket."""
    if not fact.is_silent:
        ticket = event.at_hand.get("ticket")
        team_id = ticket.team_id if ticket else _team_of(fact.ticket_id)
        tell(_told_of_new(team_id), "opened", event, message_id=fact.message_id)


def on_transferred(fact: TicketTransferred, event: Event) -> None:
    tell(_members(fact.to_team_id), "transferred", event)


def on_woke(fact: TicketWoke, event: Event) -> None:
    tell(_concerned(fact.ticket_id), "woke", event)


def on_rejected(fact: SolutionRejected, event: Event) -> None:
    tell(_concerned(fact.ticket_id), "rejected", event)


def on_delivery_failed(fact: Any, event: Event) -> None:
    """A letter failed or bounced for good: who wrote it must know. The fact names its ticket in `ticket_id`."""
    if fact.ticket_id:
        tell(_concerned(fact.ticket_id), "failed", event, ticket_id=fact.ticket_id)


def on_rated(fact: Any, event: Event) -> None:
    """Who answered; of a low rating (1 or 2 of 5) also those who lead the ticket's team."""
    leads = _leads(_team_of(fact.ticket_id)) if fact.score <= 2 else ()
    tell({*_concerned(fact.ticket_id), *leads}, "rated", event)


def on_quarantined(fact: Any, event: Event) -> None:
    """Those who may release it."""
    tell(_holding("admin.intake"), "quarantined", event, ticket_id=None)


def on_mail_paused(fact: Any, event: Event) -> None:
    """Those who may look into the ledger for the loop. The fact names the ticket at which the limit was reached."""
    tell(_holding("admin.intake"), "mail_paused", event)


def on_mailbox_failed(fact: Any, event: Event) -> None:
    """Those who may set it right."""
    tell(_holding("admin.channels"), "mailbox_failed", event, ticket_id=None)


def on_mailbox_recovered(fact: Any, event: Event) -> None:
    tell(_holding("admin.channels"), "mailbox_works", event, ticket_id=None)


def on_review_asked(fact: Any, event: Event) -> None:
    """Who is asked to read a draft; where nobody is named, whoever may publish."""
    asked = [fact.reviewer_id] if fact.reviewer_id else _holding("article.publish")
    tell(asked, "review_asked", event, ticket_id=None)


def on_review_answered(fact: Any, event: Event) -> None:
    """Who asked: it is approved, or something should change."""
    tell([fact.asked_by_id], "review_answered", event, ticket_id=None)


def on_template_review_asked(fact: Any, event: Event) -> None:
    """Who is asked to read a template; where nobody is named, whoever may publish them."""
    asked = [fact.reviewer_id] if fact.reviewer_id else _holding("template.publish")
    tell(asked, "template_review", event, ticket_id=None)


def on_template_review_answered(fact: Any, event: Event) -> None:
    """Who asked: it is approved, or something should change."""
    tell([fact.asked_by_id], "template_answer", event, ticket_id=None)


def on_article_voted(fact: Any, event: Event) -> None:
    """The owner, of words beside a "no"."""
    if fact.has_comment and not fact.helpful:
        tell([fact.owner_id], "article_comment", event, ticket_id=None)


def on_alerted(fact: Any, event: Event) -> None:
    """Whom a rule asks to look at the ticket."""
    tell(fact.agent_ids, "rule", event)


def on_promise_at_risk(fact: Any, event: Event) -> None:
    """Who has the ticket; those who lead its team where nobody has."""
    concerned = _concerned(fact.ticket_id)
    tell(concerned or _leads(_team_of(fact.ticket_id)), "at_risk", event)


def on_promise_broken(fact: Any, event: Event) -> None:
    """Who has the ticket, and those who lead its team."""
    tell({*_concerned(fact.ticket_id), *_leads(_team_of(fact.ticket_id))}, "broken", event)


def on_escalated(fact: Any, event: Event) -> None:
    """Who leads, the level's own people, and those who have the ticket."""
    tell({*fact.told_ids, *_concerned(fact.ticket_id)}, "escalated", event)


def on_paged(fact: Any, event: Event) -> None:
    """Who is on call now."""
    tell([fact.agent_id], "paged", event)


def on_page_unanswered(fact: Any, event: Event) -> None:
    """Those who may change who is on call."""
    tell(fact.told_ids, "page_unanswered", event)


def on_outside_answered(fact: Any, event: Event) -> None:
    """Who asked, and those who have the ticket; not of what machines answer."""
    if not fact.automatic:
        tell({fact.asked_by_id or 0, *_concerned(fact.ticket_id)}, "outside_answered", event)


def on_outside_overdue(fact: Any, event: Event) -> None:
    tell({fact.asked_by_id or 0, *_concerned(fact.ticket_id)}, "outside_overdue", event)


def on_outside_failed(fact: Any, event: Event) -> None:
    tell({fact.asked_by_id or 0, *_concerned(fact.ticket_id)}, "outside_failed", event)


def _concerned(ticket_id: int) -> set[int]:
    ticket = Ticket.objects.only("assignee_id").get(pk=ticket_id)
    followers = Ticket.followers.through.objects.filter(ticket_id=ticket_id).values_list(
        "agent_id", flat=True
    )
    return {*followers, *([ticket.assignee_id] if ticket.assignee_id else [])}


def _team_of(ticket_id: int) -> int | None:
    return Ticket.objects.values_list("team_id", flat=True).get(pk=ticket_id)


def _members(team_id: int | None) -> Iterable[int]:
    return Membership.objects.filter(team_id=team_id).values_list("agent_id", flat=True) if team_id else ()


@remembered
def _told_of_new(team_id: int | None) -> tuple[int, ...]:
    """The members who want to hear of new tickets: in most teams nobody. One query."""
    if team_id is None:
        return ()
    members = Agent.objects.active().filter(
        pk__in=Membership.objects.filter(team_id=team_id).values("agent_id")
    )
    chosen = {pk: ways("opened", preferences) for pk, preferences in members.values_list("pk", "preferences")}
    return tuple(pk for pk, way in chosen.items() if way.app or way.email)


def _leads(team_id: int | None) -> Iterable[int]:
    leading = Membership.objects.filter(leads=True)
    return leading.filter(team_id=team_id).values_list("agent_id", flat=True) if team_id else ()


def _holding(permission: str) -> Iterable[int]:
    return Agent.objects.with_permission(permission).values_list("pk", flat=True)
