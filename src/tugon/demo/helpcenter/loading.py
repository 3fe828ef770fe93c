"""Brings the help center of the demo into being: first what stands there, later what readers and editors made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from tugon.customers.models import Audience
from tugon.events.actors import Actor
from tugon.helpcenter import checking, content, markdown
from tugon.helpcenter import operations as helpcenter
from tugon.helpcenter.models import ArticleTicket, Level, Section, Translation
from tugon.lib.clock import standing_at
from tugon.search.knowledge.indexing import index_everything
from tugon.tickets.models import Ticket

from ..house import House
from ..scenes import Scene
from . import echoes, searches
from .shelving import Library, shelve

NEW_TITLE = "The app closes when you open the comments"
NEW_BODY = """The app closes by itself the moment you open the comments under a post.
One very long row of emoji stops it.

1. Sort the comments by **Newest**. The one that stops the app is then far below.
2. Update to the newest version of the app.
3. Tell us the post and your device, if it still happens.
"""
MORE_PRIVACY = """

## Somebody else's data

If you see data of another person in your export, do not pass it on. Write to us, and we mend it the same day.
"""
MORE_TWO_STEP = """

## With a passkey instead

On newer phones a passkey takes the place of both the password and the code: open **Account › Sign-in › Passkeys** and
choose **Add this device**. It is unlocked by your face, your finger or the PIN of the phone.
"""


def furnish_help(house: House, *, today: datetime) -> Library:
    """The shelves and all that is published, before the first ticket."""
    return shelve(house.agents, today=today)


def live_help(library: Library, house: House, scenes: Sequence[Scene], *, today: datetime) -> None:
    """A month of readers, and what the editors are at: after the tickets were played."""
    echoes.counts(library, today=today)
    echoes.votes(library, house.customers, today=today)
    _links(library, scenes, today)
    _notices(house, today)
    _in_work(library, house, scenes, today)
    searches.search(library, today=today)
    index_everything()
    checking.check_all()


def _links(library: Library, scenes: Sequence[Scene], today: datetime) -> None:
    threads = {scene.ticket.pk: scene.story.thread.key for scene in scenes if scene.ticket}
    rows = Ticket.objects.filter(pk__in=threads).select_related("state").order_by("created_at", "pk")
    written = [(threads[row.pk], row) for row in rows]
    echoes.tickets(library, written, today=today)


def _notices(house: House, today: datetime) -> None:
    by = house.administrator.actor
    with standing_at(today - timedelta(hours=5)):
        helpcenter.create_notice(
            titles={
                "en": "Codes by SMS may arrive late on one network",
                "fil": "Puwedeng mahuli ang mga code sa SMS sa isang network",
            },
            bodies={
                "en": "Choose “Send by e-mail instead” under the code. The network is working on it.",
                "fil": "Piliin ang “Send by email instead” sa ilalim ng code. Inaayos na ito ng network.",
            },
            level=Level.WARNING,
            ends_at=today + timedelta(days=3),
            by=by,
        )
    with standing_at(today - timedelta(days=2)):
        helpcenter.create_notice(
            titles={
                "en": "Bank holidays: payouts of that week leave a day later",
                "fil": "Holiday ang mga bangko: isang araw na mahuhuli ang payout sa linggong iyon",
            },
            bodies={
                "en": "Banks are closed on 30 November, 8 December and from 24 December to 1 January.",
                "fil": "Sarado ang mga bangko sa Nobyembre 30, Disyembre 8, at Disyembre 24 hanggang Enero 1.",
            },
            level=Level.NEWS,
            audiences=list(Audience.objects.filter(key__in=("creators", "studios"))),
            ends_at=today + timedelta(days=45),
            by=by,
        )


def _in_work(library: Library, house: House, scenes: Sequence[Scene], today: datetime) -> None:
    """One text waits for a second person, one for its day, and a new one is being written from a ticket."""
    bea, noor, rafael = (house.agents[name] for name in ("bea", "noor", "rafael"))
    with standing_at(today - timedelta(hours=26)):
        row = _longer(library.translations["your-data", "en"], MORE_PRIVACY, by=bea.actor)
        helpcenter.ask_review(
            row, by=bea.actor, reviewer=house.administrator, note="New last part. Kiko saw it, too."
        )
    with standing_at(today - timedelta(hours=20)):
        row = _longer(library.translations["two-step-sign-in", "en"], MORE_TWO_STEP, by=noor.actor)
        helpcenter.schedule(
            row, at=today + timedelta(days=2), by=rafael.actor, note="Passkeys open for all on that day"
        )
    with standing_at(today - timedelta(hours=3)):
        row = helpcenter.create_article(
            section=Section.objects.get(slug="playback"), language="en", title=NEW_TITLE,
            body=markdown.to_html(NEW_BODY), by=bea.actor,
        )  # fmt: skip
        scene = next((one for one in scenes if one.ticket and one.story.thread.key == "app-crash"), None)
        if scene and scene.ticket:
            helpcenter.link_ticket(
                row.article, ticket_id=scene.ticket.pk, role=ArticleTicket.Role.MADE_FROM, by=bea.actor
            )


def _longer(translation: Translation, more: str, *, by: Actor) -> Translation:
    words = content.at_hand(Translation.objects.get(pk=translation.pk))
    return helpcenter.write_draft(translation, body=words.body + markdown.to_html(more), by=by).translation
