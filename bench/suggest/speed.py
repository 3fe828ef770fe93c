"""How long finding takes with 5,000 articles in two languages: p50, p95, p99 of results while typing, in milliseconds.

.venv/bin/python bench/suggest/speed.py --articles 5000
"""

import argparse
import random
import statistics
import time

import setting

DIMENSION, PIECES = 384, 7


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--without-meaning", action="store_true")
    options = parser.parse_args()
    with setting.help_center(with_meaning=not options.without_meaning):
        began = time.monotonic()
        setting.load_chance(options.articles)
        print(f"{options.articles} articles indexed by words in {time.monotonic() - began:.0f} s")
        if not options.without_meaning:
            store_chance_vectors()
        measure()


def store_chance_vectors() -> None:
    """Vectors of chance take as long to compare as true ones, and no hours to make."""
    import numpy as np

    from tugon.meaning import client
    from tugon.meaning.carried.provider import MODEL
    from tugon.meaning.models import Vector
    from tugon.search.knowledge.finding import SHELF
    from tugon.search.knowledge.models import KnowledgeEntry

    chance = np.random.default_rng(7)
    for entry in KnowledgeEntry.objects.values_list("pk", flat=True):
        rows = chance.normal(0, 1, (PIECES, DIMENSION))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        Vector.objects.bulk_create(
            Vector(shelf=SHELF, key=entry, part=part, model=MODEL, numbers=row.astype("<f2").tobytes())
            for part, row in enumerate(rows)
        )
    wanted = Vector.objects.count()
    print(f"{wanted} vectors stored")
    while True:
        client.forget()
        try:
            if client.ask({"ask": "hello"}, seconds=5, patiently=True)[0]["stored"].get(SHELF) == wanted:
                return
        except Exception:
            time.sleep(0.2)
        time.sleep(0.5)


def measure() -> None:
    import run

    from tugon.helpcenter.readers import Reader
    from tugon.search.knowledge.finding import find

    queries = [row["query"] for row in run.read() if row["split"] == "dev"]
    chance = random.Random(7)
    begun = [query[: chance.randint(3, len(query))] for query in queries]
    for query in begun[:10]:
        find(query, language="en", reader=Reader.anonymous(), while_typing=True)
    times, with_meaning = [], 0
    for query in begun:
        start = time.perf_counter()
        found = find(query, language="en", reader=Reader.anonymous(), limit=6, while_typing=True)
        times.append((time.perf_counter() - start) * 1000)
        with_meaning += found.with_meaning
    steps = statistics.quantiles(times, n=100)
    shown = ", ".join(f"p{place} {steps[place - 1]:.0f} ms" for place in (50, 95, 99))
    print(f"{len(times)} begun queries, {with_meaning} with meaning: {shown}")


if __name__ == "__main__":
    main()
