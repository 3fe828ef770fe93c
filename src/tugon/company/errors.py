from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Invalid


class SettingInvalid(Invalid):
    code = "setting-invalid"
    words = _("“{label}” was not changed: {reason}")


class LogoInvalid(Invalid):
    code = "logo-invalid"
    words = _(
        "This file is not a picture that can be used. Choose a PNG, JPEG or WebP picture of at most 2 MB."
    )
