from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "tugon.administration"
    label = "administration"
