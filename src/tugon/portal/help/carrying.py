"""What of the help center goes along with a request: the article, chapter or section that was open before."""

from typing import Any

from django.utils.translation import gettext as _

from tugon.events.actors import Actor, ActorKind
from tugon.events.models import Event
from tugon.helpcenter import addresses
from tugon.helpcenter.models import Article, ArticleTicket, Category, Section, Translation
from tugon.helpcenter.operations import link_ticket
from tugon.helpcenter.readers import Reader

from ..context import Carried, provide
from ..identity import Visitor
from .structured import absolute

ARTICLE, CATEGORY, SECTION = "article", "category", "section"


def begin() -> None:
    """Make the parameters known. Called once at start."""
    provide(ARTICLE, carried_article)
    provide(CATEGORY, carried_category)
    provide(SECTION, carried_section)


def carried_article(value: str, visitor: Visitor, language: str) -> Carried | None:
    """`?article=17`. One query. None where this visitor may not read it."""
    readings = Translation.objects.published().readable_by(Reader.of_customer(visitor.customer))
    row = readings.filter(article_id=_id(value)).nearest_to(language).first()
    return _read(row.title, addresses.article(language, row.slug)) if row else None


def carried_category(value: str, visitor: Visitor, language: str) -> Carried | None:
    """`?category=3`. One query."""
    reader = Reader.of_customer(visitor.customer)
    row = Category.objects.visible().readable_by(reader).filter(pk=_id(value)).first()
    return _read(row.title_in(language), addresses.category(language, row.slug)) if row else None


def carried_section(value: str, visitor: Visitor, language: str) -> Carried | None:
    """`?section=8`. One query."""
    reader = Reader.of_customer(visitor.customer)
    row = Section.objects.readable_by(reader).filter(pk=_id(value)).first()
    return _read(row.title_in(language), addresses.section(language, row.slug)) if row else None


def join_article(fact: Any, event: Event) -> None:
    """Reaction on ContextCarried: the article knows the request that came after it."""
    article = Article.objects.filter(pk=_id(fact.value)).first() if fact.kind == ARTICLE else None
    if article is not None:
        by = Actor(ActorKind(event.actor_kind), event.actor_id)
        link_ticket(article, ticket_id=fact.ticket_id, role=ArticleTicket.Role.ASKED_AFTER, by=by)


def _read(title: str, path: str) -> Carried:
    return Carried(_("You read: {title}").format(title=title), url=absolute(path))


def _id(value: str) -> int:
    """0, which no row has, for what is no number."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else 0
