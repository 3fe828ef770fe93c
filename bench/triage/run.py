"""How well messages are understood, and what it costs. See README.md beside this file."""

import argparse
import csv
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TEST = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path, help="a CSV table with the columns text and category")
    parser.add_argument("--groups", type=int, default=0, help="fold the categories into so many topics")
    parser.add_argument("--train", type=int, nargs="+", default=[200, 500, 2000])
    parser.add_argument("--test", type=int, default=TEST)
    parser.add_argument("--vectors", action="store_true", help="learn from sentence vectors too (minutes)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugon.project.testing")
    import django

    django.setup()
    readers()
    if options.labels:
        learning(options)


def readers() -> None:
    """Accuracy of each reader on messages.jsonl, and the time of all together."""
    from tugon.understanding.reading.finding import Finder
    from tugon.understanding.reading.saying import Vocabulary, said
    from tugon.understanding.starting import AREAS, TOPICS

    def finder(rows: Any) -> Any:
        return Finder(
            {row["key"]: [word for words in row["keywords"].values() for word in words] for row in rows}
        )

    names = Vocabulary(finder(TOPICS), finder(AREAS))
    rows = [json.loads(line) for line in (HERE / "messages.jsonl").read_text(encoding="utf-8").splitlines()]
    found = [(row, said(row["subject"], row["body"], names)) for row in rows]
    checks: dict[str, Callable[[dict[str, Any], Any], bool]] = {
        "topic": lambda row, one: one.value("topic") == row["topic"],
        "urgency": lambda row, one: _grade(one.value("urgency")) == row["urgency"],
        "mood": lambda row, one: _sign(one.value("mood")) == row["mood"],
        "errors": lambda row, one: one.value("errors") == row["errors"],
        "tried": lambda row, one: set(one.value("tried")) == set(row["tried"]),
        "affected": lambda row, one: one.value("affected") == row["affected"],
        "taglish": lambda row, one: one.is_taglish == (row["language"] == "taglish"),
    }
    print(f"{len(rows)} messages: right")
    for name, check in checks.items():
        by = {
            language: statistics.mean(check(row, one) for row, one in found if row["language"] == language)
            for language in ("en", "fil", "taglish")
        }
        whole = statistics.mean(check(row, one) for row, one in found)
        print(f"  {name:9} {whole:.2f}   " + "  ".join(f"{code} {share:.2f}" for code, share in by.items()))
        wrong = [row["subject"] for row, one in found if not check(row, one)]
        print(f"            missed: {'; '.join(wrong) or '-'}")
    begun = time.process_time()
    rounds = 40
    for _round in range(rounds):
        for row in rows:
            said(row["subject"], row["body"], names)
    print(
        f"  every reader together: {(time.process_time() - begun) / rounds / len(rows) * 1000:.2f} ms a message"
    )


def learning(options: argparse.Namespace) -> None:
    from tugon.understanding.learning.training import Label, train

    with options.labels.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    random.Random(4).shuffle(rows)
    keys = sorted({row["category"] for row in rows})
    values = {key: place % options.groups if options.groups else place for place, key in enumerate(keys)}
    asked = rows[-options.test :]
    vectors: dict[str, Any] = {}
    if options.vectors:
        vectors = _vectors([row["text"] for row in [*rows[: max(options.train)], *asked]])
    print(f"{len(set(values.values()))} topics, judged on {len(asked)} texts not learnt from")
    for number in options.train:
        begun = time.process_time()
        known = [
            Label(row["text"], values[row["category"]], "en", place + 1, vectors.get(row["text"]))
            for place, row in enumerate(rows[:number])
        ]
        trained = train(known, embedder="bench" if vectors else "")
        if trained is None:
            print(f"  {number}: too few")
            continue
        spent = time.process_time() - begun
        _judge(trained.learnt, asked, values, vectors={}, title=f"{number} labels, words", spent=spent)
        if "both" in trained.learnt.parts:
            _judge(
                trained.learnt,
                asked,
                values,
                vectors=vectors,
                title=f"{number} labels, vectors too",
                spent=spent,
            )


def _judge(
    learnt: Any,
    asked: list[Any],
    values: dict[str, int],
    *,
    vectors: dict[str, Any],
    title: str,
    spent: float,
) -> None:
    begun = time.process_time()
    guesses = [
        (learnt.guess(row["text"], vector=vectors.get(row["text"])), values[row["category"]]) for row in asked
    ]
    each = (time.process_time() - begun) / len(asked) * 1000
    right = sum(guess is not None and guess.value == value for guess, value in guesses)
    sure = [guess.value == value for guess, value in guesses if guess is not None and guess.applies]
    print(
        f"  {title}: right {right / len(asked):.3f}; decides {len(sure) / len(asked):.3f} by itself, of them right "
        f"{statistics.mean(sure) if sure else 0:.3f}; {each:.2f} ms a guess; learnt in {spent:.0f} s"
    )


def _vectors(texts: list[str]) -> dict[str, Any]:
    from tugon.meaning.carried.provider import CarriedWeights, installed_file

    file = installed_file()
    if file is None:
        sys.exit("The carried weights are not installed.")
    weights = CarriedWeights(file)
    found: dict[str, Any] = {}
    for place in range(0, len(texts), 64):
        part = texts[place : place + 64]
        found |= dict(zip(part, weights.passages(part).tolist(), strict=True))
    return found


def _grade(urgency: float) -> int:
    return 2 if urgency >= 0.45 else 1 if urgency >= 0.2 else 0


def _sign(mood: float) -> int:
    return (mood > 0.25) - (mood < -0.25)


if __name__ == "__main__":
    main()
