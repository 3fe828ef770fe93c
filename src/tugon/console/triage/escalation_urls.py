"""Addresses of escalation, in the namespace of `console/urls.py`."""

from django.urls import path

from . import escalation_views as escalations
from . import outside_views as outside

_ticket = "tickets/<int:number>"

urlpatterns = [
    path("escalations/", escalations.board, name="escalations"),
    path("escalations/levels", escalations.levels, name="escalation-levels"),
    path("escalations/pages/<int:page_id>", escalations.called, name="page"),
    path(f"{_ticket}/escalation", escalations.escalation, name="escalation"),
    path(f"{_ticket}/escalation/lowering", escalations.lowering, name="escalation-lowering"),
    path(f"{_ticket}/outside", outside.outside, name="outside"),
    path(f"{_ticket}/outside/<int:inquiry_id>", outside.letter, name="outside-letter"),
    path(f"{_ticket}/outside/<int:inquiry_id>/end", outside.end, name="outside-end"),
    path(f"{_ticket}/outside/letters/<int:letter_id>/confirmation", outside.confirm, name="outside-confirm"),
    path(f"{_ticket}/outside/letters/<int:letter_id>/redaction", outside.redact, name="outside-redact"),
    path(f"{_ticket}/outside/letters/<int:letter_id>/whole", outside.whole, name="outside-whole"),
]
