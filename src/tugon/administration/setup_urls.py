from django.urls import path

from .views import setup

app_name = "setup"
urlpatterns = [
    path("<str:token>/", setup.begin, name="begin"),
    path("<str:token>", setup.begin),
    path("<str:token>/administrator/", setup.administrator, name="administrator"),
]
