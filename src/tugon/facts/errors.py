from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class FactUnknown(Invalid):
    code = "fact-unknown"
    words = _(
        "No fact has this key, or it has no value yet: {keys}. Correct the key, or make the fact first."
    )


class FactKeyInvalid(Invalid):
    code = "fact-key-invalid"
    words = _("A key is two or more words with dots between, like refund.window. “{key}” is not.")


class FactKeyTaken(Conflict):
    code = "fact-key-taken"
    words = _("There is already a fact with the key “{key}”.")


class FactUnitInvalid(Invalid):
    code = "fact-unit-invalid"
    words = _("“{unit}” is no unit of this kind of fact.")


class FactValueInvalid(Invalid):
    code = "fact-value-invalid"
    words = _("{reason}")


class FactValueInThePast(Conflict):
    code = "fact-value-in-the-past"
    words = _("This value has taken effect already. It stays in the history: give a new value instead.")


class FactTableInvalid(Invalid):
    code = "fact-table-invalid"
    words = _("{reason} Nothing was changed.")
