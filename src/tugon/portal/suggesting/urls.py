"""Part of the portal's addresses."""

from django.urls import path

from .. import languages  # noqa: F401  (makes `<language:language>` known)
from . import views

_own = "<language:language>/help/suggestions"

urlpatterns = [
    path(f"{_own}/", views.while_writing, name="suggestions"),
    path(f"{_own}/solved/", views.solve, name="suggestion-solved"),
    path(f"{_own}/thanks/", views.thanks, name="suggestion-thanks"),
    path(f"{_own}/<str:token>/<slug:kind>/<int:pk>/", views.opened, name="suggestion-opened"),
]
