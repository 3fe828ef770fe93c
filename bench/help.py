"""What the help center's pages cost: against the floor (the same SQL bare, plus an empty page), and from memory.

    TUGON_HOME=/tmp/trial .venv/bin/tugon up --demo            (once; then stop it)
    .venv/bin/python bench/help.py /tmp/trial [--goes 200] [--many 20000]

"rendered" asks each time for a page that nobody keeps (a parameter that no page knows); "ready" is the same page as
anonymous readers get it. "new" are searches with words nobody asked before. CPU is of the web process, so that what
else the machine does says little about it.
"""

import argparse
import os
import statistics
import time
from pathlib import Path

import serving
from clients import Target, alone, request, together

from tugon.database.embedded import EmbeddedServer

GZIP = {"Accept-Encoding": "gzip"}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("--article", default="/en/help/articles/better-sound-lossless-sound-no-sound/")
    parser.add_argument("--words", default="refund for a membership")
    parser.add_argument("--goes", type=int, default=200)
    parser.add_argument("--many", type=int, default=20_000)
    options = parser.parse_args()
    query = options.words.replace(" ", "+")
    pages = {
        "article": f"{options.article}?x=1",
        "chapter": "/en/help/?x=1",
        "support home": "/en/?x=1",
        "search": f"/en/help/search?q={query}",
        "while typing": f"/en/help/search/typed?q={query}",
        "search, new": f"/en/help/search?q={query}+{{n}}",
        "typing, new": f"/en/help/search/typed?q={query}+{{n}}",
    }
    with EmbeddedServer(options.home).attached():
        import json

        floors = serving.inside(
            options.home, "floors", json.dumps({name: _asked_once(path) for name, path in pages.items()})
        )
        with serving.tugon(options.home) as (port, pid):
            compared(port, pages, floors, options.goes)
            ready(port, pid, options.article, options.many)


def compared(port: int, pages: dict[str, str], floors: dict[str, dict[str, float]], goes: int) -> None:
    empty = _p95(Target(port, lambda _n: [request("/alive")]), goes)
    print(f"an empty page: p95 {empty:.2f} ms\n")
    print(f"{'rendered':14}{'queries':>9}{'SQL ms':>9}{'floor':>9}{'median':>9}{'p95':>9}{'p95/floor':>11}")
    for name, path in pages.items():
        target = Target(port, lambda n, path=path: [request(path.format(n=n), extra=GZIP)])
        times = sorted(alone(target, goes))
        p95, median = times[int(len(times) * 0.95)] * 1e3, statistics.median(times) * 1e3
        floor = floors[name]["ms"] + empty
        row = (floors[name]["queries"], floors[name]["ms"], floor, median, p95, p95 / floor)
        print("{:14}{:9}{:9.2f}{:9.2f}{:9.2f}{:9.2f}{:11.1f}".format(name, *row))


def _asked_once(path: str) -> dict[str, str]:
    """What nobody asked before stays so when its floor is taken: another was asked to warm up."""
    return {"path": path.format(n="a"), "before": path.format(n="b")}


def ready(port: int, pid: int, article: str, many: int) -> None:
    whole = Target(port, lambda _n: [request(article, extra=GZIP)])
    alone(whole, 5)
    etag = _etag(port, article)
    same = Target(port, lambda _n: [request(article, extra={**GZIP, "If-None-Match": etag})], wanted=304)
    print(f"\n{'ready':14}{'p95 ms':>9}{'per second':>12}{'CPU ms each':>13}{'a core gives':>14}")
    for name, target in (("article", whole), ("article, 304", same)):
        p95 = _p95(target, 500)
        before, began = _cpu(pid), time.perf_counter()
        rate = together(target, many)
        spent = _cpu(pid) - before
        assert time.perf_counter() > began
        each = spent / many * 1e3
        print(f"{name:14}{p95:9.2f}{rate:10.0f}/s{each:13.3f}{1e3 / each:12.0f}/s")


def _p95(target: Target, goes: int) -> float:
    times = sorted(alone(target, goes))
    return times[int(len(times) * 0.95)] * 1e3


def _etag(port: int, path: str) -> str:
    from clients import Client

    _status, head, _body = Client(port).ask(request(path, extra=GZIP))
    lines = head.decode().split("\r\n")
    return next(line.split(": ", 1)[1] for line in lines if line.lower().startswith("etag:"))


def _cpu(pid: int) -> float:
    """Seconds of CPU of a process and those below it."""
    total = 0.0
    for process in (pid, *_below(pid)):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _below(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in children for one in (int(child), *_below(int(child)))]


if __name__ == "__main__":
    main()
