"""What the composer shows before a word is written: one's drafts with their files, and to whom the answer goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from tugon.accounts.models import Agent
from tugon.database.reading import Asked, read
from tugon.delivery.recipients import Correspondence, correspondence_of, correspondence_reads, recipients_of
from tugon.files.models import Upload
from tugon.lib.clock import now
from tugon.tickets.models import Draft, Message, Ticket

from .timeline import Timeline


@dataclass(frozen=True, slots=True)
class Composer:
    """reply, note: the agent's drafts. files: of the reply's draft. others: colleagues who have a draft here.

    reply_key, note_key: the agent's newest words of that kind. A composer keeps what is typed into it as long as its
    key stays; once they were sent, or taken back, it is a new one.
    """

    reply: Draft | None
    note: Draft | None
    files: list[Upload] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    recipients: dict[str, str] = field(default_factory=dict)
    reply_key: int = 0
    note_key: int = 0


def composer_reads(ticket: Ticket) -> dict[str, Asked[Any]]:
    """The ticket's drafts, and what decides to whom an answer goes."""
    return {"drafts": _drafts(ticket.pk), **correspondence_reads(_letter(ticket))}


def composer(ticket: Ticket, agent: Agent, story: Timeline, found: Mapping[str, list[Any]]) -> Composer:
    """The composer of the rows that `composer_reads` gave. One query where the draft has files."""
    mine = {row.kind: row for row in found["drafts"] if row.agent_id == agent.pk}
    reply = mine.get("reply")
    own = [entry.message for entry in story.entries if entry.message and entry.message.agent_id == agent.pk]
    return Composer(
        reply=reply,
        note=mine.get("note"),
        files=_files(reply, agent),
        others=sorted({row.agent.name for row in found["drafts"] if row.agent_id != agent.pk}),
        recipients=_default_recipients(ticket, correspondence_of(found)) | _chosen(reply),
        reply_key=max((row.pk for row in own if row.kind == Message.Kind.OUTGOING), default=0),
        note_key=max((row.pk for row in own if row.kind == Message.Kind.NOTE), default=0),
    )


@read
def _drafts(ticket: int) -> QuerySet[Draft, Draft]:
    return Draft.objects.filter(ticket=ticket).select_related("agent").order_by("pk")


def _letter(ticket: Ticket) -> Message:
    """The answer that is not written yet."""
    return Message(ticket=ticket, kind=Message.Kind.OUTGOING, created_at=now(), envelope={})


def _default_recipients(ticket: Ticket, known: Correspondence) -> dict[str, str]:
    """To whom a reply goes unless the writer changes it: shown, so that nobody is added or left out unseen."""
    found = recipients_of(_letter(ticket), known)
    shown = {role: ", ".join(one.address for one in found if one.role == role) for role in ("to", "cc")}
    return {**shown, "bcc": ""}


def _chosen(draft: Draft | None) -> dict[str, str]:
    if draft is None:
        return {}
    kept = {name: draft.recipients[name] for name in ("to", "cc", "bcc") if name in draft.recipients}
    return {name: ", ".join(value) if isinstance(value, list) else str(value) for name, value in kept.items()}


def _files(draft: Draft | None, agent: Agent) -> list[Upload]:
    if draft is None or not draft.uploads:
        return []
    rows = Upload.objects.filter(token__in=draft.uploads, owner=f"agent:{agent.pk}")
    return list(rows.select_related("file").order_by("pk"))
