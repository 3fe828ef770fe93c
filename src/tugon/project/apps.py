"""Comes last in INSTALLED_APPS: when everything else is ready, the reactions are connected."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "tugon.project"
    label = "project"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from tugon.database.moments import read_quickly
        from tugon.project import wiring

        connection_created.connect(read_quickly)
        wiring.connect()
