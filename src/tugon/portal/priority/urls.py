from django.urls import path

from .. import languages  # noqa: F401  (makes `<language:language>` known)
from . import views

urlpatterns = [
    path("<language:language>/priority/", views.priority, name="priority"),
    path("priority/", views.unprefixed, name="priority-any"),
]
