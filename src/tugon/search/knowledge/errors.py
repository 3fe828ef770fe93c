from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class SynonymsInvalid(Invalid):
    code = "synonyms-invalid"
    words = _(
        "Write at least two different words or phrases that mean the same, at most twenty, each up to 80 letters."
    )


class GapUnknown(Conflict):
    code = "gap-unknown"
    words = _("These searches were grouped anew meanwhile. Nothing was changed; look at the list again.")
