from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Invalid


class ModelMissing(Invalid):
    code = "model-missing"
    words = _("Write which model the service is to use, like text-embedding-3-small. Nothing was changed.")
