"""Below `/<language>/help/troubleshooters/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="troubleshooters"),
    path("<slug:slug>/", views.begin, name="troubleshooter"),
    path("<slug:slug>/<str:token>/", views.resume, name="walk"),
    path("<slug:slug>/<str:token>/<int:number>/", views.step, name="walk-step"),
]
