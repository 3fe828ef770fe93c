"""What a command needs before it works: the database running, and Django loaded."""

import contextlib
import os
from collections.abc import Iterator


@contextlib.contextmanager
def ready(*, django: bool = True) -> Iterator[None]:
    """With the database running; the embedded one is started if needed, and stopped again if nobody else uses it.

    django: also load Django. Raises DatabaseUnavailable, EnvironmentInvalid.
    """
    from django.conf import settings

    from tugon.database.connection import is_embedded
    from tugon.database.embedded import EmbeddedServer

    embedded = is_embedded(settings.DATABASES["default"])
    supervised = os.environ.get("TUGON_SUPERVISOR")
    use = (
        EmbeddedServer(settings.HOME).attached() if embedded and not supervised else contextlib.nullcontext()
    )
    with use:
        if django:
            load_django()
        yield


def load_django() -> None:
    import django

    django.setup()
