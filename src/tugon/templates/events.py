"""Facts about templates. Ids and keys, never what a customer wrote or was written."""

from dataclasses import dataclass

from tugon.events.facts import fact


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateCreated:
    template_id: int
    folder_id: int
    language: str


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateTranslationAdded:
    template_id: int
    translation_id: int
    language: str


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateChanged:
    """What stands around the words changed: names of the fields, "files" among them."""

    template_id: int
    fields: tuple[str, ...]


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateDraftStarted:
    """The first save of a draft; the saves that follow are no facts of their own."""

    template_id: int
    translation_id: int


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateDraftDiscarded:
    """version_id: where its words are kept."""

    template_id: int
    translation_id: int
    version_id: int | None = None


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateReviewAsked:
    template_id: int
    translation_id: int
    reviewer_id: int | None = None


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateApproved:
    template_id: int
    translation_id: int
    asked_by_id: int | None = None


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateDeclined:
    template_id: int
    translation_id: int
    asked_by_id: int | None = None


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplatePublished:
    template_id: int
    translation_id: int
    version_id: int
    language: str
    rolled_back_to: int | None = None


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateUnpublished:
    template_id: int
    translation_id: int
    language: str


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateReadAgain:
    """Somebody found that it is right still, after a fact in it changed."""

    template_id: int


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateArchived:
    template_id: int


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateRestored:
    template_id: int


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateUsed:
    """An answer left with it. edit_share: 0 as it was filled … 1 nothing of it is left."""

    template_id: int
    version_id: int
    ticket_id: int
    message_id: int
    language: str
    edit_share: float


@fact(about="template")
@dataclass(frozen=True, slots=True)
class TemplateUseWithdrawn:
    """The answer was taken back before it left."""

    template_id: int
    version_id: int
    ticket_id: int


@fact(about="template_folder")
@dataclass(frozen=True, slots=True)
class TemplateFolderCreated:
    template_folder_id: int


@fact(about="template_folder")
@dataclass(frozen=True, slots=True)
class TemplateFolderChanged:
    template_folder_id: int
    fields: tuple[str, ...]


@fact(about="template_folder")
@dataclass(frozen=True, slots=True)
class TemplateFolderRemoved:
    template_folder_id: int
