"""What agents are writing, saved as they type. Nobody else reads it, so it is no fact."""

import secrets
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import escape

from tugon.accounts.models import Agent
from tugon.files.models import Upload
from tugon.lib.clock import now

from .. import policies
from ..errors import FieldValueInvalid
from ..models import Draft, Message, Ticket

KINDS = ("reply", "note")
MOST_LETTERS = 500_000


@transaction.atomic
def save_draft(
    ticket: Ticket,
    *,
    agent: Agent,
    kind: str,
    html: str,
    uploads: list[str] | None = None,
    recipients: dict[str, Any] | None = None,
    answers_message_id: int | None = None,
) -> Draft | None:
    """Keep what the agent writes: one reply and one note per ticket. An empty draft is forgotten.

    uploads: tokens of files sent ahead. answers_message_id: the newest message the writer had seen; kept from the first
    save, so that a stale reply is noticed. Raises NotAllowed, TicketNotVisible, TicketIsMerged.
    """
    if kind not in KINDS:
        raise FieldValueInvalid(value=kind, field="draft", reason=", ".join(KINDS))
    policies.require(agent.actor, kind, ticket)
    if _is_empty(html) and not uploads:
        discard_draft(ticket, agent=agent, kind=kind)
        return None
    defaults: dict[str, Any] = {
        "html": html[:MOST_LETTERS],
        "uploads": uploads or [],
        "recipients": recipients or {},
        "updated_at": now(),
    }
    draft, created = Draft.objects.get_or_create(
        ticket=ticket, agent=agent, kind=kind, defaults={**defaults, "answers_message_id": answers_message_id}
    )
    if not created:
        for name, value in defaults.items():
            setattr(draft, name, value)
        draft.answers_message_id = answers_message_id or draft.answers_message_id
        draft.save()
    return draft


def discard_draft(ticket: Ticket, *, agent: Agent, kind: str) -> None:
    """Forget the agent's draft. A repeat does nothing."""
    Draft.objects.filter(ticket=ticket, agent=agent, kind=kind).delete()


def from_message(message: Message) -> Draft | None:
    """A reply that was taken back, as its writer's draft, with its files. None where no agent wrote it."""
    if message.agent_id is None:
        return None
    owner = f"agent:{message.agent_id}"
    uploads = []
    html = message.body_html or "".join(f"<p>{escape(line)}</p>" for line in message.body.splitlines())
    for item in message.attachments.filter(redacted_at=None).select_related("file"):
        upload = Upload.objects.create(
            token=secrets.token_urlsafe(24), file=item.file, name=item.name, owner=owner
        )
        if item.is_inline:
            html = html.replace(f"cid:{item.content_id}", reverse("files:uploaded", args=[upload.token]))
        else:
            uploads.append(upload)
    draft, _created = Draft.objects.update_or_create(
        ticket_id=message.ticket_id,
        agent_id=message.agent_id,
        kind="reply",
        defaults={
            "html": html,
            "uploads": [upload.token for upload in uploads],
            "recipients": {
                key: value for key, value in message.envelope.items() if key in ("to", "cc", "bcc")
            },
            "updated_at": now(),
        },
    )
    return draft


def _is_empty(html: str) -> bool:
    bare = html.replace("<p>", "").replace("</p>", "").replace("<br>", "").replace("&nbsp;", "")
    return not bare.strip()
