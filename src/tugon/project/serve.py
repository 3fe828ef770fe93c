"""The web process: granian with one port for pages and streams. `python -m tugon.project.serve --help`.

Its first process only watches, so it stays small: Django is loaded in the workers alone.
"""

import argparse
import os

from granian import Granian  # type: ignore[attr-defined]
from granian.constants import Interfaces
from granian.log import LogLevels

from tugon.project.parent import end_with_parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="tugon web", description="Serve pages and live updates.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes; each takes about 100 MB")
    parser.add_argument("--threads", type=int, default=8, help="requests worked on at once, per process")
    options = parser.parse_args()
    end_with_parent()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugon.project.settings"
    os.environ["TUGON_PROCESS"] = "web"
    os.environ.setdefault("TUGON_DATABASE_POOL", str(options.threads))
    os.environ["TUGON_WEB_THREADS"] = str(options.threads)
    Granian(
        "tugon.project.rsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.RSGI,
        workers=options.workers,
        backpressure=4096,  # counts open streams too
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=5,
    ).serve()


if __name__ == "__main__":
    main()
