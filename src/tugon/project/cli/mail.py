"""`tugon mail …`: hands over to the mail package's own commands, with what they need made ready."""

import importlib
import sys

import typer

from tugon.project.cli.ready import ready
from tugon.project.cli.words import TEMPORARY_FAILURE, spoken
from tugon.project.processes import mail_module

WITHOUT_DATABASE = {"parse", "-h", "--help"}


def run(arguments: list[str]) -> None:
    """`receive` answers every failure with exit code 75, so that the mail server keeps the letter and tries again."""
    module = mail_module()
    if module is None:
        typer.echo("This build of Tugon has no mail commands.", err=True)
        raise typer.Exit(1)
    if not arguments or WITHOUT_DATABASE & set(arguments):
        _commands(module, arguments or ["--help"])
    elif arguments[0] == "receive":
        _receive(module, arguments)
    else:
        with ready():
            from tugon.project.parent import end_with_parent

            end_with_parent()
            _commands(module, arguments)


def _receive(module: str, arguments: list[str]) -> None:
    try:
        with spoken(code=TEMPORARY_FAILURE), ready():
            _commands(module, arguments)
    except Exception as error:  # whatever it is, the letter must stay with the mail server
        typer.echo(f"The letter was not stored; try again later. ({type(error).__name__}: {error})", err=True)
        sys.exit(TEMPORARY_FAILURE)


def _commands(module: str, arguments: list[str]) -> None:
    importlib.import_module(module).app(args=arguments, prog_name="tugon mail")
