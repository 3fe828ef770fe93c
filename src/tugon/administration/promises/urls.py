from django.urls import path

from . import calendars, policies

urlpatterns = [
    path("promises", policies.policies, name="policies"),
    path("promises/new", policies.policy, name="policy-new"),
    path("promises/conditions", policies.conditions, name="policy-conditions"),
    path("promises/<int:pk>", policies.policy, name="policy"),
    path("promises/<int:pk>/place", policies.move, name="policy-move"),
    path("promises/<int:pk>/removal", policies.remove, name="policy-removal"),
    path("calendars", calendars.calendars, name="calendars"),
    path("calendars/new", calendars.calendar, name="calendar-new"),
    path("calendars/preview", calendars.preview, name="calendar-new-preview"),
    path("calendars/<int:pk>", calendars.calendar, name="calendar"),
    path("calendars/<int:pk>/preview", calendars.preview, name="calendar-preview"),
    path("calendars/<int:pk>/holidays", calendars.work, name="calendar-work"),
    path("calendars/<int:pk>/import", calendars.take_in, name="calendar-import"),
    path("calendars/<int:pk>/feed", calendars.feed, name="calendar-feed"),
    path("calendars/<int:pk>/removal", calendars.remove, name="calendar-removal"),
]
