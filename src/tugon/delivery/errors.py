from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict


class CannotSendAgain(Conflict):
    code = "delivery-cannot-send-again"
    words = _("This letter is {state} and cannot be sent again. Write a new reply instead.")
