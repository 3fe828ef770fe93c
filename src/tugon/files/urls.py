from django.urls import path

from . import views

app_name = "files"

urlpatterns = [
    path("uploads", views.upload, name="upload"),
    path("uploads/<str:token>", views.uploaded, name="uploaded"),
    path("<slug:kind>/<int:pk>/<str:name>", views.held, name="held"),
]
