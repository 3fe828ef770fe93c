from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed, Unavailable


class RequestClosed(Conflict):
    code = "request-closed"
    words = _(
        "This request is closed for good, so nothing can be added to it. Write a new request about it instead."
    )


class EmptyReply(Invalid):
    code = "reply-empty"
    words = _("Write something or add a file, then send it.")


class TooManyMessages(Unavailable):
    code = "too-many-messages"
    words = _(
        "Very many messages came to this request within an hour. Your words are still here: send them in a while."
    )


class NotTaken(NotAllowed):
    code = "messages-not-taken"
    words = _("We do not take messages from you at the moment. Nothing was added.")


class LinkSpent(Conflict):
    code = "sign-in-link-spent"
    words = _("This link was used already or is older than 30 minutes. Ask for a new one; it takes a minute.")


class CodeWrong(Invalid):
    code = "sign-in-code-wrong"
    words = _("This code is not right. Look at the newest letter from us and type its six digits.")


class CodeSpent(Conflict):
    code = "sign-in-code-spent"
    words = _("This code can no longer be used. Ask for a new letter below.")


class TooManySignIns(Unavailable):
    code = "too-many-sign-ins"
    words = _("Many sign-in letters were asked for from your network. Wait ten minutes, then try again.")
