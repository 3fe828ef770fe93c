from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "tugon.rules"
    default_auto_field = "django.db.models.BigAutoField"
