from django.apps import AppConfig


class TemplatesConfig(AppConfig):
    name = "tugon.templates"
    default_auto_field = "django.db.models.BigAutoField"
