from django.apps import AppConfig


class PriorityConfig(AppConfig):
    name = "tugon.priority"
    default_auto_field = "django.db.models.BigAutoField"
