from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class CalendarImpossible(Invalid):
    code = "calendar-impossible"
    words = _("Nobody can be open so. {reason}")


class FeedUnreadable(Invalid):
    code = "feed-unreadable"
    words = _("This is no calendar in the iCalendar format: {reason}")


class PolicyInvalid(Invalid):
    code = "policy-invalid"
    words = _("This policy cannot be used: {reason}")


class DefaultPolicyStays(Conflict):
    code = "default-policy-stays"
    words = _(
        "This policy counts where no other fits, so it cannot be removed. Change what it promises instead."
    )


class CalendarInUse(Conflict):
    code = "calendar-in-use"
    words = _("The calendar is used by {users}. Give them another one first.")
