"""Reads. For readers: `published()` and `readable_by(reader)`, always both."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When

if TYPE_CHECKING:
    from tugon.accounts.models import Agent

    from .models import Article, Category, Notice, Section, Translation, Version, Vote  # noqa: F401
    from .readers import Reader


def readable(reader: Reader, prefix: str = "") -> Q:
    """The one rule of who reads what. prefix: the path to the article, "article__" from a translation.

    An audience or plan counts only of a person who is signed in: what a visitor says to be opens nothing.
    """
    if reader.is_agent:
        return Q()
    from .models import Article, Visibility

    levels = [Visibility.PUBLIC, *([Visibility.SIGNED_IN] if reader.signed_in else [])]
    may = Q(**{f"{prefix}visibility__in": levels})
    if reader.signed_in and reader.audience_id is not None:
        rows = Article.audiences.through._default_manager.filter(audience_id=reader.audience_id).values(
            "article_id"
        )
        may |= Q(**{f"{prefix}visibility": Visibility.AUDIENCES, f"{prefix}pk__in": rows})
    if reader.signed_in and reader.plan_id is not None:
        rows = Article.plans.through._default_manager.filter(plan_id=reader.plan_id).values("article_id")
        may |= Q(**{f"{prefix}visibility": Visibility.PLANS, f"{prefix}pk__in": rows})
    return may & Q(**{f"{prefix}section__category__is_visible": True})


class CategoryQuerySet(models.QuerySet["Category"]):
    def visible(self) -> CategoryQuerySet:
        return self.filter(is_visible=True)

    def for_audience(self, audience_id: int | None) -> CategoryQuerySet:
        """Chapters offered to an audience: its own and those for everybody. None: all of them."""
        if audience_id is None:
            return self
        through = self.model.audiences.through._default_manager.filter(category_id=OuterRef("pk"))
        return self.filter(~Exists(through) | Exists(through.filter(audience_id=audience_id)))

    def readable_by(self, reader: Reader) -> CategoryQuerySet:
        """Those in which the reader may read something that is published."""
        from .models import Article

        return self.filter(
            Exists(Article.objects.live().readable_by(reader).filter(section__category_id=OuterRef("pk")))
        )


class SectionQuerySet(models.QuerySet["Section"]):
    def readable_by(self, reader: Reader) -> SectionQuerySet:
        """Those in which the reader may read something that is published."""
        from .models import Article

        return self.filter(
            Exists(Article.objects.live().readable_by(reader).filter(section_id=OuterRef("pk")))
        )

    def in_order(self) -> SectionQuerySet:
        """As the help center shows them: by category, then by position."""
        return self.select_related("category").order_by("category__position", "category_id", "position", "pk")


class ArticleQuerySet(models.QuerySet["Article"]):
    def locked(self, pk: int) -> Article:
        """The article, locked until the transaction ends. Raises Article.DoesNotExist."""
        return self.select_for_update(of=("self",)).get(pk=pk)

    def present(self) -> ArticleQuerySet:
        """Not archived."""
        return self.filter(archived_at=None)

    def archived(self) -> ArticleQuerySet:
        return self.exclude(archived_at=None)

    def live(self) -> ArticleQuerySet:
        """Not archived, and published in at least one language."""
        from .models import Translation

        published = Translation.objects.filter(article_id=OuterRef("pk"), published__isnull=False)
        return self.present().filter(Exists(published))

    def readable_by(self, reader: Reader) -> ArticleQuerySet:
        """What the reader may read. Says nothing about being published: see `live`."""
        return self.filter(readable(reader))

    def due_for_review(self, on: date) -> ArticleQuerySet:
        """The queue: what is due on a day or before it, the longest overdue first."""
        return self.present().filter(review_due_on__lte=on).order_by("review_due_on", "pk")

    def owned_by(self, agent: Agent) -> ArticleQuerySet:
        return self.filter(owner=agent)


class TranslationQuerySet(models.QuerySet["Translation"]):
    def locked(self, pk: int) -> Translation:
        """The translation, locked until the transaction ends. Raises Translation.DoesNotExist."""
        return self.select_for_update(of=("self",)).select_related("article__section").get(pk=pk)

    def published(self) -> TranslationQuerySet:
        """Published, of articles that are not archived."""
        return self.filter(published__isnull=False, article__archived_at=None)

    def readable_by(self, reader: Reader) -> TranslationQuerySet:
        """Those of articles that the reader may read."""
        return self.filter(readable(reader, "article__"))

    def in_language(self, language: str) -> TranslationQuerySet:
        return self.filter(language=language)

    def nearest_to(self, language: str) -> TranslationQuerySet:
        """One a article: in the reader's language, else in the company's own, else in the next offered one.

        Chain it last but for ordering and slicing: what was filtered before decides what there is to choose from.
        """
        best = self.model._default_manager.filter(
            pk__in=self.order_by().values("pk"), article_id=OuterRef("article_id")
        ).order_by(_rank(language), "pk")
        return self.filter(pk=Subquery(best.values("pk")[:1]))

    def with_freshness(self) -> TranslationQuerySet:
        """Annotates `out_of_date`: the original has been published anew since this text was made from it.

        False for the original itself and where the original is not published. No query more.
        """
        return self.annotate(out_of_date=_staleness())

    def out_of_date(self) -> TranslationQuerySet:
        """Translations whose original was published anew since."""
        return self.alias(stale=_staleness()).filter(stale=True)

    def with_draft(self) -> TranslationQuerySet:
        return self.filter(has_draft=True)

    def waiting_for_review(self) -> TranslationQuerySet:
        """Drafts that wait for a second person, the longest waiting first."""
        return self.filter(review="asked", article__archived_at=None).order_by("review_at", "pk")

    def due(self, moment: datetime) -> TranslationQuerySet:
        """Scheduled to be published by then."""
        return self.filter(scheduled_for__lte=moment)

    def for_list(self) -> TranslationQuerySet:
        """With what a row names: its article, section, category and owner. One query."""
        return self.select_related("article__section__category", "article__owner")

    def for_reading(self) -> TranslationQuerySet:
        """With the published words, and what the page names around them. One query."""
        return self.select_related(
            "published", "article__section__category", "article__reviewed_by", "article__owner"
        )


def _staleness() -> Case:
    from .models import Translation

    source = Translation.objects.filter(
        article_id=OuterRef("article_id"),
        language=OuterRef("article__source_language"),
        published__isnull=False,
    )
    changed = source.exclude(published_id=OuterRef("made_from_id"))
    never = Exists(source) & Q(made_from=None)
    return Case(
        When(Q(language=F("article__source_language")) | Q(published=None), then=Value(False)),
        When(Exists(changed) | never, then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


def _rank(language: str) -> Case:
    from .languages import preference

    order = preference(language)
    return Case(
        *(When(language=one, then=Value(place)) for place, one in enumerate(order)),
        default=Value(len(order)),
        output_field=IntegerField(),
    )


class VersionQuerySet(models.QuerySet["Version"]):
    def shown(self) -> VersionQuerySet:
        """Versions that readers see now, whoever they are."""
        from .models import Translation

        return self.filter(pk__in=Translation.objects.published().values("published_id"))


class VoteQuerySet(models.QuerySet["Vote"]):
    def open_work(self) -> VoteQuerySet:
        """Votes whose words nobody has answered for yet, newest first."""
        return self.filter(resolved_at=None).exclude(comment="").order_by("-voted_at", "-pk")

    def for_owner(self, agent: Agent) -> VoteQuerySet:
        """On articles that the agent owns."""
        return self.filter(translation__article__owner=agent)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def current(self, moment: datetime) -> NoticeQuerySet:
        """Begun and not ended, the worst first."""
        worst = Case(
            When(level="outage", then=Value(0)),
            When(level="warning", then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        return (
            self.filter(starts_at__lte=moment)
            .filter(Q(ends_at=None) | Q(ends_at__gt=moment))
            .order_by(worst, "-starts_at", "-pk")
        )

    def for_audience(self, audience_id: int | None) -> NoticeQuerySet:
        """For everybody, and for this audience; None (nothing known): those for everybody and those for anybody."""
        if audience_id is None:
            return self
        through = self.model.audiences.through._default_manager.filter(notice_id=OuterRef("pk"))
        return self.filter(~Exists(through) | Exists(through.filter(audience_id=audience_id)))
