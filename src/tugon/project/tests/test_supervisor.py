import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from tugon.project.processes import Process
from tugon.project.supervisor import Supervisor

SAY_PID = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"


@pytest.fixture
def run():
    """Runs a supervisor over small Python programs while the block lasts; lines() are what they said."""
    said = []
    running = []

    def start(**programs):
        processes = [Process(name, "", [sys.executable, "-c", code]) for name, code in programs.items()]
        # Signal handlers belong to the main thread; here the supervisor is only told to stop.
        supervisor = Supervisor(
            processes, None, lambda name, line: said.append((name, line)), on_signals=False
        )
        thread = threading.Thread(target=supervisor.run)
        thread.start()
        running.append((supervisor, thread))
        return supervisor, said

    yield start
    for supervisor, thread in running:
        supervisor.stop()
        thread.join(15)
        assert not thread.is_alive()


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
    return found


def pids(said):
    return [int(line) for _, line in said if line.isdigit()]


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def test_what_a_process_says_is_shown_line_by_line_with_its_name(run):
    _, said = run(web="print('one\\ntwo', flush=True); import time; time.sleep(60)")
    until(lambda: len(said) >= 2)
    assert said[:2] == [("web", "one"), ("web", "two")]


def test_a_killed_process_is_started_again_and_the_other_goes_on(run):
    _, said = run(web=SAY_PID, worker=SAY_PID)
    first = until(lambda: len(pids(said)) == 2 and pids(said))
    os.kill(first[0], signal.SIGKILL)
    until(lambda: len(pids(said)) == 3)
    assert alive(first[1])
    assert any("SIGKILL" in line and "again" in line for _, line in said)


def test_a_process_that_keeps_ending_is_started_ever_more_rarely(run):
    _, said = run(web="raise SystemExit(3)")
    until(lambda: len([line for _, line in said if "again" in line]) >= 3)
    delays = [line.rpartition(" in ")[2] for _, line in said if "again" in line]
    assert delays[:3] == ["0.5 s.", "1 s.", "2 s."]
    assert "code 3" in said[0][1]


def test_stopping_ends_every_process(run):
    supervisor, said = run(web=SAY_PID, worker=SAY_PID)
    started = until(lambda: len(pids(said)) == 2 and pids(said))
    supervisor.stop()
    until(lambda: not any(alive(pid) for pid in started))


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_children_end_when_the_supervisor_is_killed():
    script = (
        "import sys; from tugon.project.supervisor import Supervisor; from tugon.project.processes import Process\n"
        f"child = Process('web', '', [sys.executable, '-c', {SAY_PID!r}])\n"
        "Supervisor([child], None, lambda name, line: print(line, flush=True)).run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    child = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()
    until(lambda: not alive(child))


def test_ctrl_c_ends_all_cleanly():
    stubborn = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
    script = (
        "import sys; from tugon.project.supervisor import Supervisor; from tugon.project.processes import Process\n"
        f"child = Process('web', '', [sys.executable, '-c', {stubborn!r}])\n"
        "Supervisor([child], None, lambda name, line: print(line, flush=True)).run(); print('ended')"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert supervisor.stdout.readline() == b"1\n"
    began = time.monotonic()
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.communicate(timeout=15)[0].endswith(b"ended\n")
    assert supervisor.returncode == 0
    assert time.monotonic() - began < 5
