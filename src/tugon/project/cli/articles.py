"""`tugon articles`: the help center as a folder of Markdown files, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(help="Export and import the articles of the help center.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="The folder of the files.", file_okay=False)]


@app.command("export")
def export_articles(
    folder: Folder,
    archived: Annotated[bool, typer.Option("--archived", help="Archived articles too.")] = False,
) -> None:
    """Write every article, one Markdown file for each language, with its pictures. Files of the same name are replaced.

    Example:  tugon articles export ./articles
    """
    with _ready():
        from tugon.helpcenter.exchange import export_folder

        try:
            written = export_folder(folder, archived=archived)
        except OSError as error:
            typer.echo(f"{error.filename or folder} cannot be written: {error.strerror}.", err=True)
            raise typer.Exit(1) from error
        typer.echo(f"{written} files written to {folder}." if written else "There are no articles yet.")


@app.command("import")
def import_articles(
    folder: Folder,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Publish nothing: everything waits as a draft.")
    ] = False,
) -> None:
    """Take a folder of Markdown files. A bad file is told by its line; the others are imported. Again changes nothing.

    Exit code 1 if a file was not taken as it is.

    Examples:  tugon articles import ./articles    tugon articles import ./articles --drafts
    """
    with _ready():
        from rich.console import Console

        from tugon.helpcenter.exchange import import_folder

        if not folder.is_dir() or not any(folder.glob("*.md")):
            typer.echo(
                f"There is no article in {folder}: files named <key>.<language>.md are wanted.", err=True
            )
            raise typer.Exit(1)
        with Console(stderr=True).status("Reading …") as status:
            result = import_folder(
                folder, by=_us(), publish=not drafts, tell=lambda name: status.update(f"Importing {name}")
            )
        for problem in result.problems:
            typer.echo(str(problem), err=True)
        typer.echo(f"{result.created} new, {result.changed} changed, {result.unchanged} as they were.")
        if result.problems:
            raise typer.Exit(1)


def _us() -> Any:
    from tugon.events.actors import Actor, ActorKind

    return Actor(ActorKind.SYSTEM, via="command line")


def _ready() -> Any:
    from tugon.project.cli.ready import ready

    return ready()
