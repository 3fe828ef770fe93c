from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Invalid


class AvailabilityRefused(Invalid):
    code = "availability"
    words = _("This cannot be kept: {reason} Nothing was changed.")


class RoutingRefused(Invalid):
    code = "routing"
    words = _("This cannot be kept: {reason} Nothing was changed.")
