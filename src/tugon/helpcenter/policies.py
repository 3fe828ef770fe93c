"""Who may do what in the help center."""

from __future__ import annotations

from tugon.accounts.models import Agent
from tugon.accounts.policies import require
from tugon.events.actors import Actor, ActorKind

from .errors import ArticleArchived
from .models import Article


def require_writer(by: Actor) -> None:
    """May write drafts. Raises NotAllowed."""
    require(by, "article.write")


def require_publisher(by: Actor) -> None:
    """May publish, review and archive. Raises NotAllowed."""
    require(by, "article.publish")


def require_arranger(by: Actor) -> None:
    """May arrange categories, sections and notices. Raises NotAllowed."""
    require(by, "admin.helpcenter")


def require_present(article: Article) -> None:
    """Raises ArticleArchived: what is archived is restored before it is changed."""
    if article.is_archived:
        raise ArticleArchived


def agent_of(by: Actor) -> Agent | None:
    """The agent who acts, where one does."""
    return by.subject if by.kind is ActorKind.AGENT else None
