"""Which articles a reply names: kept with the ticket, so that each knows of the other."""

from __future__ import annotations

import re

from tugon.events.actors import SYSTEM
from tugon.events.models import Event
from tugon.helpcenter import addresses, linking, operations
from tugon.helpcenter.models import Article, ArticleTicket
from tugon.tickets.events import AgentReplied, ReplyWithdrawn
from tugon.tickets.models import Message

_ADDRESS = re.compile(r"/[a-zA-Z-]{2,16}/help/articles/[\w-]{1,120}/?")


def on_replied(fact: AgentReplied, _event: Event) -> None:
    """Articles whose address stands in the reply are cited by the ticket. No query where none does."""
    message = Message.objects.select_related("agent").get(pk=fact.message_id)
    by = message.agent.actor if message.agent else SYSTEM
    for article in articles_in(f"{message.body_html}\n{message.body}"):
        operations.link_ticket(article, ticket_id=fact.ticket_id, role=ArticleTicket.Role.CITED, by=by)


def on_withdrawn(fact: ReplyWithdrawn, _event: Event) -> None:
    """Articles that only the reply named which was taken back are cited by the ticket no longer."""
    cited = ArticleTicket.objects.filter(ticket_id=fact.ticket_id, role=ArticleTicket.Role.CITED)
    links = list(cited.select_related("article"))
    if not links:
        return
    said = Message.objects.filter(ticket_id=fact.ticket_id, kind=Message.Kind.OUTGOING)
    words = "\n".join(f"{html}\n{body}" for html, body in said.values_list("body_html", "body"))
    still = {article.pk for article in articles_in(words)}
    for link in links:
        if link.article_id not in still:
            operations.unlink_ticket(
                link.article, ticket_id=fact.ticket_id, role=ArticleTicket.Role.CITED, by=SYSTEM
            )


def articles_in(text: str) -> list[Article]:
    """The articles whose address, old or new, stands in a text. Three queries at most, none without an address."""
    named = {pair[:2] for found in _ADDRESS.findall(text) if (pair := addresses.language_and_slug(found))}
    if not named:
        return []
    return list(Article.objects.filter(key__in=linking.keys_of_addresses(named).values()).order_by("pk"))
