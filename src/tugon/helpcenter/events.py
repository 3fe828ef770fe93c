"""Facts about the help center. Ids and keys, never words of readers."""

from dataclasses import dataclass
from datetime import date, datetime

from tugon.events.facts import fact


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleCreated:
    article_id: int
    section_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class TranslationAdded:
    article_id: int
    translation_id: int
    language: str


@fact(about="article")
@dataclass(frozen=True, slots=True)
class DraftStarted:
    """The first save of a draft; the saves that follow are no facts of their own."""

    article_id: int
    translation_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    """version_id: where its words are kept."""

    article_id: int
    translation_id: int
    version_id: int | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticlePublished:
    """A version is shown to readers from now on. is_first: this language was never published before."""

    article_id: int
    translation_id: int
    version_id: int
    language: str
    is_first: bool = False
    rolled_back_to: int | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleUnpublished:
    article_id: int
    translation_id: int
    language: str


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleScheduled:
    article_id: int
    translation_id: int
    version_id: int
    at: datetime


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ScheduleCancelled:
    article_id: int
    translation_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ReviewAsked:
    """A second person is wanted. reviewer_id: who, or None for anybody who may."""

    article_id: int
    translation_id: int
    reviewer_id: int | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class DraftApproved:
    article_id: int
    translation_id: int
    asked_by_id: int | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class DraftDeclined:
    article_id: int
    translation_id: int
    asked_by_id: int | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleReviewed:
    """Somebody read it again and found it right. due_on: when the next reading is due."""

    article_id: int
    due_on: date | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleChanged:
    """What stands around the words changed: kind, visibility, owner, terms, review interval."""

    article_id: int
    fields: tuple[str, ...]


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleMoved:
    article_id: int
    from_id: int
    to_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleArchived:
    article_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleRestored:
    article_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleDeleted:
    """For good. translation_ids: what is gone with it."""

    article_id: int
    key: str
    translation_ids: tuple[int, ...] = ()


@fact(about="article")
@dataclass(frozen=True, slots=True)
class SlugChanged:
    """The old address leads on."""

    article_id: int
    translation_id: int
    old: str
    new: str


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleVoted:
    article_id: int
    translation_id: int
    vote_id: int
    helpful: bool
    has_comment: bool = False
    owner_id: int | None = None


@fact(about="article")
@dataclass(frozen=True, slots=True)
class VoteResolved:
    article_id: int
    vote_id: int


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleLinked:
    """An article and a ticket have to do with each other. role: made_from, cited, asked_after."""

    article_id: int
    ticket_id: int
    role: str


@fact(about="article")
@dataclass(frozen=True, slots=True)
class ArticleUnlinked:
    """A reply that cited it was taken back."""

    article_id: int
    ticket_id: int
    role: str


@fact(about="category")
@dataclass(frozen=True, slots=True)
class CategoryChanged:
    """Made, changed or moved."""

    category_id: int
    fields: tuple[str, ...] = ()


@fact(about="category")
@dataclass(frozen=True, slots=True)
class CategoryRemoved:
    category_id: int


@fact(about="section")
@dataclass(frozen=True, slots=True)
class SectionChanged:
    section_id: int
    fields: tuple[str, ...] = ()


@fact(about="section")
@dataclass(frozen=True, slots=True)
class SectionRemoved:
    section_id: int


@fact(about="notice")
@dataclass(frozen=True, slots=True)
class NoticeChanged:
    """Made or changed; readers see it from its start on."""

    notice_id: int
    fields: tuple[str, ...] = ()


@fact(about="notice")
@dataclass(frozen=True, slots=True)
class NoticeEnded:
    notice_id: int


@fact(about="audience")
@dataclass(frozen=True, slots=True)
class AudiencesMerged:
    """What the first audience had in the help center belongs to `into_id` now."""

    audience_id: int
    into_id: int
