from django.apps import AppConfig


class MeaningConfig(AppConfig):
    name = "tugon.meaning"
    default_auto_field = "django.db.models.BigAutoField"
