"""The worker process: does jobs from PostgreSQL's queue. `python -m tugon.project.work --help`.

Any number may run. A job whose worker was killed is given to another within a minute (project/tasks.py).
"""

import argparse
import asyncio
import os
import signal
import sys

QUEUES = ("mail-in", "default", "slow")


def main() -> None:
    parser = argparse.ArgumentParser(prog="tugon worker", description="Do the jobs.")
    parser.add_argument("--queues", default=",".join(QUEUES), help="which queues, separated by commas")
    parser.add_argument("--concurrency", type=int, default=0, help="jobs at once (TUGON_WORKER_CONCURRENCY)")
    parser.add_argument("--once", action="store_true", help="do what is waiting, then end")
    options = parser.parse_args()
    prepare()
    from tugon.project.jobs import run

    asyncio.run(run(options.queues.split(","), concurrency=options.concurrency, once=options.once))


def prepare() -> None:
    """Django, with connections for the threads of this process."""
    from tugon.project.memory import share_arenas
    from tugon.project.parent import end_with_parent

    end_with_parent()
    share_arenas()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugon.project.settings"
    os.environ["TUGON_PROCESS"] = "worker"
    os.environ.setdefault("TUGON_DATABASE_POOL", "8")
    import django

    django.setup()


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the worker takes over
    main()
