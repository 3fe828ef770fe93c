"""How often the right article is found: recall@1, recall@3 and MRR over bench/suggest/pairs.csv.

.venv/bin/python bench/suggest/run.py                 the dev half, by language and kind
.venv/bin/python bench/suggest/run.py --split test    only to state a figure, never to tune
.venv/bin/python bench/suggest/run.py --misses        with what was found instead
"""

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

import setting

WAYS = {
    "full text": ("words",),
    "trigram": ("alike",),
    "words (all)": ("exact", "words", "alike"),
    "meaning": ("meaning",),
    "combined": ("exact", "words", "alike", "meaning"),
}
SPOKEN = {"taglish": "fil", "es": "en"}
"""The language of the reader's pages, where it is not the query's."""


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=["dev", "test"], default="dev")
    parser.add_argument("--misses", action="store_true", help="name the queries whose article is not first")
    options = parser.parse_args()
    pairs = [row for row in read() if row["split"] == options.split]
    with setting.help_center():
        keys = setting.load_demo()
        setting.await_vectors()
        print(f"{len(pairs)} queries of {options.split}, {len(keys)} articles\n")
        for way, names in WAYS.items():
            ranks = [rank(row, keys, names) for row in pairs]
            print(line(way, ranks))
            if way == "combined":
                print_parts(pairs, ranks)
                if options.misses:
                    print_misses(pairs, ranks, keys, names)


def read() -> list[dict[str, str]]:
    with (Path(__file__).parent / "pairs.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def found(row: dict[str, str], keys: dict[int, str], ways: tuple[str, ...]) -> list[str]:
    from tugon.helpcenter.readers import Reader
    from tugon.search.knowledge.finding import find

    language = SPOKEN.get(row["language"], row["language"])
    results = find(row["query"], language=language, reader=Reader.agent(), ways=ways, limit=20).results
    return [keys[one.object_id] for one in results]


def rank(row: dict[str, str], keys: dict[int, str], ways: tuple[str, ...]) -> int | None:
    """Place of the right article, from 1; None where it is not among twenty."""
    names = found(row, keys, ways)
    return names.index(row["article"]) + 1 if row["article"] in names else None


def figures(ranks: Iterable[int | None]) -> tuple[int, float, float, float]:
    """Number, recall@1, recall@3, mean reciprocal rank."""
    ranks = list(ranks)
    first = sum(one == 1 for one in ranks) / len(ranks)
    three = sum(one is not None and one <= 3 for one in ranks) / len(ranks)
    return len(ranks), first, three, sum(1 / one for one in ranks if one) / len(ranks)


def line(name: str, ranks: Iterable[int | None]) -> str:
    number, first, three, mean = figures(ranks)
    return f"{name:<24} n={number:<4} recall@1 {first:.3f}  recall@3 {three:.3f}  MRR {mean:.3f}"


def print_parts(pairs: list[dict[str, str]], ranks: list[int | None]) -> None:
    for column in ("language", "kind"):
        for value in sorted({row[column] for row in pairs}):
            part = [rank for row, rank in zip(pairs, ranks, strict=True) if row[column] == value]
            print("   " + line(f"{column} {value}", part))


def print_misses(
    pairs: list[dict[str, str]], ranks: list[int | None], keys: dict[int, str], ways: tuple[str, ...]
) -> None:
    for row, place in zip(pairs, ranks, strict=True):
        if place != 1:
            print(f"   {place}: {row['query']!r} wants {row['article']}, got {found(row, keys, ways)[:3]}")


if __name__ == "__main__":
    main()
