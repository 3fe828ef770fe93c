"""Who may enter the pages of templates, and finding what the address names."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from tugon.templates.models import Template, Translation
from tugon.templates.policies import PUBLISH, WRITE

from ..access import agent_of
from ..knowledge.access import needs

__all__ = ["PUBLISH", "WRITE", "arrangers_only", "find_template", "find_translation", "writers_only"]

writers_only = needs(WRITE, PUBLISH)
arrangers_only = needs(PUBLISH)


def find_template(request: HttpRequest, pk: int) -> Template:
    """The template if the agent sees it. One query. Raises Http404."""
    rows = Template.objects.visible_to(agent_of(request)).select_related("folder", "owner")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def find_translation(request: HttpRequest, pk: int, language: str) -> Translation:
    """Its words in a language, with what the editor names around them. One query. Raises Http404."""
    rows = Translation.objects.visible_to(agent_of(request)).with_freshness()
    found = (
        rows.select_related(
            "template__folder",
            "template__owner",
            "published",
            "draft_by",
            "review_asked_by",
            "review_by",
            "made_from",
        )
        .filter(template_id=pk, language=language)
        .first()
    )
    if found is None:
        raise Http404
    return found
