import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tugon.database.embedded import SOCKET_FILE, SOCKET_PATH_LIMIT, EmbeddedServer, socket_directory


def asked(server, statement):
    with psycopg.connect(**server.address(), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


def test_the_first_user_starts_the_server_and_the_last_one_stops_it(server):
    with server.attached():
        with EmbeddedServer(server.home, durable=False).attached():
            pass
        assert server.running(), "somebody still uses it"
    assert not server.running()


def test_it_listens_on_nothing_but_its_private_socket(server):
    with server.attached():
        assert asked(server, "show listen_addresses") == ("",)
    assert server.socket.stat().st_mode & 0o077 == 0


def test_what_was_committed_survives_a_kill_of_the_server(home):
    server = EmbeddedServer(home)
    with server.attached():
        asked(server, "create table kept as select 42 as answer")
        os.kill(server.process_id(), signal.SIGKILL)
        while server.running():
            time.sleep(0.01)
        with server.locked():
            server.start()
        assert asked(server, "select answer from kept") == (42,)


def test_a_lock_file_with_the_number_of_another_program_does_not_hinder_the_start(server):
    with server.attached():
        pass
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        lines = [str(other.pid), str(server.data), "0", "5432", str(server.socket), "", "0 0", "ready"]
        (server.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        server.account.owns(server.data / "postmaster.pid")
        with server.attached():
            assert asked(server, "select 1") == (1,)
        assert other.poll() is None, "the other program is left alone"
    finally:
        other.kill()
        other.wait()


def test_a_user_that_was_killed_does_not_keep_the_server(server):
    script = (
        "import sys, time; from pathlib import Path; from tugon.database.embedded import EmbeddedServer\n"
        "with EmbeddedServer(Path(sys.argv[1]), durable=False).attached(): print('in', flush=True); time.sleep(60)"
    )
    user = subprocess.Popen([sys.executable, "-c", script, str(server.home)], stdout=subprocess.PIPE)
    assert user.stdout.readline() == b"in\n"
    user.kill()
    user.wait()
    assert server.running()
    with server.attached():
        pass
    assert not server.running()


def test_two_homes_do_not_meet(home):
    first, second = (EmbeddedServer(home / name, durable=False) for name in ("one", "two"))
    with first.attached(), second.attached():
        asked(first, "create table mine ()")
        assert asked(second, "select to_regclass('mine')") == (None,)
    assert first.socket != second.socket


def test_a_second_start_is_quick(server):
    with server.attached():
        pass
    began = time.monotonic()
    with server.attached():
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("extension", ["pg_trgm", "unaccent", "btree_gin", "vector"])
def test_the_extensions_we_count_on_are_there(server, extension):
    assert (server.programs.parent / "share" / "extension" / f"{extension}.control").exists()


def test_letters_of_all_languages_fold_and_compare(server):
    with server.attached():
        asked(server, "create extension pg_trgm")
        assert asked(server, "select lower('ÑANDÚ ΆΛΦΑ'), show_trgm('ñu') <> '{}'") == ("ñandú άλφα", True)


def test_a_path_too_long_for_a_socket_gets_a_short_one():
    long = Path("/") / ("a" * 120)
    short = socket_directory(long)
    assert len(os.fsencode(short / SOCKET_FILE)) <= SOCKET_PATH_LIMIT
    assert short != socket_directory(Path("/") / ("b" * 120))
    assert socket_directory(Path("/srv/tugon")) == Path("/srv/tugon/socket")


def test_the_operator_has_the_last_word_in_local_conf(server):
    with server.attached():
        pass
    (server.data / "local.conf").write_text("work_mem = '7MB'\n")
    server.account.owns(server.data / "local.conf")
    with server.attached():
        assert asked(server, "show work_mem") == ("7MB",)
