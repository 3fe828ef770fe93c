"""The configuration of the embedded server. `local.conf` beside it, written by the operator, has the last word."""

import os
import shutil
from pathlib import Path

MEGABYTE = 1024 * 1024


def configuration(*, socket: Path, durable: bool, memory: int | None = None) -> str:
    """The text of tugon.conf.

    socket: the directory of the Unix socket. durable: False gives up crash safety for speed; tests only.
    memory: bytes of the machine; measured when None.
    """
    total = memory or os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    buffers = min(max(total // 8, 128 * MEGABYTE), 1024 * MEGABYTE) if durable else 128 * MEGABYTE
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "port": 5432,
        "max_connections": 120,
        "shared_buffers": f"{buffers // MEGABYTE}MB",
        "effective_cache_size": f"{max(total // 2, 256 * MEGABYTE) // MEGABYTE}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": "128MB",
        "random_page_cost": 1.1,
        "jit": "off",  # costs more than it gives on short queries
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "wal_compression": "pglz",
        "autovacuum_vacuum_scale_factor": 0.05,
        "autovacuum_analyze_scale_factor": 0.02,
        "idle_in_transaction_session_timeout": "10min",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_line_prefix": "%m [%p] %d ",
        "log_min_duration_statement": "2s",
        "dynamic_shared_memory_type": _shared_memory(),
    }
    if not durable:
        values |= {
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "autovacuum": "off",
        }
        values |= {"max_connections": 300, "wal_level": "minimal", "max_wal_senders": 0}
    lines = [f"{name} = {_quoted(value)}" for name, value in values.items()]
    header = "# Written at every start by Tugon. Put your own settings into local.conf beside this file.\n"
    return header + "\n".join(lines) + "\n"


def _shared_memory() -> str:
    """Containers often have only 64 MB of /dev/shm, which parallel queries exhaust."""
    try:
        return "posix" if shutil.disk_usage("/dev/shm").total >= 256 * MEGABYTE else "mmap"  # noqa: S108
    except OSError:
        return "mmap"


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
