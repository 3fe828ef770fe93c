"""Refusals at the command line: what happened, that nothing was lost, what to do; never a traceback for them."""

import contextlib
import os
import sys
from collections.abc import Iterator

TEMPORARY_FAILURE = 75  # EX_TEMPFAIL of sysexits.h: a mail server tries again later


@contextlib.contextmanager
def spoken(*, code: int = 1) -> Iterator[None]:
    """Turn known refusals into words on stderr and this exit code. TUGON_TRACEBACK=1 shows them whole."""
    from tugon.database.embedded import DatabaseUnavailable
    from tugon.lib.env import EnvironmentInvalid
    from tugon.project.up import CannotStart

    if os.environ.get("TUGON_TRACEBACK"):
        yield
        return
    try:
        yield
    except (DatabaseUnavailable, EnvironmentInvalid, CannotStart) as error:
        sys.exit(_told(str(error), code))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        words = _database_words(error)
        if words is None:
            raise
        sys.exit(_told(words, code))


def _told(words: str, code: int) -> int:
    sys.stderr.write(f"{words}\n")
    return code


def _database_words(error: Exception) -> str | None:
    """Words for a database that does not answer; None for anything else."""
    django_errors = sys.modules.get("django.db.utils")
    if django_errors is None or not isinstance(error, django_errors.OperationalError):
        return None
    first = str(error).strip().splitlines()[0] if str(error).strip() else "it does not answer"
    return (
        f"The database cannot be used: {first}\nNothing was changed. Check DATABASE_URL and that PostgreSQL runs; "
        "`tugon doctor` tells more."
    )
