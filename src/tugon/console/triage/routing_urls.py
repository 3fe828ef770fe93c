from django.urls import path

from . import priority_views as priority
from . import routing_views as routing

_ticket = "tickets/<int:number>"

urlpatterns = [
    path(f"{_ticket}/priority", priority.priority, name="priority"),
    path(f"{_ticket}/priority/known", priority.said, name="priority-known"),
    path(f"{_ticket}/priority/back", priority.back, name="priority-back"),
    path("here", routing.board, name="here"),
    path("here/me", routing.mine, name="here-mine"),
    path("here/<int:pk>", routing.person, name="here-person"),
    path("here/<int:pk>/state", routing.state, name="here-state"),
]
