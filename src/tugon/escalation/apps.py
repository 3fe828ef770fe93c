from django.apps import AppConfig


class EscalationConfig(AppConfig):
    name = "tugon.escalation"
    default_auto_field = "django.db.models.BigAutoField"
