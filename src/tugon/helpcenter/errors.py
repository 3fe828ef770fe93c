"""What can be refused here, in words."""

from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid, NotAllowed


class TitleMissing(Invalid):
    code = "title-missing"
    words = _("Write a title: without one nobody finds it. Your text is kept.")


class TextMissing(Invalid):
    code = "text-missing"
    words = _("There is no text yet. Write something before you publish it.")


class TextTooLong(Invalid):
    code = "text-too-long"
    words = _(
        "This text has {size} characters; an article may have at most {limit}. "
        "What was saved before stays. Paste it in parts, or leave out pictures pasted within the text."
    )


class SourcesMissing(Invalid):
    code = "sources-missing"
    words = _("Articles of “{section}” say where they are known from. Add a source, one a line.")


class DraftMoved(Conflict):
    """Somebody saved since the text on this screen was read. `number` is the draft as it stands now."""

    code = "draft-moved"
    words = _(
        "{name} saved this draft at {time}, after you opened it. Your words are still on your screen: "
        "compare them, then save over it or copy yours across."
    )


class NoDraft(Conflict):
    code = "no-draft"
    words = _("There is no draft here: it was published or discarded meanwhile. Look again.")


class LanguageUnknown(Invalid):
    code = "language-unknown"
    words = _("{language} is not among the languages you offer. Add it in the settings first.")


class TranslationExists(Conflict):
    code = "translation-exists"
    words = _("This article is there in that language already. Open it instead.")


class OriginalStays(Conflict):
    code = "original-stays"
    words = _("The others are translated from this one. Archive the article instead.")


class SlugTaken(Conflict):
    code = "slug-taken"
    words = _("“{slug}” is the address of “{title}” already. Choose another one.")


class SlugInvalid(Invalid):
    code = "slug-invalid"
    words = _("“{slug}” cannot be an address. Use letters a–z, digits and hyphens, like reset-your-password.")


class NotApproved(Conflict):
    code = "not-approved"
    words = _("In “{section}” a second person reads a text before it is published. Ask for a review first.")


class OwnReview(NotAllowed):
    code = "own-review"
    words = _("You wrote or asked about this text yourself: somebody else has to approve it.")


class ReviewNotAsked(Conflict):
    code = "review-not-asked"
    words = _("Nobody waits for this review any more: it was answered, or the draft has changed since.")


class ReviewerCannot(Invalid):
    code = "reviewer-cannot"
    words = _("{name} may not approve articles. Ask somebody else.")


class ReasonMissing(Invalid):
    code = "reason-missing"
    words = _("Say what should change, so that the author knows.")


class MomentPast(Invalid):
    code = "moment-past"
    words = _("Choose a moment to come, or publish it now.")


class NotPublished(Conflict):
    code = "not-published"
    words = _("This is not published. Nothing was changed.")


class ArticleArchived(Conflict):
    code = "article-archived"
    words = _("This article is archived. Restore it first.")


class NotArchived(Conflict):
    code = "not-archived"
    words = _("Archive the article before you delete it for good.")


class StillCited(Conflict):
    code = "still-cited"
    words = _(
        "Other articles still link to this one: {titles}. Change them first, or delete it all the same."
    )


class VersionElsewhere(Invalid):
    code = "version-elsewhere"
    words = _("This version belongs to another text.")


class AudiencesMissing(Invalid):
    code = "audiences-missing"
    words = _("Choose at least one audience or plan, or let everybody read it: this way nobody could.")


class VisibilityUnknown(Invalid):
    code = "visibility-unknown"
    words = _("Choose who may read it: everybody, who is signed in, audiences, plans or agents only.")


class ReviewIntervalInvalid(Invalid):
    code = "review-interval-invalid"
    words = _("A review is due after 1 to 3650 days, or never.")


class NameMissing(Invalid):
    code = "chapter-name-missing"
    words = _("Write a title in at least one language.")


class ChapterInUse(Conflict):
    code = "chapter-in-use"
    words = _("“{title}” still holds {number}. Move them elsewhere first.")


class NoticeInvalid(Invalid):
    code = "notice-invalid"
    words = _("The notice was not saved: {reason}")


class SameAudience(Invalid):
    code = "same-audience"
    words = _("Choose two different audiences.")


class CommentTooLong(Invalid):
    code = "comment-too-long"
    words = _("That is very long. Keep it under {limit} characters, or write to us instead.")


class FileNotUsable(Invalid):
    code = "file-not-usable"
    words = _("{name} is neither a picture nor a video, so it cannot be shown in an article.")
