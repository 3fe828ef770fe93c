"""Letters a second from raw mail to triaged tickets with their acknowledgements: 200 of 2 KB and 20 of 200 KB.

    .venv/bin/python bench/intake.py [--workers 1 2] [--rounds 3]      (into var/bench/intake)

Each worker process keeps its share of the letters (`store`, a commit each, as a mail server needs it) and then reads
what waits (`process_waiting`) until nothing does. Every letter is of a stranger, so each makes a customer, a ticket, an
acknowledgement. Besides the rate, which depends on what else the machine does, the processor time per letter is stated:
ours, and that of our database connections.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SMALL, LARGE = 200, 20
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", help="write cProfile's numbers of the first worker here")
    parser.add_argument(
        "--without-triage", action="store_true", help="nothing is understood, weighed or routed"
    )
    parser.add_argument("--queries", action="store_true", help="print the statements of one letter instead")
    parser.add_argument(
        "--work", nargs=3, type=int, metavar=("ROUND", "NUMBER", "OF"), help=argparse.SUPPRESS
    )
    options = parser.parse_args()
    home = Path(os.environ.get("TUGON_BENCH_HOME") or ROOT / "var" / "bench") / "intake"
    home.mkdir(parents=True, exist_ok=True)
    os.environ |= {"TUGON_HOME": str(home), "DJANGO_SETTINGS_MODULE": "tugon.project.settings"}
    os.environ["TUGON_LOG_LEVEL"] = "WARNING"
    import django

    django.setup()
    if options.work:
        with quiet(options.without_triage):
            work(*options.work, profile=options.profile)
        return
    from tugon.database.embedded import EmbeddedServer

    with EmbeddedServer(home).attached():
        prepare()
        if options.queries:
            show_queries()
            return
        for workers in options.workers:
            report(workers, [measure(workers, options) for _ in range(options.rounds)])


def prepare() -> None:
    """Every migration, the starting rows and one mailbox that sends nothing."""
    from django.core.management import call_command

    from tugon.accounts.models import Team
    from tugon.channels.models import Channel, Mailbox
    from tugon.project.starting import create_all

    call_command("migrate", verbosity=0)
    create_all()
    if not Mailbox.objects.exists():
        channel = Channel.objects.create(kind="email", name="Help", team=Team.objects.create(name="Support"))
        Mailbox.objects.create(channel=channel, address="help@company.example", outgoing="sandbox")


def empty() -> None:
    """Nothing of earlier rounds; the statistics of tables that were never empty stay."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE tickets_ticket, customers_customer, intake_received, intake_automaticmail, events_event,"
            " files_storedfile, delivery_delivery, procrastinate_jobs CASCADE"
        )
        cursor.execute("CHECKPOINT")
    connection.close()


TRIAGE = ("understanding", "priority", "rules", "routing", "escalation")


def quiet(is_wanted: bool) -> Any:
    """Within, letters become tickets as they would without triage, for the difference."""
    from contextlib import nullcontext

    from tugon.events.reactions import silenced

    return silenced(*(f"tugon.{name}." for name in TRIAGE)) if is_wanted else nullcontext()


def measure(workers: int, options: argparse.Namespace) -> dict[str, float]:
    """One round: all workers begin at once; over when the last has nothing left to read."""
    number = time.time_ns()  # no file of an earlier round lies there already
    processes = []
    for worker in range(workers):
        command = [sys.executable, __file__, "--work", str(number), str(worker), str(workers)]
        command += ["--without-triage"] if options.without_triage else []
        if options.profile and worker == 0:
            command += ["--profile", options.profile]
        processes.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    empty()
    started = time.monotonic()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [json.loads(process.stdout.readline()) for process in processes]  # type: ignore[union-attr]
    seconds = time.monotonic() - started
    for process in processes:
        process.communicate()
    require_all_there()
    total = SMALL + LARGE
    return {"rate": total / seconds} | {
        name: sum(one[name] for one in said) / total for name in ("storing", "reading", "database", "queries")
    }


def require_all_there() -> None:
    """A rate of letters that got lost would be none."""
    from django.db import connection

    from tugon.intake.models import Received
    from tugon.tickets.models import Message, Ticket

    total = SMALL + LARGE
    found = (
        Received.objects.filter(state="ticketed").count(),
        Ticket.objects.exclude(due_at=None).count(),
        Message.objects.filter(automatic="acknowledgement").count(),
    )
    connection.close()
    if found != (total, total, total):
        raise SystemExit(f"ticketed, promised, acknowledged: {found} of {total}")


def work(number: int, worker: int, of: int, *, profile: str | None) -> None:
    """One worker: says "ready", waits for a line, does its share and prints what it cost, in ms."""
    from django.db import connection

    from tugon.channels.models import Channel
    from tugon.intake.operations import process_waiting, store

    channel = Channel.objects.get(kind="email")
    share = letters(number)[worker::of]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    asked = [0]
    connection.execute_wrappers.append(lambda run, *args: (asked.__setitem__(0, asked[0] + 1), run(*args))[1])
    warm_up(channel, number + worker + 1)
    print("ready", flush=True)
    sys.stdin.readline()
    profiler = None
    if profile:
        import cProfile

        profiler = cProfile.Profile(time.process_time)
        profiler.enable()
    before, asked[0] = (time.process_time(), processor_time(backend)), 0
    for raw in share:
        store(channel, raw, via="lmtp")
    stored = time.process_time()
    process_waiting()
    done = (time.process_time(), processor_time(backend))
    if profiler:
        profiler.disable()
        profiler.dump_stats(str(profile))
    print(
        json.dumps(
            {
                "storing": (stored - before[0]) * 1000,
                "reading": (done[0] - stored) * 1000,
                "database": (done[1] - before[1]) * 1000,
                "queries": asked[0],
            }
        ),
        flush=True,
    )


def warm_up(channel: Any, number: int) -> None:
    """Read a few letters before the clock runs: a running worker has loaded its languages and image formats."""
    from tugon.intake.operations import process_waiting, store

    for raw in letters(number)[:10]:
        store(channel, raw, via="lmtp")
    process_waiting()


def processor_time(pid: int) -> float:
    """Seconds of one process so far, of its own and of the kernel's for it."""
    columns = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(columns[11]) + int(columns[12])) / TICKS


def letters(number: int) -> list[bytes]:
    """The batch, the large ones spread among the small ones. Another number gives other letters."""
    chance = random.Random(number)
    every = (SMALL + LARGE) // LARGE
    return [
        letter(chance, f"{number}-{index}", 200_000 if index % every == every // 2 else 2_000)
        for index in range(SMALL + LARGE)
    ]


WORDS = """
please the video does not play since yesterday evening and my account shows nothing when I open the page on my phone I
tried to sign in again but the payment was taken twice could you help me with the refund thank you
"""


def letter(chance: random.Random, name: str, size: int) -> bytes:
    """A letter as mail programs write them: plain text and HTML, the headers of a route; the large ones with a file."""
    from email.message import EmailMessage

    words = WORDS.split()
    mail = EmailMessage()
    for hop in range(2):
        mail["Received"] = (
            f"from mx{hop}.mail.example by mx.company.example with ESMTPS id {name};"
            f" Fri, 20 Nov 2026 09:00:0{hop} +0800"
        )
    mail["From"] = f"Person {name} <p{name}@mail{chance.randrange(40)}.example>"
    mail["To"] = "Help <help@company.example>"
    mail["Subject"] = " ".join(chance.choices(words, k=6)).capitalize()
    mail["Date"], mail["Message-ID"] = "Fri, 20 Nov 2026 09:00:00 +0800", f"<{name}@mail.example>"
    mail["User-Agent"] = "Mail/1.0"
    paragraphs = [" ".join(chance.choices(words, k=35)) + "." for _ in range(3)]
    mail.set_content("\n\n".join(["Hello,", *paragraphs, f"Person {name}"]))
    mail.add_alternative(
        "".join(f"<p>{one}</p>" for one in ["Hello,", *paragraphs, f"Person {name}"]), subtype="html"
    )
    if size > 10_000:
        photo = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + chance.randbytes(size * 3 // 4 - 2_000)
        mail.add_attachment(photo, maintype="image", subtype="jpeg", filename=f"photo-{name}.jpg")
    return mail.as_bytes()


def show_queries() -> None:
    from django.db import connection, reset_queries

    from tugon.channels.models import Channel
    from tugon.intake.operations import process_waiting, store

    empty()
    channel = Channel.objects.get(kind="email")
    warm = letters(5)
    store(channel, warm[0], via="lmtp")
    process_waiting()
    connection.force_debug_cursor = True
    reset_queries()
    store(channel, warm[1], via="lmtp")
    print(f"-- storing: {len(connection.queries)}")
    process_waiting(limit=1)
    for index, one in enumerate(connection.queries, 1):
        print(f"{index:3} {float(one['time']) * 1000:6.1f} ms  {' '.join(one['sql'].split())[:400]}")
    print(f"{len(warm[1])} bytes")


def report(workers: int, rounds: list[dict[str, float]]) -> None:
    median: dict[str, Any] = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    best = max(one["rate"] for one in rounds)
    print(
        f"{workers} worker{'s' * (workers > 1)}: {median['rate']:.0f} letters/s (best {best:.0f}); per letter "
        f"{median['storing']:.1f} + {median['reading']:.1f} ms of ours, {median['database']:.1f} ms of the database, "
        f"{median['queries']:.1f} statements",
        flush=True,
    )


if __name__ == "__main__":
    main()
