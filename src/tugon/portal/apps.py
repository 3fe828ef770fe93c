from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tugon.portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from tugon.files.holders import register

        from . import files

        register(files.HOLDER, files.held)
        _help_center()
        _troubleshooters()
        _billing()
        _advisor()


def _help_center() -> None:
    """What was read goes along to a request."""
    from .help import carrying

    carrying.begin()


def _troubleshooters() -> None:
    """What a walk takes along to a request, and where its ends lead."""
    from tugon.troubleshooters import references
    from tugon.troubleshooters.handlers import WALK

    from . import context
    from .troubleshooters import carrying, targets

    context.provide(WALK, carrying.carried_walk)
    references.provide("article", targets.offered_articles)
    references.provide("form", targets.offered_forms)
    references.provide_readable(targets.readable_article)


def _billing() -> None:
    """What was looked for on “Who charged me?” goes along to a request."""
    from .billing import carrying

    carrying.begin()


def _advisor() -> None:
    """What was told to the advisor goes along to a request."""
    from . import context
    from .advisor import carrying

    context.provide(carrying.ADVICE, carrying.carried_advice)
