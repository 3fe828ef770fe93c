"""Comes last in INSTALLED_APPS: when everything else is ready, the reactions are connected."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "tugon.project"
    label = "project"

    def ready(self) -> None:
        from tugon.project import wiring

        wiring.connect()
