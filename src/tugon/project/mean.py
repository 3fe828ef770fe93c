"""The warm process of meaning: the model and the vectors in memory, asked through a Unix socket.
`python -m tugon.project.mean`. Killing it harms nothing: search goes on by words and finds it again.
"""

import os
import signal
import sys


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # Before numpy is loaded. Queries and passages have a thread each; more would only wait for each other.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ["DJANGO_SETTINGS_MODULE"] = "tugon.project.settings"
    os.environ["TUGON_PROCESS"] = "meaning"
    os.environ.setdefault("TUGON_DATABASE_POOL", "2")
    import django

    from tugon.project.parent import end_with_parent

    end_with_parent()
    django.setup()
    from tugon.meaning.server import serve

    serve()


if __name__ == "__main__":
    main()
