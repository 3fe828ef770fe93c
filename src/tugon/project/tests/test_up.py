import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from tugon.project.up import CannotStart, Wish, free_port, welcome


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_explained_and_the_next_free_one_used(taken, capsys):
    assert free_port(Wish("127.0.0.1", taken, False, 1, False)) > taken
    assert f"Port {taken} is taken" in capsys.readouterr().out


def test_a_port_that_was_named_is_not_replaced(taken):
    with pytest.raises(CannotStart, match=f"--port {taken + 1}"):
        free_port(Wish("127.0.0.1", taken, True, 1, False))


def test_the_welcome_shows_address_logins_and_first_steps():
    demo = {
        "logins": [{"email": "ana@demo", "password": "p", "about": "agent"}],
        "try_first": ["Open {address}/console/"],
    }
    text = welcome("http://x:1", {"setup_token": None, "demo": demo}, seconds=1)
    assert "ana@demo  p  agent" in text
    assert "1. Open http://x:1/console/" in text


def test_with_nobody_set_up_the_welcome_links_to_the_wizard():
    assert "http://x:1/setup/abc" in welcome("http://x:1", {"setup_token": "abc"}, seconds=1)


def tugon(*arguments, home, **options):
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith(("TUGON", "DJANGO", "DATABASE"))
    }
    command = [sys.executable, "-m", "tugon.project.cli", *arguments]
    return subprocess.Popen(
        command,
        env=environment | {"TUGON_HOME": str(home)},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        **options,
    )


def test_help_answers_without_loading_django(tmp_path):
    code = "import sys; sys.argv = ['tugon', '--help']\nfrom tugon.project.cli import main\n"
    code += "try: main()\nfinally: assert 'django' not in sys.modules and 'psycopg' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_wrong_settings_are_told_by_name_without_a_traceback(tmp_path):
    environment = os.environ | {
        "TUGON_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tugon.project.settings",
    }
    run = subprocess.run(
        [sys.executable, "-m", "tugon.project.cli", "migrate"],
        env=environment | {"DATABASE_URL": "mysql://x/y", "TUGON_WORKER_CONCURRENCY": "many"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert "DATABASE_URL" in run.stderr
    assert "TUGON_WORKER_CONCURRENCY" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_letter_that_cannot_be_stored_stays_with_the_mail_server(tmp_path):
    environment = os.environ | {
        "TUGON_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "tugon.project.settings",
    }
    run = subprocess.run(
        [sys.executable, "-m", "tugon.project.cli", "mail", "receive"],
        env=environment | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        input=b"Subject: x\n\nhello",
        capture_output=True,
    )
    assert run.returncode == 75, run.stderr


@pytest.fixture
def home():
    """A data directory that the database's account can reach when tests run as root."""
    with tempfile.TemporaryDirectory(prefix="tugon-") as name:
        Path(name).chmod(0o711)
        yield Path(name) / "home"


@pytest.mark.slow
def test_up_serves_restarts_what_is_killed_and_stops_on_ctrl_c(home):
    process = tugon("up", home=home)
    try:
        address = next(line.split(" at ")[1].split()[0] for line in process.stdout if "starting at" in line)
        answers(address)
        web = children(process.pid, "project.serve")
        os.kill(web[0], signal.SIGKILL)
        answers(address)
        os.kill(children(process.pid, "postgres")[0], signal.SIGKILL)
        answers(address)
        second = tugon("up", home=home)
        assert "already runs" in second.communicate(timeout=20)[0]
        check = tugon("doctor", "--json", home=home)
        found = {one["check"]: one["verdict"] for one in json.loads(check.communicate(timeout=30)[0])}
        assert found["database"] == "good"
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert "Tugon has stopped" in process.communicate(timeout=30)[0]
        assert time.monotonic() - began < 12
        assert process.returncode == 0
    finally:
        process.kill()
        process.communicate()


def answers(address, seconds=40):
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{address}/alive", timeout=2) as answer:
                assert answer.read() == b"ok"
                return
        except OSError:
            assert time.monotonic() < deadline, "no answer"
            time.sleep(0.2)


def children(parent, name):
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listed.splitlines()]
    return [int(pid) for pid, ppid, args in rows if int(ppid) == parent and name in args]
