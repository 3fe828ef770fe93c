from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class SettingInvalid(Invalid):
    code = "setting-invalid"
    words = _("“{label}” was not changed: {reason}")


class LogoInvalid(Invalid):
    code = "logo-invalid"
    words = _(
        "This file is not a picture that can be used. Choose a PNG, JPEG or WebP picture of at most 2 MB."
    )


class RowTaken(Conflict):
    code = "row-taken"
    words = _("There is one with this name or key already. Choose another. Nothing was changed.")


class RowInUse(Conflict):
    code = "row-in-use"
    words = _("It is still in use, so it stays. Archive or switch it off instead.")
