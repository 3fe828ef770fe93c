"""A real IMAP and LMTP server for the tests: Debian's Dovecot 2.3 on loopback, with its own configuration and mail.

Runs as root (its parts then drop to an unprivileged user) and as an ordinary user. Whoever has no Dovecot is told
loudly; in CI that is an error.
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

PROGRAM = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
PASSWORD = "correct-horse"

CONFIGURATION = """
protocols = imap lmtp
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:{base}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
mail_max_userip_connections = 200
imap_idle_notify_interval = 30 s
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
protocol lmtp {{
  auth_username_format = %Lu
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
  process_min_avail = 1
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp_port}
  }}
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server. Any user name exists, with `PASSWORD`; its mail is a Maildir below `base`."""

    base: Path
    imap_port: int
    lmtp_port: int
    host: str = "127.0.0.1"
    password: str = PASSWORD

    def renumber(self, user: str) -> None:
        """Make the server give new UIDs and a new UIDVALIDITY for the user's INBOX, as after a restored backup."""
        place = self.base / "mail" / user
        for name in place.glob("dovecot*"):
            if name.is_file():
                name.unlink()

    def log(self) -> str:
        file = self.base / "log"
        return file.read_text(errors="replace") if file.exists() else ""


@contextmanager
def running_dovecot(base: Path) -> Iterator[Dovecot]:
    """Start a server in `base`, wait until it answers, and stop it at the end."""
    if PROGRAM is None:
        if os.environ.get("CI"):
            raise RuntimeError("Dovecot is not installed: apt-get install dovecot-imapd dovecot-lmtpd")
        pytest.skip("DOVECOT IS MISSING, so mail is not tested: apt-get install dovecot-imapd dovecot-lmtpd")
    server = Dovecot(base, imap_port=free_port(), lmtp_port=free_port())
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    login = account
    base.chmod(0o711)
    if os.geteuid() == 0:
        os.chown(base, account.pw_uid, account.pw_gid)
    for name in ("run", "state", "mail"):
        (base / name).mkdir(exist_ok=True)
        if os.geteuid() == 0:
            os.chown(base / name, account.pw_uid, account.pw_gid)
    import grp

    text = CONFIGURATION.format(
        base=base,
        user=account.pw_name,
        group=grp.getgrgid(account.pw_gid).gr_name,
        login=login.pw_name,
        password=PASSWORD,
        imap_port=server.imap_port,
        lmtp_port=server.lmtp_port,
    )
    (base / "dovecot.conf").write_text(text)
    process = subprocess.Popen([PROGRAM, "-F", "-c", str(base / "dovecot.conf")], cwd="/")
    try:
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Dovecot, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        if process.poll() is not None:
            raise RuntimeError(f"Dovecot ended: {server.log()}")
        try:
            with closing(socket.create_connection((server.host, server.imap_port), timeout=1)) as probe:
                if probe.recv(200).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"Dovecot does not answer: {server.log()}")
