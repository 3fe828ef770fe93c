"""`tugon billing`: the billing directory as a table."""

from pathlib import Path
from typing import Annotated, Any

import typer

app = typer.Typer(
    help="The billing directory: who charges in our name, as a CSV table.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command("export")
def export_table(
    file: Annotated[str, typer.Argument(help="Where to write it; - or nothing: to the screen.")] = "-",
) -> None:
    """Write every processor with what it prints and how to reach it.

    Examples:  tugon billing export directory.csv    tugon billing export > directory.csv
    """
    with _ready():
        from tugon.billing import exchange

        table = exchange.export()
    if file == "-":
        typer.echo(table, nl=False)
        return
    Path(file).write_text(table, encoding="utf-8", newline="")
    typer.echo(f"Written: {file}")


@app.command("import")
def import_table(
    file: Annotated[Path, typer.Argument(help="The table.", exists=True, dir_okay=False, readable=True)],
    rest: Annotated[
        str, typer.Option("--rest", help="Where to write the lines that were not taken, to correct them.")
    ] = "",
) -> None:
    """Take a table. Lines that cannot be used are told by their number, and the others are taken.

    Examples:  tugon billing import directory.csv    tugon billing import directory.csv --rest wrong.csv
    """
    with _ready():
        from tugon.billing import exchange
        from tugon.events.actors import SYSTEM

        taken = exchange.take(file.read_bytes(), by=SYSTEM)
        typer.echo(f"{taken.made} made, {taken.changed} changed, {taken.same} as they were.")
        for number, _cells, why in taken.bad:
            typer.echo(f"Line {number} was not taken: {why}", err=True)
        if taken.bad and rest:
            Path(rest).write_text(exchange.bad_lines(taken), encoding="utf-8", newline="")
            typer.echo(f"The lines that were not taken are in {rest}.", err=True)
    if taken.bad:
        raise typer.Exit(1)


def _ready() -> Any:
    from tugon.project.cli.ready import ready

    return ready()
