"""How exactly Tugon cuts replies, on corpora of real mail kept outside this project.

    python bench/mail_parse.py CORPORA [--truth FOLDER] [--show]

CORPORA holds folders as public projects lay them out: `talon` (standard_replies, html_replies, signature),
`unquotemail` (samples, expecteds), and folders of plain replies, `email_reply_parser` and `mail-parser-reply`, whose
truth stands under the same names in FOLDER. What is compared ignores punctuation and space. Some corpora keep
signatures in the reply and some do not, so a cut is exact if the reply, or the reply with its signature, is the truth.
"""

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tugon.channels.email.parsing import ParsedMail, parse
from tugon.lib import html as markup

LOST = 0.10
"""A reply that lacks more than this share of the true words has lost text."""


@dataclass
class Score:
    corpus: str
    count: int = 0
    exact: int = 0
    lost: int = 0
    seconds: float = 0.0
    missed: list[str] = field(default_factory=list)


@dataclass
class Case:
    name: str
    raw: bytes
    truth: str


def main(
    corpora: Annotated[Path, typer.Argument(help="Folder of corpora.")],
    truth: Annotated[Path | None, typer.Option(help="Truths for corpora that bring none.")] = None,
    show: Annotated[bool, typer.Option(help="List what was not exact.")] = False,
) -> None:
    """Print a table: exact, lost, messages a second, per corpus."""
    scores = [measure(name, list(cases)) for name, cases in sets(corpora, truth)]
    console = Console()
    console.print(table([score for score in scores if score.count]))
    for score in scores if show else []:
        for name in score.missed:
            console.print(f"{score.corpus}: {name}", markup=False)


def sets(corpora: Path, truth: Path | None) -> Iterator[tuple[str, Iterator[Case]]]:
    yield "talon, whole messages", talon_standard(corpora / "talon" / "standard_replies")
    yield "talon, HTML", talon_html(corpora / "talon" / "html_replies")
    yield "talon, signatures", talon_signatures(corpora / "talon" / "signature" / "emails" / "stripped")
    yield "unquotemail, text", unquotemail(corpora / "unquotemail", ".txt")
    yield "unquotemail, HTML", unquotemail(corpora / "unquotemail", ".html")
    for name in ("email_reply_parser", "mail-parser-reply"):
        if truth is not None:
            yield name, plain(corpora / name, truth / name)


def talon_standard(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.eml")):
        known = path.with_name(path.stem + "_reply_text")
        yield Case(path.name, path.read_bytes(), read(known) if known.exists() else "Hello")


def talon_html(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.html")):
        yield Case(path.name, wrapped(path.read_bytes(), "html"), "Hi. I am fine. Thanks, Alex")


def talon_signatures(folder: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*_body")):
        name = path.name.removesuffix("_body")
        body, signature = read(path), read(folder / f"{name}_signature").replace("#sig#", "").strip()
        kept = body.strip().removesuffix(signature) if signature else body
        yield Case(name, wrapped(path.read_bytes(), "plain", read(folder / f"{name}_sender").strip()), kept)


def unquotemail(folder: Path, ending: str) -> Iterator[Case]:
    for path in sorted((folder / "samples").rglob(f"*{ending}")):
        known = folder / "expecteds" / path.name
        if known.exists():
            said = read(known)
            yield Case(
                path.name,
                wrapped(path.read_bytes(), "html" if ending == ".html" else "plain"),
                markup.to_text(said) if ending == ".html" else said,
            )


def plain(folder: Path, truth: Path) -> Iterator[Case]:
    for path in sorted(folder.glob("*.txt")):
        if (truth / path.name).exists():
            yield Case(path.name, wrapped(path.read_bytes(), "plain"), read(truth / path.name))


def wrapped(body: bytes, kind: str, sender: str = "") -> bytes:
    """A body alone as a letter."""
    name = f'"{sender}" ' if sender and "@" not in sender else ""
    address = sender if "@" in sender else "someone@example.com"
    lines = [
        f"From: {name}<{address}>",
        "Subject: Re: Test",
        f"Content-Type: text/{kind}; charset=utf-8",
        "",
        "",
    ]
    return "\n".join(lines).encode() + body


def measure(corpus: str, cases: list[Case]) -> Score:
    score = Score(corpus)
    for case in cases:
        started = time.perf_counter()
        mail = parse(case.raw)
        score.seconds += time.perf_counter() - started
        score.count += 1
        exact = bare(case.truth) in possible(mail)
        lost = not exact and share_lost(case.truth, mail) > LOST
        score.exact += exact
        score.lost += lost
        if not exact:
            score.missed.append(case.name + (" (lost text)" if lost else ""))
    return score


def possible(mail: ParsedMail) -> set[str]:
    return {bare(mail.reply), bare(mail.reply + mail.signature)}


def share_lost(truth: str, mail: ParsedMail) -> float:
    wanted = Counter(re.findall(r"\w+", truth))
    have = Counter(re.findall(r"\w+", mail.reply))
    return sum((wanted - have).values()) / max(1, sum(wanted.values()))


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def table(scores: list[Score]) -> Table:
    out = Table(title="Replies cut from mail")
    for name in ("Corpus", "Messages", "Exact", "Lost > 10 %", "Messages/s"):
        out.add_column(name, justify="left" if name == "Corpus" else "right")
    for score in scores:
        out.add_row(
            score.corpus,
            str(score.count),
            f"{score.exact / score.count:.2f}",
            f"{score.lost / score.count:.1%}",
            f"{score.count / score.seconds:,.0f}",
        )
    return out


if __name__ == "__main__":
    sys.exit(typer.run(main))
