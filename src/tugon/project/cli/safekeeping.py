"""`tugon backup` and `tugon restore` at the terminal: progress bars and words."""

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tugon.project.cli.ready import ready

if TYPE_CHECKING:
    from tugon.project.safekeeping.backup import Installation


def backup(name: str, *, verify: bool) -> None:
    if verify:
        return _verify_file(name)
    file = Path(name or f"tugon-{datetime.now(UTC):%Y-%m-%d-%H%M}.tugon").expanduser().absolute()
    if file.is_dir():
        file /= f"tugon-{datetime.now(UTC):%Y-%m-%d-%H%M}.tugon"
    if not file.parent.is_dir():
        _refuse(f"There is no directory {file.parent}. Make it first, or name another place.")
    if file.exists():
        _refuse(f"{file} exists already and was left as it is. Name another file.")
    with ready(), _words(), _bars() as say:
        from tugon.project.safekeeping.backup import write

        manifest = write(file, _installation(), say=say)
    size = file.stat().st_size / 1e6
    rows = sum(manifest.rows.values())
    typer.echo(f"{file}: {rows} rows in {len(manifest.rows)} tables, {manifest.files} files, {size:.1f} MB.")
    if "secret-key" in manifest.parts:
        typer.echo("It holds the secret key and people's letters: keep it where only you can read it.")
    else:
        typer.echo("The secret key comes from TUGON_SECRET_KEY and is not in it: keep that too.")
    typer.echo(f"To be sure that it can be restored: tugon restore --verify {file}")
    return None


def restore(name: str, *, verify: bool, force: bool) -> None:
    file = _existing(name)
    with ready(django=False):
        from tugon.project.cli.ready import load_django

        load_django()
        with _words(), _bars() as say:
            from tugon.project.safekeeping import restore as restoring

            if verify:
                manifest = restoring.rehearse(file, _installation(), say=say)
            else:
                manifest, old = restoring.restore(file, _installation(), force=force, say=say)
        rows = sum(manifest.rows.values())
        if verify:
            typer.echo(
                f"{file} was restored into a scratch database: all {rows} rows and {manifest.files} files are right."
            )
            return
        from tugon.project.prepare import migrate

        migrate()
    typer.echo(f"Restored: {rows} rows, {manifest.files} files, as of {manifest.made_at}.")
    if old:
        typer.echo(
            f"What was here before is kept as the database {old}. Start Tugon, look, and drop it when you are sure."
        )


def _verify_file(name: str) -> None:
    from tugon.project.safekeeping.restore import check

    file = _existing(name)
    with _words(), _bars() as say:
        manifest = check(file, say=say)
    typer.echo(
        f"{file} is whole: {len(manifest.parts)} parts, written {manifest.made_at} by Tugon {manifest.version}."
    )


def _installation() -> "Installation":
    from django.conf import settings
    from django.core.files.storage import default_storage

    from tugon.database.tools import Database
    from tugon.project.safekeeping.backup import Installation

    return Installation(
        Database(settings.DATABASES["default"], home=settings.HOME),
        default_storage,
        settings.HOME,
        settings.SECRET_KEY_FILE,
    )


@contextlib.contextmanager
def _bars() -> Iterator[Callable[[str, int | None], Callable[[int], None]]]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def say(what: str, total: int | None) -> Callable[[int], None]:
            task = progress.add_task(what, total=total)
            return lambda done: progress.advance(task, done)

        yield say


@contextlib.contextmanager
def _words() -> Iterator[None]:
    from tugon.database.tools import ToolFailed
    from tugon.project.safekeeping.archive import BackupBroken
    from tugon.project.safekeeping.restore import RestoreRefused

    try:
        yield
    except (BackupBroken, RestoreRefused, ToolFailed) as error:
        _refuse(str(error))
    except OSError as error:
        _refuse(f"{error.filename or 'The file'} cannot be used: {error.strerror}. Nothing was changed.")


def _existing(name: str) -> Path:
    file = Path(name).expanduser().absolute()
    if not file.is_file():
        _refuse(f"There is no file {file}.")
    return file


def _refuse(words: str) -> None:
    typer.echo(words, err=True)
    sys.exit(1)
