from django.apps import AppConfig


class AdvisorConfig(AppConfig):
    name = "tugon.advisor"
    default_auto_field = "django.db.models.BigAutoField"
