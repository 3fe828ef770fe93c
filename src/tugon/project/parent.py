"""A child process ends when the one that started it ends, however that happens, even by kill -9.

On Linux the kernel does it (prctl(2), PR_SET_PDEATHSIG); elsewhere a thread looks once a second.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
VARIABLE = "TUGON_SUPERVISOR"
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def signal_on_parents_death(which: int) -> None:
    """Ask the kernel to send us this signal then. Does nothing where the kernel cannot."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, which, 0, 0, 0)


def end_with_parent() -> None:
    """In a process that `tugon up` started: end when it ends. Elsewhere: nothing."""
    supervisor = os.environ.get(VARIABLE, "")
    if not supervisor.isdigit():
        return
    expected = int(supervisor)
    signal_on_parents_death(signal.SIGTERM)
    if os.getppid() != expected:
        sys.exit(0)  # it ended before we could ask
    if _libc is None:
        threading.Thread(target=_watch, args=[expected], daemon=True).start()


def _watch(expected: int) -> None:
    while os.getppid() == expected:
        time.sleep(1)
    with contextlib.suppress(ProcessLookupError):
        os.kill(os.getpid(), signal.SIGTERM)
