from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class ReasonMissing(Invalid):
    code = "reason-missing"
    words = _("Say why in a few words: whoever gets the ticket reads it first.")


class NotEscalated(Conflict):
    code = "not-escalated"
    words = _("#{number} is not escalated any more. Nothing was changed.")


class AlreadyHigher(Conflict):
    code = "already-higher"
    words = _("#{number} is at “{level}” already, which is higher. To lower it, use “Lower”.")


class CannotEscalate(Conflict):
    code = "cannot-escalate"
    words = _("#{number} cannot be escalated: {reason}")


class LevelArchived(Conflict):
    code = "level-archived"
    words = _("The level “{level}” is not in use any more. Choose another.")


class DepartmentArchived(Conflict):
    code = "department-archived"
    words = _("“{department}” is not asked any more. Choose another.")


class QuestionMissing(Invalid):
    code = "question-missing"
    words = _("Write what you want to ask. Nothing was sent.")


class AddressIsOurs(Invalid):
    code = "address-is-ours"
    words = _(
        "{address} is a mailbox of Tugon: a letter there would come back to us as a new request. Give the department's "
        "own address."
    )


class NobodyOnCall(Invalid):
    code = "nobody-on-call"
    words = _("Name at least one person to be on call.")


class InquiryEnded(Conflict):
    code = "inquiry-ended"
    words = _("This question was ended meanwhile. Ask again to begin a new one; your words are still here.")
