"""What the demo shows of templates: who owns them, what was made with them in sixty days, what waits for a second
person, and what is out of date."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tugon.customers.models import Audience
from tugon.feedback.models import Rating
from tugon.templates import operations
from tugon.templates.models import Template, Translation, Use, Version
from tugon.templates.starting import TEMPLATES, create_starting_rows
from tugon.tickets.models import Message

from .house import House

_STALE = ("refund-explained", "refund-approved")
_DRAFT = (
    "<p>{{ greeting }}</p><p>Your refund is approved: we have sent [amount?] back the way you paid today, "
    "{{ today }}.</p><p>[[if refund.processing is known]]Banks take {{ refund.processing }} to show it.[[end]] "
    "You need not do anything more.</p>"
)


def furnish_templates(house: House, *, today: datetime) -> None:
    """After the conversations and the facts. Two queries for each answer that a template was put into."""
    create_starting_rows()
    _own(house)
    Template.objects.exclude(key__in=_STALE).update(facts_changed_at=None)
    _use(today)
    _wait(house)


def _own(house: House) -> None:
    audiences = {row.key: row for row in Audience.objects.all()}
    agents = list(house.agents.values())
    for place, one in enumerate(TEMPLATES):
        row = Template.objects.get(key=one.key)
        row.owner = agents[place % len(agents)]
        row.save(update_fields=["owner"])
        if one.audience in audiences:
            row.audiences.add(audiences[one.audience])


def _use(today: datetime) -> None:
    """Answers whose ticket speaks of what a template speaks of count as made with it, each changed a little."""
    named = {one.key: _words(f"{one.key} {one.keywords}") for one in TEMPLATES}
    versions = {
        (row.template.key, row.language): row.published
        for row in Translation.objects.usable().select_related("template", "published")
    }
    scores = dict(Rating.objects.order_by("id").values_list("ticket_id", "score"))
    answers = Message.objects.filter(kind=Message.Kind.OUTGOING, automatic="", agent__isnull=False)
    uses = []
    for message in answers.select_related("ticket").order_by("pk"):
        about = _words(f"{message.ticket.subject} {message.body[:300]}")
        key = max(named, key=lambda one: len(named[one] & about))
        version = versions.get((key, message.language or "en")) or versions.get((key, "en"))
        if version is not None and len(named[key] & about) >= 2:
            uses.append(_made(message, version, scores.get(message.ticket_id)))
    Use.objects.bulk_create(uses)


def _made(message: Message, version: Version, score: int | None) -> Use:
    ticket = message.ticket
    was_opened_again = ticket.reopen_count > 0
    return Use(
        version=version,
        ticket=ticket,
        message=message,
        agent_id=message.agent_id,
        language=message.language or "en",
        inserted_at=message.created_at - timedelta(minutes=2),
        sent_at=message.created_at,
        edit_share=round((message.pk * 7 % 23) / 60, 3),
        solved_at=ticket.solved_at or (message.created_at if was_opened_again else None),
        reopened_at=ticket.updated_at if was_opened_again else None,
        score=score,
    )


def _wait(house: House) -> None:
    """One draft waits for a second person."""
    writer = next(agent for agent in house.agents.values() if agent.may("template.write"))
    row = Translation.objects.get(template__key="refund-approved", language="en")
    operations.write_draft(row, body=_DRAFT, by=writer.actor)
    operations.ask_review(row, note="Shorter, and it names the bank's time once.", by=writer.actor)


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"\w{4,}", text.casefold()))
