"""The command line, `tugon`. Every module is imported when its command runs, so that `--help` answers at once."""

import os
import sys
from typing import Annotated, Never

import typer

from tugon.project.cli import articles, billing, people

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tugon.project.settings")

app = typer.Typer(
    name="tugon",
    help="Customer support, complete and self-hosted. Begin with: tugon up --demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(people.app, name="user")
app.add_typer(articles.app, name="articles")
app.add_typer(billing.app, name="billing")
PASS_ON = {"ignore_unknown_options": True, "allow_extra_args": True, "help_option_names": []}


def main() -> None:
    """The entry point: refusals become words and an exit code, bugs a traceback."""
    from pathlib import Path

    from tugon.lib.env import load_dotenv
    from tugon.lib.home import checkout
    from tugon.project.cli.words import spoken

    # Of the checkout, or of the directory that an installed Tugon is started in. The environment has precedence.
    load_dotenv((checkout() or Path.cwd()) / ".env")
    with spoken():
        app()


@app.command(rich_help_panel="Run")
def up(
    host: Annotated[str, typer.Option(envvar="TUGON_HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(envvar="TUGON_PORT", min=0, max=65535, help="0: 8000 or the next free.")
    ] = 0,
    web_workers: Annotated[int, typer.Option(envvar="TUGON_WEB_WORKERS", min=1, help="Web processes.")] = 1,
    demo: Annotated[
        bool, typer.Option("--demo", help="Load the demo: people, tickets, a mail sandbox.")
    ] = False,
) -> None:
    """Run everything on this machine: database, pages, jobs and mail. Ctrl-C stops it.

    Examples:  tugon up --demo    tugon up --host 0.0.0.0 --port 80
    """
    from tugon.project.up import Wish
    from tugon.project.up import up as run

    run(Wish(host, port or 8000, bool(port), web_workers, demo))


@app.command(rich_help_panel="Run", context_settings=PASS_ON)
def web(context: typer.Context) -> None:
    """Serve pages and live updates only (with many machines: one of these on each).

    Examples:  tugon web --port 8000 --workers 4    tugon web --help
    """
    _become("tugon.project.serve", context.args)


@app.command(rich_help_panel="Run", context_settings=PASS_ON)
def worker(context: typer.Context) -> None:
    """Do the jobs only.

    Examples:  tugon worker    tugon worker --queues mail-in --concurrency 2    tugon worker --once
    """
    _become("tugon.project.work", context.args)


@app.command(rich_help_panel="Run")
def meaning() -> None:
    """Keep the model and the vectors of search warm. One on each machine with web or worker; search works without it.

    Example:  tugon meaning
    """
    _become("tugon.project.mean", [])


@app.command(rich_help_panel="Mail", context_settings=PASS_ON)
def mail(context: typer.Context) -> None:
    """Receive, fetch, parse and serve mail.

    Examples:  tugon mail parse letter.eml --json    tugon mail receive < letter.eml    tugon mail serve
    """
    from tugon.project.cli.mail import run

    run(context.args)


@app.command(rich_help_panel="Try", context_settings=PASS_ON)
def demo(context: typer.Context) -> None:
    """Load the demo's data: a platform with members, creators and studios, and 200 tickets.

    Examples:  tugon demo    tugon demo --help
    """
    from tugon.project.cli.ready import ready

    if not _available("tugon.demo.commands"):
        _refuse("This build of Tugon has no demo.")
    with ready():
        from importlib import import_module

        if not any(one in context.args for one in ("-h", "--help")):
            from tugon.project.prepare import migrate
            from tugon.project.starting import create_all

            migrate()
            create_all()
        import_module("tugon.demo.commands").app(args=context.args, prog_name="tugon demo")


@app.command(rich_help_panel="Care")
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Check database, jobs, mail, files, clocks and settings, and say what to do. Exit code 1 if something is wrong.

    Examples:  tugon doctor    tugon doctor --json
    """
    from tugon.project.cli.doctor import run

    raise typer.Exit(run(as_json=as_json))


@app.command(rich_help_panel="Care")
def migrate() -> None:
    """Bring the database's tables up to date (`up` does this by itself).

    Example:  tugon migrate
    """
    from tugon.project.cli.ready import ready

    with ready():
        from tugon.project.prepare import migrate

        applied = migrate()
    typer.echo(f"{applied} steps applied." if applied else "The database is up to date.")


@app.command(rich_help_panel="Care")
def backup(
    file: Annotated[
        str, typer.Argument(help="Where to write it; a dated name in this directory if left out.")
    ] = "",
    verify: Annotated[bool, typer.Option("--verify", help="Check an existing backup instead.")] = False,
) -> None:
    """Write everything into one file: database, files, secret key, and a list with checksums.

    Examples:  tugon backup    tugon backup /backups/monday.tugon    tugon backup --verify /backups/monday.tugon
    """
    from tugon.project.cli import safekeeping

    safekeeping.backup(file, verify=verify)


@app.command(rich_help_panel="Care")
def restore(
    file: Annotated[str, typer.Argument(help="A file written by tugon backup.")],
    verify: Annotated[bool, typer.Option("--verify", help="Only try it, into a scratch database.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is here now.")] = False,
) -> None:
    """Bring back what a backup holds. Refuses to replace data unless --force is given.

    Examples:  tugon restore monday.tugon    tugon restore --verify monday.tugon
    """
    from tugon.project.cli import safekeeping

    safekeeping.restore(file, verify=verify, force=force)


@app.command(rich_help_panel="Care", context_settings=PASS_ON)
def manage(context: typer.Context) -> None:
    """Django's own commands.

    Examples:  tugon manage shell    tugon manage dbshell    tugon manage help
    """
    from tugon.project.cli.ready import ready

    with ready():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["tugon manage", *context.args])


@app.command(rich_help_panel="Care")
def version() -> None:
    """Print the version.

    Example:  tugon version
    """
    from importlib.metadata import version as installed

    typer.echo(f"Tugon {installed('tugon')}, Python {sys.version.split()[0]}")


def _become(module: str, arguments: list[str]) -> None:
    """Run a module in our place; the embedded database is started first if it is needed and nobody runs it."""
    from tugon.project.cli.ready import ready

    if {"-h", "--help"} & set(arguments) or os.environ.get("TUGON_SUPERVISOR"):
        os.execv(sys.executable, [sys.executable, "-m", module, *arguments])  # noqa: S606
    import signal
    import subprocess

    with ready(django=False):
        os.environ["TUGON_SUPERVISOR"] = str(os.getpid())
        child = subprocess.Popen([sys.executable, "-m", module, *arguments], process_group=0)
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, lambda number, _frame: child.send_signal(number))
        code = child.wait()
    raise typer.Exit(abs(code))


def _available(module: str) -> bool:
    from importlib.util import find_spec

    package = module.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(module) is not None


def _refuse(words: str) -> Never:
    typer.echo(words, err=True)
    raise typer.Exit(1)
