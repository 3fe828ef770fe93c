from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tugon.tickets"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tickets and messages move along when two customers become one."""
        from . import holdings

        holdings.register_all()
