"""What can be refused here, in words."""

from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed


class NothingPublished(Conflict):
    code = "template-not-published"
    words = _("The template “{key}” is not published in any language, so there is nothing to put in.")


class TemplateInvalid(Invalid):
    """The words cannot be filled; `problems` says what is wrong, where."""

    code = "template-invalid"
    words = _("The template cannot be used yet. {problems} Your words are kept as a draft.")


class TitleMissing(Invalid):
    code = "template-title-missing"
    words = _("Write a title: by it the template is found. Your words are kept.")


class TextMissing(Invalid):
    code = "template-text-missing"
    words = _("There is no text yet. Write something before you publish it.")


class TextTooLong(Invalid):
    code = "template-too-long"
    words = _(
        "This text has {size} characters; a template may have at most {limit}. What was saved before stays."
    )


class ShortcutTaken(Conflict):
    code = "template-shortcut-taken"
    words = _("“/{shortcut}” is the shortcut of “{title}” already. Choose another one.")


class ShortcutInvalid(Invalid):
    code = "template-shortcut-invalid"
    words = _("A shortcut is one word of letters, digits and dashes, like refund. “{shortcut}” is not.")


class KeyTaken(Conflict):
    code = "template-key-taken"
    words = _("There is a template with the key “{key}” already.")


class KeyInvalid(Invalid):
    code = "template-key-invalid"
    words = _("A key has small letters, digits, dots and dashes, like refund-explained. “{key}” has not.")


class LanguageUnknown(Invalid):
    code = "template-language-unknown"
    words = _("{language} is not among the languages you offer. Add it in the settings first.")


class TranslationExists(Conflict):
    code = "template-translation-exists"
    words = _("This template is there in that language already. Open it instead.")


class DraftMoved(Conflict):
    code = "template-draft-moved"
    words = _(
        "{name} saved this draft at {time}, after you opened it. Your words are still on your screen: compare them, "
        "then save over it or copy yours across."
    )


class NoDraft(Conflict):
    code = "template-no-draft"
    words = _("There is no draft here: it was published or discarded meanwhile. Look again.")


class NotApproved(Conflict):
    code = "template-not-approved"
    words = _(
        "Templates in “{folder}” are read by a second person before they are published. Ask for a review first."
    )


class OwnReview(NotAllowed):
    code = "template-own-review"
    words = _("A second person reads it: you wrote or sent this draft yourself.")


class ReviewNotAsked(Conflict):
    code = "template-review-not-asked"
    words = _("Nobody waits for a review of this draft any more. Look again.")


class ReasonMissing(Invalid):
    code = "template-reason-missing"
    words = _("Say what should change, so that the author can do it.")


class TemplateArchived(Conflict):
    code = "template-archived"
    words = _("This template is archived. Restore it first.")


class VersionElsewhere(Invalid):
    code = "template-version-elsewhere"
    words = _("This version belongs to another text.")


class FolderNotEmpty(Conflict):
    code = "template-folder-not-empty"
    words = _("There are still templates or folders in “{folder}”. Move them first.")


class FolderInItself(Invalid):
    code = "template-folder-in-itself"
    words = _("A folder cannot be within itself.")
