from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    name = "tugon.realtime"
    default_auto_field = "django.db.models.BigAutoField"
