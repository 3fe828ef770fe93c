from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class ScoreInvalid(Invalid):
    code = "score-invalid"
    words = _("Choose a number of stars from 1 to 5.")


class NotYetSolved(Conflict):
    code = "not-yet-solved"
    words = _("This request is not solved yet. You can rate the answer once it is.")
