from django.apps import AppConfig


class TroubleshootersConfig(AppConfig):
    name = "tugon.troubleshooters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import holdings

        holdings.register_all()
