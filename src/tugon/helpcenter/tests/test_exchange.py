"""All articles as files, and back."""

from datetime import timedelta

import pytest

from tugon.files.operations import store
from tugon.helpcenter import addresses, content, operations
from tugon.helpcenter.exchange import BadSheet, Sheet, export_folder, import_folder, read, write
from tugon.helpcenter.models import Article, Category, Section, Translation
from tugon.lib.clock import now

pytestmark = pytest.mark.django_db
HEAD = "---\ntitle: Refunds\nsection: signing-in\n---\n\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 60


@pytest.fixture
def library(published, translated, draft, lea, members):
    """A public article in two languages with a picture, one for members, and a draft."""
    refunds = draft("Refunds", kind="guide")
    row = operations.attach_file(refunds.article, file=store(PICTURE), name="the menu.png", by=lea.actor)
    body = (
        f'<h2>When</h2><figure><img src="{addresses.file(row.pk, row.name)}" alt="Menu"></figure>'
        '<ol><li>Open <a href="article:members-only">this</a></li><li>Close it</li></ol>'
    )
    operations.write_draft(
        refunds, body=body, summary="How", exact_phrases=["ERR_1", "No money"], by=lea.actor
    )
    published("Members only", around={"visibility": "audiences", "audiences": [members], "terms": ["club"]})
    operations.publish(refunds, by=lea.actor)
    translated(refunds.article, "fil", "Mga refund")
    draft("Unfinished")


def state():
    """Everything that a reader or an editor would miss."""
    rows = Translation.objects.select_related("article", "published").order_by("article__key", "language")
    return [
        (
            row.article.key,
            row.language,
            row.slug,
            row.is_published,
            row.article.kind,
            row.article.visibility,
            row.article.terms,
            [one.key for one in row.article.audiences.all()],
            row.article.owner and row.article.owner.email,
            content.at_hand(row).title,
            content.at_hand(row).summary,
            content.at_hand(row).exact_phrases,
            Translation.objects.out_of_date().filter(pk=row.pk).exists(),
        )
        for row in rows
    ]


def test_what_is_exported_comes_back_the_same_into_an_empty_house(library, lea, tmp_path):
    before = state()
    assert export_folder(tmp_path) == 4
    names = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert names == [
        "members-only.en.md",
        "refunds.en.md",
        "refunds.fil.md",
        "the menu.png",
        "unfinished.en.md",
    ]
    assert "![Menu](files/refunds/the%20menu.png)" in (tmp_path / "refunds.en.md").read_text()
    Article.objects.all().delete()
    Section.objects.all().delete()
    Category.objects.all().delete()
    result = import_folder(tmp_path, by=lea.actor)
    assert (result.created, result.changed, result.problems) == (4, 0, [])
    assert state() == before
    body = Translation.objects.get(slug="refunds").published.body
    assert '<a href="article:members-only">' in body
    assert "/files/article/" in body


def test_the_same_again_does_nothing(library, lea, tmp_path):
    export_folder(tmp_path)
    result = import_folder(tmp_path, by=lea.actor)
    assert (result.created, result.changed, result.unchanged, result.problems) == (0, 0, 4, [])
    assert not Translation.objects.filter(has_draft=True, first_published_at__isnull=False).exists()


def test_an_import_leaves_drafts_and_schedules_alone_where_readers_see_the_words_already(
    library, lea, tmp_path
):
    export_folder(tmp_path)
    refunds, members = (Translation.objects.get(slug=slug) for slug in ("refunds", "members-only"))
    operations.write_draft(refunds, body="<p>Half a thought</p>", by=lea.actor)
    operations.write_draft(members, body="<p>From Monday</p>", by=lea.actor)
    operations.schedule(members, at=now() + timedelta(days=2), by=lea.actor)
    assert import_folder(tmp_path, by=lea.actor).unchanged == 4
    refunds.refresh_from_db()
    members.refresh_from_db()
    assert refunds.draft_body == "<p>Half a thought</p>"
    assert members.scheduled is not None


def test_an_import_that_changes_words_keeps_the_draft_somebody_was_writing(library, lea, tmp_path):
    export_folder(tmp_path)
    row = Translation.objects.get(slug="refunds")
    operations.write_draft(row, body="<p>Half a thought</p>", by=lea.actor)
    path = tmp_path / "refunds.en.md"
    path.write_text(path.read_text() + "\nOne more line.\n")
    import_folder(tmp_path, by=lea.actor)
    assert "<p>Half a thought</p>" in row.versions.values_list("body", flat=True)
    row.refresh_from_db()
    assert row.published.body.endswith("<p>One more line.</p>")


def test_a_changed_file_becomes_a_new_version(library, lea, tmp_path):
    export_folder(tmp_path)
    path = tmp_path / "members-only.en.md"
    path.write_text(path.read_text() + "\nOne more line.\n")
    result = import_folder(tmp_path, by=lea.actor)
    assert (result.changed, result.unchanged) == (1, 3)
    row = Translation.objects.get(slug="members-only")
    assert row.published.number == 2
    assert row.published.body.endswith("<p>One more line.</p>")


def test_bad_files_are_told_by_their_line_and_the_rest_is_imported(section, lea, tmp_path):
    files = {
        "good.en.md": HEAD + "Words.",
        "other.fil.md": "---\ntitle: X\nsource: en\n---\nno original",
        "colour.en.md": "---\ntitle: X\ncolour: red\n---\nx",
        "kind.en.md": "---\ntitle: X\nsection: signing-in\nkind: novel\n---\nx",
        "open.en.md": "---\ntitle: X\n",
        "bare.en.md": "Just words",
        "untitled.en.md": "---\nsection: signing-in\n---\nx",
        "nowhere.en.md": "---\ntitle: X\n---\nx",
        "Bad Name.md": HEAD,
        "facts.en.md": HEAD + "In {{ refund.window }}.",
        "picture.en.md": HEAD + "![x](files/picture/gone.png) and words",
        "who.en.md": "---\ntitle: Who\nsection: signing-in\naudiences: nobody\n---\nWords",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    files["club.en.md"] = (
        "---\ntitle: Club\nsection: signing-in\nvisibility: audiences\naudiences: x\n---\nWords"
    )
    (tmp_path / "club.en.md").write_text(files["club.en.md"])
    (tmp_path / "binary.en.md").write_bytes(b"\xff\xfe\x00x")
    result = import_folder(tmp_path, by=lea.actor)
    told = {str(problem) for problem in result.problems}
    assert "colour.en.md:3: “colour” is nothing that an article has" in told
    assert "kind.en.md:4: kind is one of article, guide" in told
    assert "open.en.md:1: the head has no end: a second line of --- is missing" in told
    assert any(one.startswith("bare.en.md:1:") for one in told)
    assert any(one.startswith("untitled.en.md:1: the title is missing") for one in told)
    assert any(one.startswith("nowhere.en.md: the section is missing") for one in told)
    assert any(one.startswith("Bad Name.md:") for one in told)
    assert any(one.startswith("other.fil.md: its original") for one in told)
    assert any(one.startswith("facts.en.md:") and "refund.window" in one for one in told)
    assert "picture.en.md: the picture files/picture/gone.png is missing" in told
    assert "who.en.md: there is no “nobody” here" in told
    assert "binary.en.md: the file is not UTF-8 text" in told
    assert sorted(Article.objects.values_list("key", flat=True)) == [
        "club",
        "facts",
        "good",
        "picture",
        "who",
    ]
    assert Article.objects.get(key="club").visibility == "agents"
    assert not Translation.objects.published().filter(slug="refunds", article__key="facts").exists()
    assert "{{ refund.window }}" in Translation.objects.get(article__key="facts").draft_body


def test_without_publishing_everything_stays_a_draft(section, lea, tmp_path):
    (tmp_path / "good.en.md").write_text(HEAD + "Words.")
    import_folder(tmp_path, by=lea.actor, publish=False)
    assert not Translation.objects.published().exists()
    assert Translation.objects.get().draft_body == "<p>Words.</p>"


def test_a_file_is_read_as_it_was_written():
    sheet = Sheet(
        key="refunds",
        language="fil",
        title="Mga refund: kailan?",
        body="## Kailan\n\nSa loob ng {{ refund.window }}.",
        section="money",
        category="billing",
        kind="guide",
        terms=("refund", "bayad"),
        exact=("ERR 1, at 2", "Walang pera"),
        source="en",
        sources=("Terms, §4",),
    )
    assert read("refunds.fil.md", write(sheet)) == sheet


@pytest.mark.parametrize("name", ["../x.en.md", "x.md", "X.en.md", "x.english.md", "x.en.txt"])
def test_other_names_are_no_articles(name):
    with pytest.raises(BadSheet):
        read(name, HEAD)
