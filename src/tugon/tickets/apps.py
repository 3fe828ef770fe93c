from django.apps import AppConfig


class TicketsConfig(AppConfig):
    name = "tugon.tickets"
    default_auto_field = "django.db.models.BigAutoField"
