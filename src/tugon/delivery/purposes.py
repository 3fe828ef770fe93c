"""What a letter leaves for: the values of `Delivery.purpose`, which pages translate and programs do not."""

from django.utils.translation import gettext_noop as _

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
)
