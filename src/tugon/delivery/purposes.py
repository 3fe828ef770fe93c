"""What a letter leaves for: the values of `Delivery.purpose`, which pages translate and programs do not."""

from django.utils.translation import gettext_noop as _

OUTSIDE = "outside"
"""A letter to a department outside: kept like a reply's, so that it can be sent again."""

PURPOSES = (
    _("reply"),
    _("acknowledgement"),
    _("solved"),
    _("sign-in"),
    _("invitation"),
    _("password-reset"),
    _("security-notice"),
    _("notification"),
    _("alarm"),
    _("notice"),
    _("outside"),
    _("page"),
    _("escalated"),
)
