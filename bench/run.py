"""The benchmark: everything in one run, Tugon and django-helpdesk in turn, so that ratios are honest.

    .venv/bin/python bench/generate.py --tickets 100000          (2 minutes)
    .venv/bin/python bench/generate.py --tickets 1000000         (12 minutes, 8 GB; for --large)
    .venv/bin/python bench/run.py --large                        (writes var/bench/result.md and result.json)

Rounds alternate between the servers, so that what else the machine does strikes all alike; the numbers are over all
rounds. --rounds, --goes: how many rounds, and requests in each. --without-peer, --without-mail: leave out.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import Any

import data
import mails
import report
import serving
import targets
from clients import Target, Times, alone, together
from peer.install import install

PAGES = ("empty", "list", "ticket", "search", "search, rare word")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--goes", type=int, default=20)
    parser.add_argument("--large", action="store_true", help="lists and searches of a million tickets too")
    parser.add_argument("--without-peer", action="store_true")
    parser.add_argument("--without-mail", action="store_true")
    options = parser.parse_args()
    place = serving.ROOT / "var" / "bench"
    result = Run(place, options).everything()
    (place / "result.json").write_text(json.dumps(result, indent=1))
    text = report.written(result)
    (place / "result.md").write_text(text)
    print(text)


class Run:
    def __init__(self, place: Path, options: argparse.Namespace) -> None:
        self.place, self.options = place, options
        self.home = place / "100000"
        self.times: dict[str, dict[str, Times]] = {}

    def everything(self) -> dict[str, Any]:
        from tugon.database.embedded import EmbeddedServer

        result: dict[str, Any] = {"at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()), "load": []}
        homes = {"tugon": self.home} | ({"million": self.place / "1000000"} if self.options.large else {})
        with ExitStack() as stack:
            for home in homes.values():
                stack.enter_context(EmbeddedServer(home).attached())
            sides = {name: self.side(stack, name, home) for name, home in homes.items()}
            if not self.options.without_peer:
                sides["peer"] = self.peer(stack)
            for number in range(self.options.rounds):
                self.round(sides, number)
                result["load"].append(Path("/proc/loadavg").read_text().split()[0])
            result["pages"] = {
                side: {name: {"median": t.median, "p95": t.p95, "rate": t.rate} for name, t in found.items()}
                for side, found in self.times.items()
            }
            result["memory"] = self.memory()
            result["weights"] = self.weights()
            result["floors"] = self.floors()
            if not self.options.without_mail:
                result["mail"] = self.mail()
        return result

    def side(self, stack: ExitStack, name: str, home: Path) -> dict[str, Target]:
        known = serving.inside(home, "prepare")
        port, pid = stack.enter_context(serving.tugon(home))
        if name == "tugon":
            self.known, self.port, self.web = known, port, pid
        found = targets.of_tugon(port, known)
        return found if name == "tugon" else {key: found[key] for key in PAGES[1:]}

    def peer(self, stack: ExitStack) -> dict[str, Target]:
        import psycopg

        from tugon.database.embedded import EmbeddedServer

        programs = install()
        address = EmbeddedServer(self.home).address()
        with psycopg.connect(**address, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'peer'").fetchone():
                connection.execute("CREATE DATABASE peer")
        self.peer_env = serving.peer_env(self.home, "peer")
        known = serving.peer_work(programs, self.peer_env, "load", "100000")
        port, self.peer_pid = stack.enter_context(serving.peer(programs, self.peer_env))
        self.peer_programs = programs
        return targets.of_peer(port, known)

    def round(self, sides: dict[str, dict[str, Target]], number: int) -> None:
        """Every piece of work on every side, one after the other. The peer's slow ones are asked for less often."""
        names = list(dict.fromkeys(name for side in sides.values() for name in side))
        for name in names:
            for side, found in sides.items():
                if name not in found:
                    continue
                is_slow = side == "peer" and name.startswith(("list", "search"))
                goes = max(3, self.options.goes // 5) if is_slow else self.options.goes
                times = self.times.setdefault(side, {}).setdefault(name, Times())
                times.alone += alone(found[name], goes)
                if number < 3:
                    times.rates.append(together(found[name], 8 if is_slow else 4 * goes))
                print(
                    f"round {number + 1}  {side:8} {name:18} {times.median:8.1f} ms {times.rate:8.1f}/s",
                    flush=True,
                )

    def memory(self) -> dict[str, Any]:
        """Of the processes that `tugon up` runs, after the requests above. The worker ends before floors are taken."""
        env = serving.tugon_env(self.home)
        python = sys.executable
        with (
            serving.started([python, "-m", "tugon.project.work"], env=env) as worker,
            serving.started([python, "-m", "tugon.project.cli", "mail", "serve"], env=env) as letters,
        ):
            time.sleep(15)
            found = {"web": self.web, "worker": worker, "mail": letters}
            if not self.options.without_peer:
                found["django-helpdesk"] = self.peer_pid
            return {name: serving.memory(pid) for name, pid in found.items()}

    def weights(self) -> dict[str, Any]:
        from weights import weights

        paths = {
            "list": f"/console/views/{self.known['list']}/",
            "ticket": f"/console/tickets/{self.known['ticket']}/",
            "search": f"/console/search?q={data.MARKS[0]}",
            "form": "/contact/contact/",
        }
        found = weights(f"http://127.0.0.1:{self.port}", self.known["session"], paths)
        return {name: asdict(weight) for name, weight in found.items()}

    def floors(self) -> dict[str, Any]:
        cookie = f"sessionid={self.known['session']}"
        with tempfile.TemporaryDirectory() as folder:
            letter = mails.write(Path(folder), run=f"floor{int(time.time())}")[0].read_text()
        form = {
            "token": self.known["token"], "once": "floor", "email": "floor@visitors.example", "name": "Visitor",
            "subject": "Video stops", "description": data.Words().bodies[0], "side": "mine",
        }  # fmt: skip
        asked: dict[str, Any] = {
            "list": {"path": f"/console/views/{self.known['list']}/", "cookie": cookie},
            "ticket": {"path": f"/console/tickets/{self.known['ticket']}/", "cookie": cookie},
            "search": {"path": f"/console/search?q={data.MARKS[0]}", "cookie": cookie},
            "search, rare word": {"path": f"/console/search?q={data.RARE}", "cookie": cookie},
            "create": {"path": "/contact/contact/", "form": form},
            "mail": {"letter": letter},
        }
        return dict(serving.inside(self.home, "floors", json.dumps(asked)))

    def mail(self) -> dict[str, Any]:
        found: dict[str, list[float]] = {}
        for number in range(2):
            for name, work in self.mail_sides().items():
                folder = Path(tempfile.mkdtemp())
                letters = len(mails.write(folder, run=f"r{number}{name[-1]}{int(time.time())}"))
                found.setdefault(name, []).append(letters / work(folder))
                shutil.rmtree(folder)
                print(f"mail {name:20} {found[name][-1]:8.1f}/s", flush=True)
        return {name: statistics.median(rates) for name, rates in found.items()}

    def mail_sides(self) -> dict[str, Any]:
        sides: dict[str, Any] = {
            "tugon, 1 worker": lambda folder: self.read(folder, 1),
            "tugon, 2 workers": lambda folder: self.read(folder, 2),
        }
        if not self.options.without_peer:
            sides["django-helpdesk"] = self.read_by_peer
        return sides

    def read(self, folder: Path, workers: int) -> float:
        """Seconds from the first byte to the last committed ticket."""
        command = [sys.executable, str(serving.BENCH / "inside.py"), "mail", str(folder)]
        running = [
            subprocess.Popen(
                [*command, str(part), str(workers)], env=serving.tugon_env(self.home), cwd=serving.BENCH,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for part in range(workers)
        ]  # fmt: skip
        for one in running:
            assert one.stdout
            assert one.stdout.readline().strip() == "ready"
        began = time.perf_counter()
        for one in running:
            assert one.stdin
            one.stdin.write("go\n")
            one.stdin.flush()
        answers = [json.loads(one.stdout.readline()) for one in running if one.stdout]
        seconds = time.perf_counter() - began
        for one, answer in zip(running, answers, strict=True):
            one.wait()
            assert not answer["odd"], answer
        assert sum(answer["done"] for answer in answers) == mails.SMALL + mails.LARGE, answers
        return seconds

    def read_by_peer(self, folder: Path) -> float:
        answer = serving.peer_work(self.peer_programs, self.peer_env, "mail", str(folder))
        assert answer["tickets"] == mails.SMALL + mails.LARGE, answer
        return float(answer["seconds"])


if __name__ == "__main__":
    main()
