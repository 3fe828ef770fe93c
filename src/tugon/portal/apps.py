from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tugon.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tugon.files.holders import register

        from . import files

        register(files.HOLDER, files.held)
