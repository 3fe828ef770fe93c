from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "tugon.pages"
    label = "pages"
