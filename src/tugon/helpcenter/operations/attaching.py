"""Pictures and films of articles, and the tickets that articles have to do with."""

from __future__ import annotations

from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record
from tugon.files.models import StoredFile
from tugon.files.operations import safe_name
from tugon.lib.clock import now

from ..errors import FileNotUsable
from ..events import ArticleLinked, ArticleUnlinked
from ..models import Article, ArticleFile, ArticleTicket
from ..policies import agent_of, require_writer


@transaction.atomic
def attach_file(article: Article, *, file: StoredFile, name: str, by: Actor) -> ArticleFile:
    """Let the article show a picture or film at `addresses.file(row.pk, row.name)`. A repeat gives the same.

    Raises NotAllowed, FileNotUsable.
    """
    require_writer(by)
    if not file.is_image and not file.is_film:
        raise FileNotUsable(name=name)
    row, _created = ArticleFile.objects.get_or_create(
        article=article,
        file=file,
        name=safe_name(name),
        defaults={"added_by": agent_of(by), "added_at": now()},
    )
    return row


@transaction.atomic
def link_ticket(article: Article, *, ticket_id: int, role: str, by: Actor) -> ArticleTicket:
    """Keep what an article and a ticket have to do with each other. A repeat does nothing.

    role: made_from, cited, asked_after (`ArticleTicket.Role`). Who may see the ticket is the caller's to ask.
    """
    row, created = ArticleTicket.objects.get_or_create(
        article=article,
        ticket_id=ticket_id,
        role=ArticleTicket.Role(role),
        defaults={"linked_at": now()},
    )
    if created:
        record(ArticleLinked(article_id=article.pk, ticket_id=ticket_id, role=row.role), by=by)
    return row


@transaction.atomic
def unlink_ticket(article: Article, *, ticket_id: int, role: str, by: Actor) -> None:
    """They have this to do with each other no more. A repeat does nothing."""
    rows = ArticleTicket.objects.filter(article=article, ticket_id=ticket_id, role=ArticleTicket.Role(role))
    count, _by_model = rows.delete()
    if count:
        record(ArticleUnlinked(article_id=article.pk, ticket_id=ticket_id, role=role), by=by)
