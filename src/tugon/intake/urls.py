"""Mounted at `/hooks/`."""

from django.urls import path

from . import views

app_name = "intake"

urlpatterns = [
    path("mail/<int:channel_id>/<str:secret>/", views.letters, name="letters"),
    path("mail/<int:channel_id>/<str:secret>/events/", views.events, name="events"),
]
