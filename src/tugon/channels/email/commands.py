"""`tugon mail …`: what can be asked of e-mail on the command line without a database."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tugon.channels.email.parsing import ParsedMail, to_json
from tugon.channels.email.parsing import parse as parse_mail

app = typer.Typer(help="E-mail: look at raw messages.", no_args_is_help=True)


@app.callback()
def mail() -> None:
    """E-mail: look at raw messages."""


@app.command()
def parse(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE…", help="Raw messages; - reads one from standard input.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON document a line (docs/reference/mail-parse.md).")
    ] = False,
    own: Annotated[
        list[str] | None, typer.Option("--own", help="An address of ours; may be given again.")
    ] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option("--trust", help="A mail server whose Authentication-Results count; may be given again."),
    ] = None,
) -> None:
    """Show what Tugon understands of raw messages. Reads no settings and stores nothing."""
    missed = 0
    for name in files:
        try:
            raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            typer.echo(
                f"{name} cannot be read: {error.strerror or error}. The other files are read all the same.",
                err=True,
            )
            missed += 1
            continue
        mail = parse_mail(raw, own_addresses=frozenset(own or ()), trusted_authserv=frozenset(trust or ()))
        if as_json:
            sys.stdout.write(json.dumps({"file": name, **to_json(mail)}, ensure_ascii=False) + "\n")
        else:
            _show(name, mail)
    sys.stdout.flush()
    raise typer.Exit(1 if missed else 0)


def _show(name: str, mail: ParsedMail) -> None:
    table = Table(title=name, show_header=False, title_justify="left")
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _rows(mail):
        if value:
            table.add_row(label, _plain(value))
    Console(markup=False, highlight=False).print(table)


def _rows(mail: ParsedMail) -> list[tuple[str, str]]:
    bounce = (
        "; ".join(f"{failed.address} {failed.status}" for failed in mail.bounce.recipients)
        if mail.bounce
        else ""
    )
    verdict = mail.authentication
    return [
        ("Subject", mail.subject),
        ("From", str(mail.from_ or "")),
        ("Written by", str(mail.original_from or "")),
        ("To", ", ".join(map(str, mail.to))),
        ("Cc", ", ".join(map(str, mail.cc))),
        ("Reply to", ", ".join(map(str, mail.reply_to))),
        ("Date", mail.date.isoformat() if mail.date else ""),
        ("Key", mail.key),
        ("Answers", " ".join(mail.in_reply_to)),
        ("Language", (mail.language or "unknown") + (" (Taglish)" if mail.taglish else "")),
        ("Automatic", f"{mail.automatic.kind}: {mail.automatic.why}" if mail.automatic else ""),
        ("May be answered", "yes" if mail.may_answer else f"no. {mail.may_answer_why}"),
        ("Bounce", bounce),
        (
            "Sender checked",
            f"SPF {verdict.spf}, DKIM {verdict.dkim}, DMARC {verdict.dmarc}"
            if verdict.trusted
            else "by no server we trust",
        ),
        ("Reply", mail.reply),
        ("Signature", mail.signature),
        (
            "Files",
            "\n".join(
                f"{file.name} ({file.type}, {file.size:,} bytes{', inline' if file.inline else ''})"
                for file in mail.attachments
            ),
        ),
        ("Form", "\n".join(f"{key}: {value}" for key, value in mail.fields.items())),
        ("Problems", "\n".join(mail.problems)),
    ]


def _plain(value: str) -> str:
    """Without what would steer the terminal: the letter is a stranger's."""
    return "".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in value)
