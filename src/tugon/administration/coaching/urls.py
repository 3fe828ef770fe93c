"""Addresses of the reply coach, in the namespace of `administration/urls.py`."""

from django.urls import path

from . import views

urlpatterns = [
    path("coach", views.coach, name="coach"),
    path("coach/exceptions", views.exception, name="coach-exception"),
    path("coach/exceptions/<int:pk>/removal", views.withdraw, name="coach-exception-remove"),
    path("coach/words", views.words, name="coach-words"),
    path("coach/words/brought", views.brought, name="coach-brought"),
]
