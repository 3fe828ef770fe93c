from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class GraphUnreadable(Invalid):
    code = "troubleshooter-unreadable"
    words = _("This is no troubleshooter: {reason} The draft stands as it was.")


class StepChanged(Conflict):
    code = "troubleshooter-step-changed"
    words = _(
        "{who} changed this step in the meantime. Your words are still here: "
        "look at theirs, then save again to put yours in their place."
    )


class NotPublishable(Invalid):
    code = "troubleshooter-not-publishable"
    words = _("It cannot be published yet: {problems} The draft is kept.")


class SlugTaken(Invalid):
    code = "troubleshooter-slug-taken"
    words = _("Another troubleshooter has the address “{slug}”. Choose another one.")


class SlugInvalid(Invalid):
    code = "troubleshooter-slug-invalid"
    words = _("The address may have small letters, digits and hyphens, such as “cannot-sign-in”.")


class NothingToUndo(Conflict):
    code = "troubleshooter-nothing-to-undo"
    words = _("There is nothing more to undo.")


class NothingToRedo(Conflict):
    code = "troubleshooter-nothing-to-redo"
    words = _("There is nothing to bring back.")


class NotOffered(Conflict):
    code = "troubleshooter-not-offered"
    words = _("This guide is not offered any more. What you answered is kept: write to us, and we have it.")


class AnswerMissing(Invalid):
    code = "troubleshooter-answer-missing"
    words = _("Choose one of the answers.")


class WalkTooLong(Conflict):
    code = "troubleshooter-walk-too-long"
    words = _(
        "You have tried more than enough. Write to us: we have every step, and you need not tell them again."
    )
