from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from tugon.realtime import presence
from tugon.realtime.identity import Identity
from tugon.realtime.models import Presence
from tugon.realtime.topics import Topic, allowed

LEFT = "left"


@require_POST
def beat(request: HttpRequest) -> HttpResponse:
    """`topic`, `state` (viewing, writing or left) from the element <presence-beat>. Answers 204 with the moment, which
    the page gives back as `at` when it leaves."""
    topic = Topic.parse(request.POST.get("topic", ""))
    state = request.POST.get("state", "")
    if topic is None or state not in {*Presence.State.values, LEFT}:
        return HttpResponse(
            "Name a topic, and viewing, writing or left.", status=400, content_type="text/plain"
        )
    agent = request.user
    if not agent.is_authenticated:
        return HttpResponse(status=401)
    if not allowed(Identity(request.session.session_key or "", agent_id=agent.pk), [topic]):
        return HttpResponse(status=403)
    if state == LEFT:
        presence.leave(topic, agent_id=agent.pk, at=_moment(request.POST.get("at", "")))
        return HttpResponse(status=204)
    at = presence.arrive(topic, agent_id=agent.pk, state=state)
    return HttpResponse(status=204, headers={"X-Beat": at.isoformat()})


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
