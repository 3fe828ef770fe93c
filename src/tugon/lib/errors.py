"""The four families of refusal that a person may be told. Everything else is a bug and is logged whole.

An error carries a stable `code` for programs, words for people, and the values the words name. HTTP is not known
here: each surface's middleware turns a family into its status.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal that a person may be told. Subclass one of the families below, never this."""

    code: ClassVar[str] = "refused"
    words: ClassVar[str | Promise] = _("This cannot be done.")
    status: ClassVar[int] = 400

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(self.code)

    @property
    def message(self) -> str:
        """The words in the language active now, with the values filled in."""
        return str(self.words).format(**self.values)

    def __str__(self) -> str:
        return self.message


class NotAllowed(DomainError):
    """The person may not do this."""

    code = "not-allowed"
    words = _("You are not allowed to do this. Nothing was changed.")
    status = 403


class Invalid(DomainError):
    """What was given cannot be used; the words say which part and what to give instead."""

    code = "invalid"
    words = _("This cannot be used: {reason}")
    status = 422


class Conflict(DomainError):
    """Something changed meanwhile; the person has to look and decide."""

    code = "conflict"
    words = _("Something changed in the meantime. Nothing was lost: look again, then repeat.")
    status = 409


class Unavailable(DomainError):
    """Something outside does not answer now; trying again later is sensible."""

    code = "unavailable"
    words = _("This is not available at the moment. Nothing was lost: try again in a while.")
    status = 503
