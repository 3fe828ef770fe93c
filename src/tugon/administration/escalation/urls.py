"""Addresses of the levels and of who is on call, in the namespace of `administration/urls.py`."""

from django.urls import path

from . import levels, rotas

urlpatterns = [
    path("levels", levels.levels, name="levels"),
    path("levels/new", levels.level, name="level-new"),
    path("levels/new/criteria", levels.preview, name="level-new-preview"),
    path("levels/<int:pk>", levels.level, name="level"),
    path("levels/<int:pk>/criteria", levels.preview, name="level-preview"),
    path("levels/<int:pk>/archive", levels.archive, name="level-archive"),
    path("on-call", rotas.rotas, name="rotas"),
    path("on-call/new", rotas.rota, name="rota-new"),
    path("on-call/<int:pk>", rotas.rota, name="rota"),
    path("on-call/<int:pk>/overrides", rotas.override, name="rota-override"),
    path("on-call/<int:pk>/removal", rotas.remove, name="rota-remove"),
]
