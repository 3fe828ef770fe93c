"""Keeping the index of knowledge. Everything is rebuilt from the rows, so repeating does no harm."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from tugon.facts.models import Fact
from tugon.facts.referencing import render, render_html
from tugon.helpcenter import addresses
from tugon.helpcenter.models import Translation
from tugon.lib.clock import now
from tugon.lib.html import to_text
from tugon.troubleshooters.models import Troubleshooter

from .models import KnowledgeEntry
from .phrases import ROOT_MARK, codes_in, near_forms, normal, roots, words_of

MOST_LETTERS = 40_000
"""Of one text."""

PIECE, MOST_PIECES = 450, 6
"""Letters of a piece of text that has a vector of its own; pieces of one text."""

TITLE, SUMMARY, EXACT, BODY = 6.0, 3.0, 4.0, 1.0
"""What one occurrence counts for, by where it stands."""
SATURATION, LENGTH, USUAL = 1.2, 0.35, 260.0
"""BM25: how soon repeating a word stops counting, how much a long text is discounted, words of a usual text."""

_POSTINGS = f"""
INSERT INTO search_posting (word, entry_id, weight)
SELECT word, id, amount / (amount + {SATURATION} * (1 - {LENGTH} + {LENGTH} * least(size, 4 * {USUAL}) / {USUAL}))
FROM (
    SELECT e.id, left(e.mark || w.lexeme, 60) AS word, length(e.words) AS size, sum((
        SELECT sum(CASE weight WHEN 'A' THEN {TITLE} WHEN 'B' THEN {SUMMARY} WHEN 'C' THEN {EXACT} ELSE {BODY} END)
        FROM unnest(w.weights) weight
    )) AS amount
    FROM ({{words}}) e, unnest(e.words) w
    GROUP BY 1, 2, 3
) counted
"""  # noqa: S608  only our own constants are filled in
_OF_WORDS = """
SELECT id, '' AS mark, setweight(to_tsvector('tugon', title), 'A')
    || setweight(to_tsvector('tugon', summary), 'B')
    || setweight(to_tsvector('tugon', array_to_string(exact, ' ')), 'C')
    || setweight(to_tsvector('tugon', text), 'D') AS words
FROM search_knowledgeentry WHERE id = ANY(%s)
"""
_OF_ROOTS = f"""
SELECT id, '{ROOT_MARK}' AS mark, setweight(to_tsvector('simple', title), 'A')
    || setweight(to_tsvector('simple', summary), 'B')
    || setweight(to_tsvector('simple', text), 'D') AS words
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[]) given(id, title, summary, text)
"""  # noqa: S608  only our own mark is filled in


def index_articles(article_ids: Collection[int]) -> None:
    """Write anew what is published of these articles; what is not goes."""
    rows = Translation.objects.published().filter(article_id__in=article_ids).select_related("published")
    entries = [_of_translation(row) for row in rows if row.published_id]
    _write(entries, KnowledgeEntry.objects.filter(article_id__in=article_ids), _translation_of)


def index_troubleshooters(ids: Collection[int]) -> None:
    """Write anew these troubleshooters in each of their languages; what is not published goes."""
    rows = Troubleshooter.objects.published().filter(pk__in=ids)
    entries = [_of_troubleshooter(row, language) for row in rows for language in row.languages()]
    _write(entries, KnowledgeEntry.objects.filter(troubleshooter_id__in=ids), _language_of)


def index_everything() -> int:
    """All there is, in portions. Returns the number of entries."""
    for index, model in ((index_articles, Translation), (index_troubleshooters, Troubleshooter)):
        name = "article_id" if model is Translation else "pk"
        ids = sorted(set(model._default_manager.order_by().values_list(name, flat=True)))
        for at in range(0, len(ids), 200):
            index(ids[at : at + 200])
    return KnowledgeEntry.objects.count()


def index_missing() -> None:
    """What is published and not indexed since: after an upgrade, a restored backup, a demo loaded at once."""
    there = KnowledgeEntry.objects.filter(
        translation=OuterRef("pk"), indexed_at__gte=OuterRef("published_at")
    )
    late = (
        Translation.objects.published().exclude(Exists(there)).order_by().values_list("article_id", flat=True)
    )
    index_articles(sorted(set(late[:1000])))
    there = KnowledgeEntry.objects.filter(
        troubleshooter=OuterRef("pk"), indexed_at__gte=OuterRef("published_at")
    )
    ways = Troubleshooter.objects.published().exclude(Exists(there)).order_by().values_list("pk", flat=True)
    index_troubleshooters(list(ways[:1000]))


def articles_naming(fact_id: int) -> list[int]:
    """Articles whose published words use this fact."""
    named = Fact.objects.filter(pk=fact_id).values_list("key", flat=True)
    rows = Translation.objects.published().filter(published__fact_keys__overlap=list(named))
    return sorted(set(rows.order_by().values_list("article_id", flat=True)))


def _of_translation(row: Translation) -> KnowledgeEntry:
    version = row.published
    assert version is not None
    text = to_text(render_html(version.body, row.language))
    return _entry(
        kind=KnowledgeEntry.Kind.ARTICLE,
        article_id=row.article_id,
        translation=row,
        language=row.language,
        title=render(version.title, row.language)[:200],
        summary=render(version.summary, row.language)[:400],
        text=text[:MOST_LETTERS],
        exact=version.exact_phrases,
        url=addresses.article(row.language, row.slug),
    )


def _of_troubleshooter(row: Troubleshooter, language: str) -> KnowledgeEntry:
    return _entry(
        kind=KnowledgeEntry.Kind.TROUBLESHOOTER,
        troubleshooter=row,
        language=language,
        title=row.title_in(language)[:200],
        summary=row.summary_in(language)[:400],
        text=row.text_in(language)[:MOST_LETTERS],
        exact=[],
        url=row.path_in(language),
    )


def _entry(**fields: object) -> KnowledgeEntry:
    entry = KnowledgeEntry(**fields, indexed_at=now())
    entry.digest = hashlib.sha256("\x1f".join(passages(entry)).encode("utf-8", "replace")).hexdigest()
    return entry


def passages(entry: KnowledgeEntry) -> list[str]:
    """What the vectors are made of: title, summary, the beginning of the whole; then pieces of the
    text. Chosen on the dev half of bench/suggest: each of the four kinds finds what the others miss.
    """
    whole = f"{entry.title}. {entry.summary} {entry.text}"[:2_000]
    pieces = [f"{entry.title}. {piece}" for piece in _pieces(entry.text)]
    return [entry.title, entry.summary or entry.title, whole, *pieces]


def _pieces(text: str) -> list[str]:
    """Paragraphs put together to about PIECE letters, the first MOST_PIECES of them."""
    found = [""]
    for paragraph in text.split("\n"):
        if paragraph.strip():
            if found[-1] and len(found[-1]) + len(paragraph) > PIECE:
                found.append("")
            found[-1] = f"{found[-1]} {paragraph.strip()}".strip()
    return [piece[: 2 * PIECE] for piece in found if piece][:MOST_PIECES]


def _translation_of(entry: KnowledgeEntry) -> object:
    return entry.translation_id


def _language_of(entry: KnowledgeEntry) -> object:
    return (entry.troubleshooter_id, entry.language)


def _write(
    entries: Sequence[KnowledgeEntry],
    there: Iterable[KnowledgeEntry],
    identity: Callable[[KnowledgeEntry], object],
) -> None:
    """Replace what is there; an entry that stays keeps its id and, where its words did not change, its vectors."""
    fields = ["article", "language", "title", "summary", "text", "exact", "url", "digest", "indexed_at"]
    with transaction.atomic():
        known = {identity(entry): entry for entry in there}
        for entry in entries:
            old = known.pop(identity(entry), None)
            if old is not None:
                entry.pk, entry._state.adding = old.pk, False
        KnowledgeEntry.objects.filter(pk__in=[entry.pk for entry in known.values()]).delete()
        KnowledgeEntry.objects.bulk_create([entry for entry in entries if entry.pk is None])
        KnowledgeEntry.objects.bulk_update([entry for entry in entries if not entry._state.adding], fields)
        _write_words(entries)


def _write_words(entries: Sequence[KnowledgeEntry]) -> None:
    ids = [entry.pk for entry in entries]
    phrases = {(entry.pk, phrase): rank for entry in entries for phrase, rank in _phrases(entry)}
    words = sorted(words_of(text for entry in entries for text in (entry.title, entry.summary, entry.text)))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_posting WHERE entry_id = ANY(%s)", [ids])
        cursor.execute("DELETE FROM search_phrase WHERE entry_id = ANY(%s)", [ids])
        cursor.execute(_POSTINGS.format(words=_OF_WORDS), [ids])
        spoken = [entry for entry in entries if entry.language == "fil"]
        if spoken:
            columns = [[roots(getattr(one, name)) for one in spoken] for name in ("title", "summary", "text")]
            cursor.execute(_POSTINGS.format(words=_OF_ROOTS), [[one.pk for one in spoken], *columns])
        cursor.executemany(
            "INSERT INTO search_phrase (entry_id, phrase, rank) VALUES (%s, %s, %s)",
            [(pk, phrase, rank) for (pk, phrase), rank in phrases.items()],
        )
        cursor.executemany(
            "INSERT INTO search_word (word, forms) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [(word, near_forms(word)) for word in words],
        )


def _phrases(entry: KnowledgeEntry) -> list[tuple[str, int]]:
    """The least certain first: what is both a code of the text and the author's phrase counts as the author's."""
    found = [(code, 1) for code in codes_in(f"{entry.title} {entry.summary} {entry.text}")]
    found += [(normal(entry.title), 2), *((normal(phrase), 3) for phrase in entry.exact)]
    return [(phrase, rank) for phrase, rank in found if len(phrase) >= 3]
