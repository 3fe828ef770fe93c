from django.apps import AppConfig


class HelpcenterConfig(AppConfig):
    name = "tugon.helpcenter"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .holdings import register_all

        register_all()
