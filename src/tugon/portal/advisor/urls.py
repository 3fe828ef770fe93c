from django.urls import path

from .. import languages  # noqa: F401  (makes `<language:language>` known)
from . import views

urlpatterns = [
    path("<language:language>/help/channels/", views.channels, name="channels"),
    path("<language:language>/help/expectations/", views.expectations, name="expectations"),
]
