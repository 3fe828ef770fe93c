"""The table of a run, as Markdown, and how the best of the peers stands to what was measured."""

from statistics import geometric_mean
from typing import Any

PEERS: dict[str, tuple[str, float, float]] = {
    "list": ("FreeScout", 246, 44 + 1329),
    "ticket": ("osTicket", 73, 86),
    "search": ("osTicket", 101, 36 + 3827),
    "create": ("django-helpdesk", 19, 19),
}
"""The best peer of a row and its milliseconds, and django-helpdesk's, measured together on another day (four systems
with 100,000 tickets, PostgreSQL 15). How much faster this machine is follows from the rows that django-helpdesk spends
in its own program (ticket, create); its list and search are spent in the database, which is another one here."""
GOALS = {"list": 10, "search": 10, "ticket": 6, "create": 4, "mail": 6}
MARGINS = {"list": "list of open tickets", "ticket": "ticket with 5 messages", "search": "search, word in 2 %",
           "search, rare word": "search, word in 20 tickets", "create": "create one ticket (web form)"}  # fmt: skip


def written(result: dict[str, Any]) -> str:
    load = ", ".join(result["load"])
    parts = [f"Run of {result['at']}; load of the machine after each round: {load}.", "", *pages(result)]
    if "million" in result["pages"]:
        parts += ["", *million(result)]
    if "mail" in result:
        parts += ["", *mail(result)]
    parts += ["", *memory(result), "", *weights(result)]
    return "\n".join(parts) + "\n"


def pages(result: dict[str, Any]) -> list[str]:
    ours, peer, floors = result["pages"]["tugon"], result["pages"].get("peer", {}), result["floors"]
    titles = ["", "Tugon: median / p95 ms; 8 clients", "statements", "floor ms", "× floor", "django-helpdesk", "ratio",
              "best peer", "ratio to it", "goal"]  # fmt: skip
    lines = ["| " + " | ".join(titles) + " |", "|---" * len(titles) + "|"]
    for name, title in MARGINS.items():
        row, floor = ours[name], floors[name]["ms"] + ours["empty"]["median"]
        if name == "create":
            floor += 3 * floors["commit"]
        cells = [
            title,
            _times(row),
            str(floors[name]["queries"]),
            f"{floor:.1f}",
            f"{row['median'] / floor:.1f}",
        ]
        cells += _against(name, row["median"], peer)
        lines.append("| " + " | ".join(cells) + " |")
    packed = _times(ours["list, compressed"])
    lines.append(f"| the list, compressed for the way (a browser asks so) | {packed} | | | | | | | | |")
    nothing = _times(peer["empty"]) if peer else ""
    lines.append(f"| an empty view | {_times(ours['empty'])} | 0 | | | {nothing} | | | | |")
    return lines


def _against(name: str, median: float, peers: dict[str, dict[str, float]]) -> list[str]:
    peer = peers.get(name)
    if peer is None:
        return ["", "", "", "", ""]
    cells = [_times(peer), f"{peer['median'] / median:.1f}"]
    best = PEERS.get(name)
    if best is None:
        return [*cells, "", "", ""]
    estimate = peer["median"] if best[0] == "django-helpdesk" else best[1] * speed(peers)
    return [*cells, f"{best[0]}, about {estimate:.0f} ms", f"**{estimate / median:.1f}**", f"≥ {GOALS[name]}"]


def speed(peers: dict[str, dict[str, float]]) -> float:
    """What one millisecond of that day is in this run."""
    return geometric_mean(peers[name]["median"] / PEERS[name][2] for name in ("ticket", "create"))


def _times(row: dict[str, float]) -> str:
    return f"{row['median']:.1f} / {row['p95']:.1f}; {row['rate']:.0f}/s"


def million(result: dict[str, Any]) -> list[str]:
    lines = ["| 1,000,000 tickets | median / p95 ms; 8 clients | to 100,000 | goal |", "|---|---|---|---|"]
    for name, row in result["pages"]["million"].items():
        ratio = row["median"] / result["pages"]["tugon"][name]["median"]
        lines.append(f"| {MARGINS[name]} | {_times(row)} | **{ratio:.2f}** | ≤ 1.3 |")
    return lines


def mail(result: dict[str, Any]) -> list[str]:
    found = result["mail"]
    peer = found.get("django-helpdesk")
    title = "e-mail intake, 200 × 2 KB and 20 × 200 KB"
    lines = [f"| {title} | letters/s | to django-helpdesk | goal |", "|---|---|---|---|"]
    for name, rate in found.items():
        ratio = f"**{rate / peer:.1f}**" if peer else ""
        lines.append(f"| {name} | {rate:.0f} | {ratio} | {'≥ 6' if name != 'django-helpdesk' else ''} |")
    floor, queries = result["floors"]["mail"]["ms"], result["floors"]["mail"]["queries"]
    lines.append(
        f"| floor: the {queries} statements of a letter, bare, one after the other | {1000 / floor:.0f} | | |"
    )
    return lines


def memory(result: dict[str, Any]) -> list[str]:
    lines = ["| memory after the run | RSS MB | PSS MB |", "|---|---|---|"]
    ours = [0.0, 0.0]
    for name, (rss, pss) in result["memory"].items():
        lines.append(f"| {name} | {rss:.0f} | {pss:.0f} |")
        if name in ("web", "worker"):
            ours = [ours[0] + rss, ours[1] + pss]
    return [*lines, f"| web and worker (goal ≤ 300) | **{ours[0]:.0f}** | {ours[1]:.0f} |"]


def weights(result: dict[str, Any]) -> list[str]:
    lines = [
        "| first view | requests | HTML kB | all kB raw | kB sent |",
        "|---|---|---|---|---|",
    ]
    for name, one in result["weights"].items():
        kilobytes = [f"{one[key] / 1000:.0f}" for key in ("html", "raw", "sent")]
        lines.append(f"| {name} | {one['requests']} | {' | '.join(kilobytes)} |")
    return lines
