from django.urls import path

from . import assistant_views as assistant
from . import coach_views as coach
from . import rules_views as rules
from . import understood_views as understood

_ticket = "tickets/<int:number>"
_asking = f"{_ticket}/assistant/<int:pk>"

urlpatterns = [
    path(f"{_ticket}/why", rules.why, name="ticket-why"),
    path(f"{_ticket}/macros", rules.choose, name="macros"),
    path(f"{_ticket}/macros/<int:pk>", rules.apply, name="macro"),
    path(f"{_ticket}/reading", understood.correct, name="reading"),
    path(f"{_ticket}/reading/apart", understood.apart, name="reading-apart"),
    path(f"{_ticket}/reading/more", understood.more, name="reading-more"),
    path(f"{_ticket}/reading/problem", understood.gather, name="reading-gather"),
    path(f"{_ticket}/coach", coach.check, name="coach"),
    path(f"{_ticket}/coach/answer", coach.answer, name="coach-answer"),
    path(f"{_ticket}/assistant", assistant.choose, name="assistant"),
    path(f"{_ticket}/assistant/ask", assistant.ask, name="assistant-ask"),
    path(_asking, assistant.show, name="assistant-asking"),
    path(f"{_asking}/hide", assistant.hide, name="assistant-hide"),
    path(f"{_asking}/sending", assistant.send, name="assistant-send"),
    path(f"{_asking}/cancel", assistant.cancel, name="assistant-cancel"),
    path(f"{_asking}/away", assistant.put_away, name="assistant-away"),
    path(f"{_asking}/take", assistant.take, name="assistant-take"),
]
