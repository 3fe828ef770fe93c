"""What shows the reply coach: a draft with something to remark, own words, and what became of sixty past remarks."""

from __future__ import annotations

from tugon.accounts.models import Agent
from tugon.coaching.models import CoachResult, WordList
from tugon.tickets.models import Draft, Message, Status, Ticket
from tugon.tickets.operations import save_draft

DRAFT = (
    "<p>Hello,</p><p>As I said, the load balancer was restarted. Open Settings, choose Playback, switch the quality to"
    " Automatic, close the app, and open it again.</p>"
)
REPLIES = 60
"""Answers of the past that carry what the coach remarked."""
_PAST = (
    ("missing_greeting", "taken"),
    ("long_sentence", "dismissed"),
    ("no_next_step", "taken"),
    ("jargon", "left"),
    ("unanswered_question", "taken"),
    ("long_sentence", "dismissed"),
)


def coach_drafts(agents: list[Agent]) -> None:
    """Everything, after the conversations were played. A repeat adds nothing."""
    WordList.objects.get_or_create(
        kind=WordList.Kind.JARGON, language="en", defaults={"words": {"payout run": "payment of the week"}}
    )
    rows = Message.objects.filter(kind="outgoing", automatic="", agent__isnull=False, coach_result=None)
    rows = rows.select_related("agent")
    CoachResult.objects.bulk_create(
        _result(number, message) for number, message in enumerate(rows.order_by("-pk")[:REPLIES])
    )
    ticket = (
        Ticket.objects.filter(status=Status.NEW, language="en", is_spam=False, drafts=None)
        .order_by("pk")
        .first()
    )
    writer = next((agent for agent in agents if agent.may("ticket.reply")), None)
    if ticket is not None and writer is not None and not Draft.objects.filter(html=DRAFT).exists():
        save_draft(ticket, agent=writer, kind="reply", html=DRAFT)


def _result(number: int, message: Message) -> CoachResult:
    check, became = _PAST[number % len(_PAST)]
    kept = CoachResult(message=message, agent=message.agent, created_at=message.created_at)
    if number % 3:
        kept.raised = [check]
        setattr(kept, became, [check])
    return kept
