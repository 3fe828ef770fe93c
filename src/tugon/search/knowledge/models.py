from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tugon.accounts.models import Agent
from tugon.helpcenter.models import Article, Translation
from tugon.troubleshooters.models import Troubleshooter

from .querysets import EntryQuerySet, SearchQuerySet


class KnowledgeEntry(models.Model):
    """The words of one text that answers: a published translation, or a troubleshooter in one language.

    Its postings, phrases and word list stand in tables of their own (see the migration) and go with it.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article"
        TROUBLESHOOTER = "troubleshooter"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="+")
    translation = models.OneToOneField(Translation, null=True, on_delete=models.CASCADE, related_name="+")
    troubleshooter = models.ForeignKey(Troubleshooter, null=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True, db_comment="plain, facts as they stood when it was indexed")
    exact = ArrayField(models.CharField(max_length=200), default=list, db_comment="as the author wrote them")
    url = models.CharField(max_length=300)
    digest = models.CharField(max_length=64, db_comment="of what the vectors are made of")
    vectors_of = models.CharField(
        max_length=170, blank=True, db_comment="model and digest of the vectors there are"
    )
    indexed_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["troubleshooter", "language"],
                condition=models.Q(translation=None),
                name="knowledge_troubleshooter_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="article", article__isnull=False, translation__isnull=False)
                | models.Q(kind="troubleshooter", troubleshooter__isnull=False),
                name="knowledge_is_of_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def object_id(self) -> int:
        """The article's or the troubleshooter's id."""
        return self.article_id or self.troubleshooter_id or 0


class Posting(models.Model):
    """How much a word says about an entry: the part of BM25F that needs no query, 0 to 1. Goes with its entry."""

    pk = models.CompositePrimaryKey("word", "entry_id")
    word = models.TextField()
    entry = models.ForeignKey(KnowledgeEntry, on_delete=models.DO_NOTHING, related_name="+")
    weight = models.FloatField()

    class Meta:
        db_table = "search_posting"

    def __str__(self) -> str:
        return self.word


class Phrase(models.Model):
    """A code, a quoted message or the title of an entry, in the form search compares. Goes with its entry."""

    pk = models.CompositePrimaryKey("entry_id", "phrase")
    entry = models.ForeignKey(KnowledgeEntry, on_delete=models.DO_NOTHING, related_name="+")
    phrase = models.TextField()
    rank = models.SmallIntegerField(db_comment="3: the author says so, 2: title, 1: a code in the text")

    class Meta:
        db_table = "search_phrase"

    def __str__(self) -> str:
        return self.phrase


class Word(models.Model):
    """A word that stands in some entry, for slips of the finger and for beginnings."""

    word = models.TextField(primary_key=True)
    forms = ArrayField(models.TextField(), db_comment="the word, and it with any one letter left out")

    class Meta:
        db_table = "search_word"

    def __str__(self) -> str:
        return self.word


class Synonym(models.Model):
    """Words that mean the same to people who search: who writes one finds what says another."""

    words = ArrayField(models.CharField(max_length=80), db_comment="as the administrator wrote them")
    normal = ArrayField(models.CharField(max_length=80), db_comment="as search compares them")
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["id"]
        indexes = [GinIndex(fields=["normal"], name="synonym_normal")]

    def __str__(self) -> str:
        return ", ".join(self.words)


class Search(models.Model):
    """One search of one visitor, or what a form's text asked for. No name: the visitor is a hash of the day."""

    class Place(models.TextChoices):
        HELP = "help"
        FORM = "form"
        CONSOLE = "console"
        EMBED = "embed"

    asked_at = models.DateTimeField()
    visitor = models.CharField(max_length=32, db_comment="hash with the day's salt, which is forgotten")
    place = models.CharField(max_length=8, choices=Place.choices)
    text = models.CharField(max_length=200)
    normal = models.CharField(max_length=200)
    language = models.CharField(max_length=16)
    results = models.PositiveSmallIntegerField()
    clicked_at = models.DateTimeField(null=True)
    clicked_kind = models.CharField(max_length=16, blank=True)
    clicked_id = models.BigIntegerField(null=True)

    objects = SearchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], name="search_when"),
            models.Index(fields=["visitor", "-asked_at"], name="search_visitor"),
        ]

    def __str__(self) -> str:
        return self.text


class Gap(models.Model):
    """Searches that found nothing, or nothing anybody opened, grouped: perhaps an article is missing."""

    class State(models.TextChoices):
        OPEN = "open"
        WORK = "work"
        DISMISSED = "dismissed"
        DONE = "done"

    normal = models.CharField(max_length=200, unique=True, db_comment="of the search that began the group")
    text = models.CharField(max_length=200, db_comment="the most frequent wording")
    language = models.CharField(max_length=16)
    searches = models.PositiveIntegerField(default=0, db_comment="in the last 30 days")
    visitors = models.PositiveIntegerField(default=0)
    without_result = models.PositiveIntegerField(default=0)
    wordings = ArrayField(models.CharField(max_length=200), default=list, db_comment="up to ten")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Agent, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-visitors", "-last_at", "-id"]
        indexes = [models.Index(fields=["state", "-visitors", "-id"], name="gap_state")]

    def __str__(self) -> str:
        return self.text


class Suggested(models.Model):
    """Suggestions that one person got while writing one request, or with its acknowledgement."""

    class Place(models.TextChoices):
        FORM = "form"
        LETTER = "letter"

    token = models.CharField(max_length=32, unique=True)
    visitor = models.CharField(max_length=32)
    place = models.CharField(max_length=8, choices=Place.choices)
    language = models.CharField(max_length=16)
    shown_at = models.DateTimeField()
    shown = ArrayField(models.CharField(max_length=40), default=list, db_comment="kind:id, latest list")
    viewed = ArrayField(models.CharField(max_length=40), default=list, db_comment="kind:id")
    viewed_at = models.DateTimeField(null=True, db_comment="first")
    solved_at = models.DateTimeField(null=True, db_comment="said so")
    solved_by = models.CharField(max_length=40, blank=True, db_comment="kind:id")
    ticket_id = models.BigIntegerField(null=True, db_comment="written by the same visitor within 72 hours")

    class Meta:
        indexes = [
            models.Index(fields=["visitor"], name="suggested_visitor"),
            models.Index(fields=["shown_at"], name="suggested_when"),
        ]

    def __str__(self) -> str:
        return self.token


class VisitorSalt(models.Model):
    """One day's salt of visitor hashes. Older than four days they are deleted, and no hash can be made again."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)
