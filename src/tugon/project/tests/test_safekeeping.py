import os
import tarfile

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from tugon.database.tools import Database
from tugon.project.safekeeping.archive import BackupBroken
from tugon.project.safekeeping.backup import Installation, every_file, write
from tugon.project.safekeeping.restore import RestoreRefused, check, rehearse, restore


def silent(what, total):
    return lambda done: None


def asked(database, statement, name=None):
    with database.connect(name, autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone() if cursor.description else None


@pytest.fixture
def installation(django_db_setup, tmp_path):
    """A small installation of its own on the test server: one agent, two files, a key."""
    name = f"test_safekeeping_{os.getpid()}"
    database = Database(settings.DATABASES["default"] | {"NAME": name}, home=settings.HOME)
    database.drop(name)
    asked(database, f"create database {name}", "postgres")
    asked(database, "create table accounts_agent as select 1 as id, 'Ana Reyes' as name")
    storage = FileSystemStorage(location=tmp_path / "files")
    storage.save("ab/screenshot.png", ContentFile(b"\x89PNG" + os.urandom(100_000)))
    storage.save("letter.eml", ContentFile(b"Subject: hello"))
    (tmp_path / "secret-key").write_text("k" * 64)
    yield Installation(database, storage, tmp_path, tmp_path / "secret-key")
    for row in everything_named(database, name):
        database.drop(row)


def everything_named(database, name):
    with database.connect("postgres") as connection:
        return [
            row[0]
            for row in connection.execute(
                "select datname from pg_database where datname like %s", [name + "%"]
            )
        ]


@pytest.fixture
def backup(installation, tmp_path):
    file = tmp_path / "monday.tugon"
    write(file, installation, say=silent)
    return file


def test_everything_comes_back_as_it_was(installation, backup):
    picture = installation.storage.open("ab/screenshot.png").read()
    asked(installation.database, "update accounts_agent set name = 'somebody else'")
    installation.storage.delete("ab/screenshot.png")
    installation.secret_key.write_text("another key")

    manifest, old = restore(backup, installation, force=True, say=silent)

    assert asked(installation.database, "select name from accounts_agent") == ("Ana Reyes",)
    assert asked(installation.database, "select name from accounts_agent", old) == ("somebody else",)
    assert installation.storage.open("ab/screenshot.png").read() == picture
    assert installation.secret_key.read_text() == "k" * 64
    assert (manifest.rows, manifest.files) == ({"accounts_agent": 1}, 2)


def test_data_is_not_replaced_unless_forced(installation, backup):
    asked(installation.database, "update accounts_agent set name = 'newer'")
    with pytest.raises(RestoreRefused, match="--force"):
        restore(backup, installation, force=False, say=silent)
    assert asked(installation.database, "select name from accounts_agent") == ("newer",)


def test_a_running_tugon_is_not_restored_under(installation, backup):
    with installation.database.connect(), pytest.raises(RestoreRefused, match="Stop it"):
        restore(backup, installation, force=True, say=silent)


def test_an_empty_installation_needs_no_force_and_leaves_nothing_behind(installation, backup):
    asked(installation.database, "delete from accounts_agent")
    _, old = restore(backup, installation, force=False, say=silent)
    assert old is None
    assert len(everything_named(installation.database, installation.database.name)) == 1


def test_a_rehearsal_changes_nothing(installation, backup):
    asked(installation.database, "update accounts_agent set name = 'newer'")
    assert rehearse(backup, installation, say=silent).files == 2
    assert asked(installation.database, "select name from accounts_agent") == ("newer",)
    assert list(installation.home.glob("restore-*")) == []


def test_a_changed_byte_is_found(installation, backup):
    raw = bytearray(backup.read_bytes())
    place = raw.find(b"\x89PNG") + 5000
    raw[place] ^= 1
    backup.write_bytes(raw)
    with pytest.raises(BackupBroken, match=r"screenshot\.png"):
        check(backup, say=silent)


def test_a_backup_cut_short_is_found(installation, backup):
    backup.write_bytes(backup.read_bytes()[:60_000])
    with pytest.raises(BackupBroken):
        check(backup, say=silent)


def test_something_else_than_a_backup_is_told_apart(tmp_path):
    (tmp_path / "x").write_text("hello")
    with pytest.raises(BackupBroken, match="not a backup"):
        check(tmp_path / "x", say=silent)


def test_a_backup_cannot_write_outside(tmp_path):
    with tarfile.open(tmp_path / "evil.tugon", "w") as tar:
        entry = tarfile.TarInfo("files/../../outside")
        tar.addfile(entry)
    with pytest.raises(BackupBroken, match="no backup holds"):
        check(tmp_path / "evil.tugon", say=silent)


def test_a_backup_that_fails_leaves_no_file(installation, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "open", full)
    with pytest.raises(OSError, match="No space"):
        write(tmp_path / "b.tugon", installation, say=silent)
    assert [path.name for path in tmp_path.iterdir() if "tugon" in path.name] == []


def test_only_the_owner_can_read_a_backup(backup):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_files_are_found_in_every_folder(installation):
    assert list(every_file(installation.storage)) == ["letter.eml", "ab/screenshot.png"]
