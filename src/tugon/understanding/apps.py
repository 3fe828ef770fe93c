from django.apps import AppConfig


class UnderstandingConfig(AppConfig):
    name = "tugon.understanding"
    default_auto_field = "django.db.models.BigAutoField"
