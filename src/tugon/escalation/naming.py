"""Names of levels, for who writes many lines about them."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tugon.lib.remember import remembered

from .models import Level
from .models.levels import in_language


@remembered
def _names() -> dict[int, dict[str, str]]:
    return dict(Level.objects.values_list("pk", "names"))


def name_of_level(pk: int | None) -> str:
    """In the language active now. One query, none while nobody changes levels."""
    names = _names().get(pk or 0)
    return in_language(names, get_language() or "en") if names else _("a level that is no more")
