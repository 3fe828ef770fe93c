from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class AlreadySettled(Conflict):
    code = "received-already-settled"
    words = _("This message was already dealt with: it is {state}. Nothing was changed.")


class PayloadGone(Conflict):
    code = "payload-gone"
    words = _("The original bytes of this message were removed, so it cannot be read again.")


class SubmissionIncomplete(Invalid):
    code = "submission-incomplete"
    words = _("Your request was not sent yet. Please look at: {fields}")


class ChannelClosed(Invalid):
    code = "channel-closed"
    words = _("This form does not take requests at the moment. Please use another way to reach us.")
