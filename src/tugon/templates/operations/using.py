"""A template goes into an answer that somebody writes: filled for its reader, with its files, and remembered."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.db import transaction

from tugon.accounts.policies import require
from tugon.customers.models import Customer
from tugon.events.actors import Actor
from tugon.files.models import Upload
from tugon.lib.clock import now
from tugon.lib.errors import NotAllowed
from tugon.tickets import policies as tickets
from tugon.tickets.models import Ticket

from ..errors import TemplateArchived
from ..filling import Filled, fill
from ..models import Template, Use
from ..policies import agent_of, sees


@dataclass(frozen=True, slots=True)
class Inserted:
    """filled: the words. uploads: its files, as if the agent had sent them ahead. use: it waits to be sent."""

    filled: Filled
    use: Use
    uploads: list[Upload] = field(default_factory=list)


@transaction.atomic
def insert(
    template: Template,
    *,
    by: Actor,
    ticket: Ticket | None = None,
    customer: Customer | None = None,
    language: str = "",
) -> Inserted:
    """Fill the template for the ticket, or for a request that is not begun yet, and remember that it was put in.

    It counts as used only when an answer leaves with it. Raises NotAllowed, TicketNotVisible, TemplateArchived,
    NothingPublished.
    """
    agent = agent_of(by)
    if agent is None or not sees(agent, template):
        raise NotAllowed
    if ticket is not None:
        tickets.require(by, "reply", ticket)
    else:
        require(by, "ticket.reply")
    if template.is_archived:
        raise TemplateArchived
    filled = fill(template, ticket=ticket, customer=customer, language=language, agent=agent)
    assert filled.version_id is not None
    Use.objects.filter(agent=agent, ticket=ticket, version_id=filled.version_id, sent_at=None).delete()
    use = Use.objects.create(
        version_id=filled.version_id,
        ticket=ticket,
        agent=agent,
        language=filled.language,
        text=filled.text,
        inserted_at=now(),
    )
    owner = f"agent:{agent.pk}"
    uploads = [
        Upload.objects.create(token=secrets.token_urlsafe(24), file=one.file, name=one.name, owner=owner)
        for one in filled.files
    ]
    return Inserted(filled, use, uploads)
