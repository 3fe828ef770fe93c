"""Who reacts to which fact, and in which order. The one place that knows.

Filled by `connect()`, which Django's start calls once; the handlers' own packages know only the facts below them.
"""

from tugon.company import brand as company
from tugon.pages import brand


def connect() -> None:
    """Register every reaction."""
    brand.provide(company.current)
