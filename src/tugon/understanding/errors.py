from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Invalid


class UnknownAspect(Invalid):
    code = "unknown-aspect"
    words = _("Nothing like “{aspect}” is read from messages.")


class ValueUnknown(Invalid):
    code = "reading-value-unknown"
    words = _("That is none of the choices for {aspect}.")
