"""Make the peer's environment: django-helpdesk from PyPI, in a place of its own.

    .venv/bin/python bench/peer/install.py        (into var/bench/peer)

bench/run.py calls it when the environment is missing.
"""

import subprocess
import sys
from pathlib import Path

PLACE = Path(__file__).resolve().parents[2] / "var" / "bench" / "peer"
WANTED = ("django-helpdesk==2.6.1", "django>=5.2,<5.3", "gunicorn", "psycopg[binary]")


def install() -> Path:
    """The directory of its programs."""
    programs = PLACE / "bin"
    if not (programs / "gunicorn").exists():
        subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, str(PLACE)], check=True)
        python = str(programs / "python")
        subprocess.run(["uv", "pip", "install", "--quiet", "--python", python, *WANTED], check=True)
    return programs


if __name__ == "__main__":
    print(install())
