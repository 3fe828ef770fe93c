"""Three questions and a recommendation; and the page of what we promise and keep. Both work without script."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tugon.advisor.choosing import Effort, Question, Urgency
from tugon.advisor.measuring import WINDOW
from tugon.advisor.routes import recommend, standings
from tugon.helpcenter.languages import offered
from tugon.understanding.models import Topic

from ..help.answering import help_page, in_language
from ..help.people import audiences, chosen_audience
from . import telling
from .carrying import ADVICE, written

NEXT_BEST = 2
"""Routes shown beside the recommended one."""


@require_safe
@in_language
def channels(request: HttpRequest, language: str) -> HttpResponse:
    """The questions and, once they are answered, the answer. At most ten queries."""
    topics = list(Topic.objects.in_use())
    audience = chosen_audience(request, audiences())
    question = _question(request, topics, language, audience.key if audience else "")
    advice = recommend(question) if question else []
    along = {ADVICE: written(question)} if question else {}
    context = {
        "topics": [(topic.key, topic.name_in(language)) for topic in topics],
        "urgencies": Urgency.choices(),
        "efforts": Effort.choices(),
        "asked": question,
        "said": {name: request.GET.get(name, "") for name in ("topic", "urgency", "effort")},
        "is_incomplete": question is None and bool(request.GET.keys() - {"lang", "for"}),
        "advised": [
            (telling.way(one.standing, language, take_along=along), telling.reasons(one, language))
            for one in advice[: 1 + NEXT_BEST]
        ],
        "others": [telling.way(one.standing, language, take_along=along) for one in advice[1 + NEXT_BEST :]],
    }
    there = {code: reverse("portal:channels", args=[code]) for code in offered()}
    crumbs = [_home(language), (_("Find the best way"), there[language])]
    return help_page(
        request,
        "advisor/advice.html",
        language,
        context,
        there=there,
        crumbs=crumbs,
        is_listed=not request.GET,
        about=along,
    )


@require_safe
@in_language
def expectations(request: HttpRequest, language: str) -> HttpResponse:
    """Promised and achieved, a line for each route. At most eight queries."""
    rows = standings()
    there = {code: reverse("portal:expectations", args=[code]) for code in offered()}
    crumbs = [_home(language), (_("What you can expect"), there[language])]
    context = {
        "lines": [telling.kept(row, language) for row in rows],
        "until": telling.latest(rows),
        "days": WINDOW.days,
    }
    return help_page(request, "advisor/expectations.html", language, context, there=there, crumbs=crumbs)


def _question(request: HttpRequest, topics: list[Topic], language: str, audience: str) -> Question | None:
    """What was answered; None until urgency and effort are. A topic nobody knows counts as none."""
    try:
        urgency, effort = Urgency(request.GET.get("urgency", "")), Effort(request.GET.get("effort", ""))
    except ValueError:
        return None
    topic = request.GET.get("topic", "")
    known = topic if topic in {row.key for row in topics} else ""
    return Question(known, urgency, effort, audience=audience, language=language)


def _home(language: str) -> tuple[str, str]:
    return _("Contact & support"), reverse("portal:support", args=[language])
