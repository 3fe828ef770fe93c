"""Who may do what with templates."""

from __future__ import annotations

from tugon.accounts.models import Agent
from tugon.accounts.policies import require
from tugon.events.actors import Actor, ActorKind
from tugon.lib.errors import NotAllowed

from .errors import TemplateArchived
from .models import Template, Visibility

WRITE, PUBLISH = "template.write", "template.publish"


def require_writer(by: Actor, template: Template | None = None) -> None:
    """May write drafts, of this template: one's own, or one that is shared. Raises NotAllowed."""
    require(by, WRITE)
    agent = agent_of(by)
    if template is not None and agent is not None and not sees(agent, template):
        raise NotAllowed


def require_publisher(by: Actor, template: Template) -> None:
    """May publish, review and archive it; of a template that only its owner sees, the owner. Raises NotAllowed."""
    if is_private_to(template, by):
        require(by, WRITE)
        return
    require_writer(by, template)
    require(by, PUBLISH)


def require_arranger(by: Actor) -> None:
    """May arrange folders. Raises NotAllowed."""
    require(by, PUBLISH)


def is_private_to(template: Template, by: Actor) -> bool:
    return template.visibility == Visibility.OWN and by.id is not None and template.owner_id == by.id


def may_publish(agent: Agent, template: Template) -> bool:
    """What `require_publisher` asks, for buttons."""
    if template.visibility == Visibility.OWN and template.owner_id == agent.pk:
        return bool(agent.may(WRITE))
    return bool(agent.may(PUBLISH))


def sees(agent: Agent, template: Template) -> bool:
    """Whether the agent sees the template at all. One query where it is for certain teams."""
    if template.owner_id == agent.pk or template.visibility == Visibility.EVERYONE:
        return True
    if template.visibility == Visibility.TEAMS:
        return bool(agent.may(PUBLISH)) or template.teams.filter(pk__in=agent.team_ids).exists()
    return False


def require_present(template: Template) -> None:
    """Raises TemplateArchived: what is archived is restored before it is changed."""
    if template.is_archived:
        raise TemplateArchived


def agent_of(by: Actor) -> Agent | None:
    """The agent who acts, where one does."""
    return by.subject if by.kind is ActorKind.AGENT else None
