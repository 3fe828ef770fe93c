"""How well the reply coach marks drafts that somebody labelled by hand, without having read its checks.

bench/coach/run.py            precision and recall of each check, by language, on dev and test
bench/coach/run.py --wrong    what was wrong on dev, one a line (of test only figures are shown: it is for measuring)
"""

import argparse
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugon.project.testing")

import django  # noqa: E402

django.setup()

from tugon.coaching.contexts import Context  # noqa: E402
from tugon.coaching.drafts import Draft  # noqa: E402
from tugon.coaching.remarking import KEYS, coach  # noqa: E402
from tugon.coaching.remarks import Remark  # noqa: E402
from tugon.facts.contradictions import find_among  # noqa: E402
from tugon.facts.current import Stated  # noqa: E402
from tugon.facts.kinds import Kind  # noqa: E402
from tugon.facts.values import read  # noqa: E402

IN_THE_CUSTOMERS_WORDS = ("unanswered_question", "frustration_unacknowledged")
LABELLED = tuple(key for key in KEYS if key not in ("forbidden", "stiff_words"))
"""Checks that the set has labels for; the two others are lists of words."""
WORD = re.compile(r"\w+")
Row = dict[str, Any]


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--wrong", action="store_true")
    wanted.add_argument("--part", choices=["dev", "test"])
    chosen = wanted.parse_args()
    for part in [chosen.part] if chosen.part else ["dev", "test"]:
        report(part, shows_wrong=chosen.wrong and part == "dev")


def report(part: str, *, shows_wrong: bool) -> None:
    """Print a table of one part."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    took, clean, silent = [], 0, 0
    for row in rows(part):
        began = time.perf_counter()
        remarks = coach(Draft(row["draft"]), context(row))
        took.append((time.perf_counter() - began) * 1000)
        clean += not row["labels"]
        silent += not row["labels"] and not remarks
        for line in count(row, remarks, counts):
            if shows_wrong:
                print(line)
    show(part, counts)
    print(f"\nDrafts with nothing to mark that get no remark: {silent} of {clean} ({silent / clean:.0%})")
    print(f"Time a draft: median {median(took):.1f} ms, slowest {max(took):.1f} ms\n")


def rows(part: str) -> list[Row]:
    return [json.loads(line) for line in (HERE / f"{part}.jsonl").read_text().splitlines() if line.strip()]


def context(row: Row) -> Context:
    """What the coach would know in the console. The mood is not given: it reads the words."""
    facts = stated(row.get("facts") or {})
    return Context(
        customer_name=row["customer_name"],
        language=row["language"],
        customer_words=row["customer"],
        tried=tuple(row["tried"]),
        stays_open=row["ticket_stays_open"],
        needs_sources=row["source_required"],
        contradictions=lambda text, language: find_among(text, language, facts),  # type: ignore[arg-type,return-value]
        dead=lambda href: "missing" if verdict(row["links"], href) == "dead" else "",
    )


def verdict(links: dict[str, str], href: str) -> str:
    return links.get(href) or links.get(href.rstrip("/")) or ""


def stated(values: dict[str, str]) -> list[Stated]:
    """The facts of facts.json that hold for a draft."""
    known = json.loads((HERE / "facts.json").read_text())
    found = []
    for key in values:
        kind = Kind(known[key]["kind"])
        value = read(kind, known[key]["unit"], known[key]["typed"])
        found.append(Stated(key, kind, value, {}, known[key]["words"]))
    return found


def count(row: Row, remarks: list[Remark], counts: dict[tuple[str, str], list[int]]) -> Iterator[str]:
    """Add (right remarks, remarks, found labels, labels) and give what was wrong, in words."""
    for check in LABELLED:
        labels = [one["quote"] for one in row["labels"] if one["check"] == check]
        made = [one for one in remarks if one.check == check]
        for language in ("all", row["language"]):
            total = counts[check, language]
            total[0] += sum(any(touches(one, quote) for quote in labels) for one in made)
            total[1] += len(made)
            total[2] += sum(any(touches(one, quote) for one in made) for quote in labels)
            total[3] += len(labels)
        for one in made:
            if not any(touches(one, quote) for quote in labels):
                yield f"{row['id']} {check}: too much: {one.quote or one.asked!r} ({one.why})"
        for quote in labels:
            if not any(touches(one, quote) for one in made):
                yield f"{row['id']} {check}: missed: {quote!r}"


def touches(remark: Remark, quote: str) -> bool:
    """Whether the remark is about the label: they share a word, or the label is about the whole draft."""
    said = remark.asked if remark.check in IN_THE_CUSTOMERS_WORDS else remark.quote
    if not quote or not said:
        return not quote or remark.check in ("no_next_step", "wrong_language", "missing_greeting")
    return (
        bool(set(WORD.findall(said.lower())) & set(WORD.findall(quote.lower())))
        or said in quote
        or quote in said
    )


def show(part: str, counts: dict[tuple[str, str], list[int]]) -> None:
    print(f"{part:28}|{'all':^19}|{'en':^19}|{'fil':^19}")
    print(f"{'check':28}|{'  prec.  rec.    n':19}|{'  prec.  rec.    n':19}|{'  prec.  rec.    n':19}")
    for check in LABELLED:
        if counts[check, "all"][3]:
            cells = "|".join(cell(counts[check, language]) for language in ("all", "en", "fil"))
            print(f"{check:28}|{cells}")
    for language in ("all", "en", "fil"):
        total = [sum(one) for one in zip(*(counts[key, language] for key in LABELLED), strict=True)]
        print(f"{'together, ' + language:28}|{cell(total)}")


def cell(total: list[int]) -> str:
    right, made, found, labels = total
    precision = f"{right / made:.2f}" if made else "  – "
    recall = f"{found / labels:.2f}" if labels else "  – "
    return f"   {precision}  {recall}  {labels:4} "


if __name__ == "__main__":
    main()
