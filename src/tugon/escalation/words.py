"""Words that several parts of escalation say."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .models import Department, Level

REASONS_NOT = {
    "done": _("it is solved. Open it again first."),
    "merged": _("it was merged into another ticket. Escalate that one."),
    "spam": _("it is marked as spam."),
    "not_lower": _("“{level}” is not lower than where it is."),
}


def level_name(level: Level) -> str:
    """In the language active now."""
    return level.name_in(get_language() or "en")


def department_name(department: Department) -> str:
    return department.name_in(get_language() or "en")
