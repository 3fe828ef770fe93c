from django.urls import path

from . import views

app_name = "company"
urlpatterns = [path("logo-<str:digest>.png", views.logo, name="logo")]
