from django.urls import path

from . import views

urlpatterns = [
    path("embed.js", views.loader, name="embed"),
    path("embed/enter/", views.enter, name="embed-enter"),
]
