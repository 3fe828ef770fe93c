"""A walk that goes along with a request: every answer and step tried, so that nobody asks again."""

from django.utils.translation import gettext as _

from tugon.facts import referencing
from tugon.troubleshooters.graph import said
from tugon.troubleshooters.models import Walk
from tugon.troubleshooters.telling import end_in_words
from tugon.troubleshooters.words import value_words

from ..context import Carried
from ..identity import Visitor


def carried_walk(value: str, visitor: Visitor, language: str) -> Carried | None:
    """What the form shows and the ticket keeps of a walk. Whoever has its token walked it, or was given its link."""
    walk = Walk.objects.select_related("version", "troubleshooter").filter(token=value[:32]).first()
    if walk is None:
        return None
    node = walk.place().node
    title = referencing.render(walk.troubleshooter.title_in(language), language)
    lines = walk.steps_in_words(language)
    if node is not None:
        reached = _("Ended at") if node.is_end else _("Stopped at")
        lines.append((reached, end_in_words(walk, language)))
    device = [
        value_words(walk.facts[name]) for name in ("browser", "system", "screen") if walk.facts.get(name)
    ]
    lines.append((_("Their device"), " · ".join(device)))
    subject = said(node.subjects, language) if node is not None else ""
    return Carried(
        title=_("Guide: {title}").format(title=title),
        lines=tuple(lines),
        url=f"{walk.troubleshooter.path_in(language)}{walk.token}/",
        subject=referencing.render(subject or title, language),
    )
