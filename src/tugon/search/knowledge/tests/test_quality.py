"""A floor under how well the demo's articles are found by words alone, on the dev half of the labelled set. The whole
measure, with meaning, is bench/suggest/run.py."""

import csv
from pathlib import Path

import pytest

from tugon.demo.helpcenter.reading import sheets
from tugon.helpcenter.markdown import to_html
from tugon.helpcenter.models import Article, Section, Translation, Version
from tugon.helpcenter.readers import Reader
from tugon.lib.clock import now
from tugon.search.knowledge import indexing
from tugon.search.knowledge.finding import find

pytestmark = pytest.mark.django_db
PAIRS = Path(__file__).parents[5] / "bench" / "suggest" / "pairs.csv"


@pytest.fixture
def demo(section: Section) -> dict[int, str]:
    """The demo's articles, published and indexed. Article id → key."""
    for sheet in sheets():
        article, _new = Article.objects.get_or_create(
            key=sheet.key, defaults={"section": section, "source_language": sheet.source, "created_at": now()}
        )
        row = Translation.objects.create(
            article=article, language=sheet.language, slug=sheet.key, title=sheet.title, summary=sheet.summary
        )
        row.published = Version.objects.create(
            translation=row,
            number=1,
            title=sheet.title,
            summary=sheet.summary,
            body=to_html(sheet.body),
            exact_phrases=list(sheet.exact),
            created_at=now(),
        )
        row.save()
    indexing.index_articles(list(Article.objects.values_list("pk", flat=True)))
    return dict(Article.objects.values_list("pk", "key"))


@pytest.mark.skipif(not PAIRS.exists(), reason="the labelled set comes with the source, not with the package")
def test_words_alone_find_most_answers_and_every_error_code(demo):
    with PAIRS.open(encoding="utf-8") as file:
        pairs = [row for row in csv.DictReader(file) if row["split"] == "dev" and row["language"] != "es"]
    among_three, codes, first_of_codes = 0, 0, 0
    for row in pairs:
        language = "en" if row["language"] == "en" else "fil"
        found = find(row["query"], language=language, reader=Reader.agent(), limit=3).results
        names = [demo[one.object_id] for one in found]
        among_three += row["article"] in names
        codes += row["kind"] == "error_code"
        first_of_codes += row["kind"] == "error_code" and names[:1] == [row["article"]]
    assert among_three / len(pairs) >= 0.82
    assert first_of_codes == codes
