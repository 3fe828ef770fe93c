"""A help center to search in: the demo's articles, or thousands made of chance, with a warm process beside."""

import os
import random
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "src"))
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(name, "1")


@contextmanager
def help_center(*, with_meaning: bool = True) -> Iterator[None]:
    """An empty database in a directory that is removed afterwards; Django is ready inside."""
    home = Path(tempfile.mkdtemp(prefix="bench-suggest-"))
    home.chmod(0o711)
    os.environ |= {"TUGON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tugon.project.settings"}
    os.environ["TUGON_LOG_LEVEL"] = "ERROR"
    from tugon.project.cli.ready import ready

    try:
        with ready():
            from django.core.management import call_command

            call_command("migrate", verbosity=0, interactive=False)
            from tugon.search.knowledge.starting import create_starting_synonyms

            create_starting_synonyms()  # what every installation starts with
            if with_meaning:
                _warm()
            yield
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _warm() -> None:
    """The warm process, as a thread of ours: with the same socket, so that what is measured is the same way."""
    from tugon.meaning import choosing
    from tugon.meaning.server import serve

    choosing.LOCAL_PATIENCE = 5.0  # what is measured is what is found, on whatever busy machine
    threading.Thread(target=serve, daemon=True).start()


def _kept_vectors() -> None:
    """Vectors of passages are kept in var/bench: computing those of the demo anew takes minutes."""
    import pickle

    from tugon.meaning import shelves
    from tugon.meaning.carried.provider import MODEL

    file = ROOT / "var" / "bench" / f"vectors-{MODEL.replace('/', '-')}.pickle"
    known: dict[str, bytes] = pickle.loads(file.read_bytes()) if file.exists() else {}
    compute = shelves.halves

    def halves(texts: list[str]) -> tuple[str, list[bytes]]:
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            known.update(zip(missing, compute(missing)[1], strict=True))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(pickle.dumps(known))
        return MODEL, [known[text] for text in texts]

    shelves.halves = halves


def await_vectors() -> None:
    """Compute all vectors, and wait until the process has read them."""
    import time

    from tugon.meaning import client
    from tugon.meaning.models import Vector
    from tugon.search.knowledge import vectors

    _kept_vectors()
    while True:
        client.forget()
        vectors.fill(most=100_000)
        try:
            stored = client.ask({"ask": "hello"}, seconds=5, patiently=True)[0]["stored"]
        except Exception:
            stored = {}
        wanted = Vector.objects.count()
        if wanted and not vectors.missing() and stored.get("knowledge") == wanted:
            return
        time.sleep(0.2)


def load_demo() -> dict[int, str]:
    """The demo's articles. Returns article id → key."""
    from tugon.demo.helpcenter.reading import sheets

    _store([(s.key, s.language, s.title, s.summary, s.body, list(s.exact), s.visibility) for s in sheets()])
    from tugon.helpcenter.models import Article

    return dict(Article.objects.values_list("pk", "key"))


def load_chance(number: int) -> None:
    """`number` articles in English and Filipino, made of the sentences of the demo's in other orders."""
    from tugon.demo.helpcenter.reading import sheets

    chance = random.Random(20261121)
    by_language = {
        code: [line for s in sheets() if s.language == code for line in s.body.splitlines() if len(line) > 30]
        for code in ("en", "fil")
    }
    rows = []
    for at in range(number):
        for code, lines in by_language.items():
            body = "\n\n".join(chance.sample(lines, 12)) + f"\n\nError X-{at:05d}"
            title = " ".join(chance.sample(lines, 1)[0].split()[:8]) + f" {at}"
            rows.append((f"chance-{at}", code, title, "", body, [f"X-{at:05d}"], "public"))
    _store(rows)


def _store(sheets: list[tuple]) -> None:
    """Rows as publishing leaves them, without its history; then the index."""
    from django.utils import timezone

    from tugon.helpcenter.markdown import to_html
    from tugon.helpcenter.models import Article, Category, Section, Translation, Version
    from tugon.search.knowledge import indexing

    category = Category.objects.create(slug="all", titles={"en": "All"})
    section = Section.objects.create(category=category, slug="all", titles={"en": "All"})
    levels = {key: visibility for key, *_words, visibility in sheets}
    articles = (
        Article(key=key, section=section, source_language="en", visibility=level, created_at=timezone.now())
        for key, level in levels.items()
    )
    Article.objects.bulk_create(articles, batch_size=1_000)
    ids = dict(Article.objects.values_list("key", "pk"))
    rows = [
        Translation(article_id=ids[key], language=code, slug=f"{key}-{code}", title=title, summary=summary)
        for key, code, title, summary, *_rest in sheets
    ]
    Translation.objects.bulk_create(rows, batch_size=1_000)
    versions = (
        Version(
            translation=row,
            number=1,
            title=title,
            summary=summary,
            body=to_html(body),
            exact_phrases=exact,
            created_at=timezone.now(),
        )
        for row, (_key, _code, title, summary, body, exact, _level) in zip(rows, sheets, strict=True)
    )
    Version.objects.bulk_create(versions, batch_size=1_000)  # fmt: skip
    for version in Version.objects.only("pk", "translation_id"):
        Translation.objects.filter(pk=version.translation_id).update(
            published=version, published_at=timezone.now()
        )
    indexing.index_everything()
