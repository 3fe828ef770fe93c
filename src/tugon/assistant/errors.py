from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed, Unavailable

TROUBLES: dict[str, str | Promise] = {
    "no-answer": _(
        "The assistant did not answer in time. Your draft is untouched; try again, or go on by yourself."
    ),
    "unreachable": _(
        "The assistant's service cannot be reached. Your draft is untouched; an administrator can test it."
    ),
    "wrong-key": _("The assistant's service refused the key. An administrator has to give it a new one."),
    "no-model": _(
        "The assistant's service does not know this address or model. An administrator has to correct it."
    ),
    "quota": _("The assistant's service takes no more questions now: its limit is used up. Try again later."),
    "too-long": _("The ticket is too long for the assistant's service."),
    "redirected": _(
        "The assistant's service wants to send the question elsewhere. That is not followed; an administrator "
        "has to correct the address."
    ),
    "refused": _("The assistant's service refused the question."),
    "broken": _("The assistant's service has a fault of its own. Try again in a while."),
    "nonsense": _(
        "The assistant's service answered with something that is no answer. Try again, or go on by yourself."
    ),
    "too-big": _("The assistant's answer was far too long and was thrown away. Try again."),
    "no-key": _(
        "The assistant's key was sealed with another secret key. An administrator has to give it again."
    ),
    "cancelled": _("Cancelled."),
    "lost": _("The question was lost while it waited. Ask again."),
}


class Trouble(Exception):
    """Why no answer came. code: one of TROUBLES. said: the service's own words, for administrators."""

    def __init__(self, code: str, said: str = "") -> None:
        super().__init__(code)
        self.code, self.said = code, said

    @property
    def words(self) -> str:
        return str(TROUBLES[self.code])


class AssistantOff(Unavailable):
    code = "assistant-off"
    words = _("The assistant is switched off. An administrator decides about it.")


class AudienceForbids(NotAllowed):
    code = "assistant-audience"
    words = _("Words of this kind of customer may not leave the house. Nothing was sent.")


class LimitReached(Unavailable):
    code = "assistant-limit"
    words = _(
        "{limit} questions to the assistant were asked in the last 24 hours; more are not allowed. Nothing was sent."
    )


class NothingToDo(Invalid):
    code = "assistant-nothing"
    words = _("There is nothing to work on yet: {what}")


class AlreadySent(Conflict):
    code = "assistant-sent"
    words = _("This question was sent already, or put away.")


class SetupInvalid(Invalid):
    code = "assistant-setup"
    words = _("{reason} Nothing was changed.")
