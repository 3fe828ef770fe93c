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


class ContactPointInvalid(Invalid):
    code = "contact-point-invalid"
    words = _("“{value}” cannot be used: {reason}.")


class LastContactPoint(Conflict):
    code = "contact-point-last"
    words = _("This is the only way to reach this person. Add another one first.")


class PersonGone(Conflict):
    code = "person-gone"
    words = _("This person was merged into another or erased, and can no longer be changed.")


class CannotUndoMerge(Conflict):
    code = "customers-cannot-unmerge"
    words = _("This merge can no longer be undone: {reason}")


class NameMissing(Invalid):
    code = "organisation-name-missing"
    words = _("Write a name.")


class DomainInvalid(Invalid):
    code = "domain-invalid"
    words = _(
        "“{domain}” cannot stand for one organisation. Give a mail domain of its own, such as studio.example."
    )


class DomainTaken(Conflict):
    code = "domain-taken"
    words = _("{domain} already belongs to {name}.")
