from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class FieldInvalid(Invalid):
    code = "custom-field-invalid"
    words = _("“{value}” cannot be used for {field}: {reason}")


class FieldUnknown(Invalid):
    code = "custom-field-unknown"
    words = _("There is no field named {key}.")


class CannotMergeCustomers(Invalid):
    code = "customers-cannot-merge"
    words = _("These two people cannot be merged: {reason}")


class ContactPointTaken(Conflict):
    code = "contact-point-taken"
    words = _("{value} already belongs to {name}. Merge the two people if they are the same person.")
