from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Invalid


class OverrideNeedsReason(Invalid):
    code = "priority-needs-a-reason"
    words = _("Say why this ticket gets another priority than the table gives it. Nothing was changed.")


class OverrideInThePast(Invalid):
    code = "priority-override-in-the-past"
    words = _("Choose a moment to come for the end of your decision. Nothing was changed.")


class PriorityUnknown(Invalid):
    code = "priority-unknown"
    words = _("Choose one of the priorities. Nothing was changed.")


class MatrixRefused(Invalid):
    code = "priority-matrix"
    words = _("This table cannot be used: {reason} Nothing was changed.")
