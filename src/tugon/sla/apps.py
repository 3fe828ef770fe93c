from django.apps import AppConfig


class SlaConfig(AppConfig):
    name = "tugon.sla"
    default_auto_field = "django.db.models.BigAutoField"
