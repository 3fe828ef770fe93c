from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class ProcessorTaken(Conflict):
    code = "processor-taken"
    words = _("There is already a processor called “{name}”.")


class ProcessorInvalid(Invalid):
    code = "processor-invalid"
    words = _("{reason}")


class DescriptorInvalid(Invalid):
    code = "descriptor-invalid"
    words = _(
        "“{pattern}” says nothing once dates, places and numbers are taken away. Write the words of the statement."
    )


class DescriptorTaken(Conflict):
    code = "descriptor-taken"
    words = _("“{pattern}” belongs to {name} already.")


class RouteInvalid(Invalid):
    code = "route-invalid"
    words = _("{reason}")


class DirectoryTableInvalid(Invalid):
    code = "directory-table-invalid"
    words = _("{reason} Nothing was changed.")
