"""What somebody told the advisor goes along to the form (`/contact/?advice=payment.now.quick`)."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tugon.advisor.choosing import Effort, Question, Urgency
from tugon.advisor.models import Topic

from ..context import Carried
from ..identity import Visitor

ADVICE = "advice"


def written(question: Question) -> str:
    return f"{question.topic}.{question.urgency}.{question.effort}"


def carried_advice(value: str, _visitor: Visitor, language: str) -> Carried | None:
    """The three answers in words; None for what the advisor never wrote."""
    topic, _dot, rest = value.partition(".")
    urgency, _dot, effort = rest.partition(".")
    urgencies, efforts = dict(Urgency.choices()), dict(Effort.choices())
    if urgency not in urgencies or effort not in efforts:
        return None
    row = Topic.objects.filter(key=topic).first() if topic else None
    with translation.override(language):
        lines = [
            (_("How urgent is it?"), str(urgencies[Urgency(urgency)])),
            (_("How involved is it?"), str(efforts[Effort(effort)])),
        ]
        if row is not None:
            lines.insert(0, (_("What is it about?"), row.name_in(language)))
        return Carried(
            title=_("You told the advisor"),
            lines=tuple(lines),
            url=reverse("portal:channels", args=[language]),
        )
