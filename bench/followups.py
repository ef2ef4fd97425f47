"""Follow-ups as rows with a date, beside one APScheduler job for each; on SQLite and on PostgreSQL.

Both sides write durably. Our side is the product's own: taking what is due in a hundred rows a commit, with
answers looked for and what became pointless dropped; what is then written is measured by `bench draft`.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any

from agent.adapters.database import open_store
from agent.ports import Ports
from agent.usecases.following import FollowUpReport, propose_follow_ups, take_due
from bench.followups_home import AT, database, fill
from bench.followups_rival import jobs_per_second
from tests.fakes import later, make_ports
from tests.postgres import binaries

HOUR = timedelta(hours=1)
_LOOKS = 200
_SLOWER = 2.0
_FASTER = {"sqlite": 20.0, "postgresql": 2.0}
_WORKERS = 4


def run(*, full: bool) -> dict[str, Any]:
    """Return what a look with nothing due costs at two sizes, and how fast a backlog is taken by how many."""
    told: dict[str, Any] = {}
    kinds = ("sqlite", "postgresql") if binaries() is not None else ("sqlite",)
    if len(kinds) == 1:
        told["skipped"] = "PostgreSQL: install Debian's package postgresql"
    for kind in kinds:
        told |= {f"{kind}_{name}": value for name, value in _measured(kind, full=full).items()}
        told[f"pass_{kind}_nothing_due"] = told[f"{kind}_nothing_due_ratio"] <= _SLOWER
        told[f"pass_{kind}_backlog"] = told[f"{kind}_times_as_fast"] >= _FASTER[kind]
        told[f"pass_{kind}_once"] = told[f"{kind}_lost"] == told[f"{kind}_twice"] == 0
    told["pass"] = all(value for name, value in told.items() if name.startswith("pass_"))
    return told


def _measured(kind: str, *, full: bool) -> dict[str, Any]:
    small, large = (50_000, 1_000_000) if full else (5_000, 100_000)
    told: dict[str, Any] = {"rows": (small, large)}
    looks = {size: _nothing_due(kind, size) for size in (small, large)}
    told["nothing_due_ms"] = [round(each * 1000, 3) for each in looks.values()]
    told["nothing_due_ratio"] = round(looks[large] / looks[small], 2)
    count, jobs = (20_000, 500) if full else (4_000, 100)
    with database(kind) as url:
        fill(url, count, due_at=AT - HOUR)
        told |= _backlog(url, count)
    with database(kind) as url:
        fill(url, jobs, due_at=AT - HOUR)
        names = [f"o-{number:07d}" for number in range(jobs)]
        stored, ran = jobs_per_second(url, names, due_at=AT - HOUR, until=AT + HOUR)
    told |= {"jobs_stored_per_second": round(stored), "jobs_run_per_second": round(ran)}
    told["times_as_fast"] = round(told["taken_per_second"] / ran, 1)
    with database(kind) as url:
        fill(url, count, due_at=AT - HOUR)
        told |= _together(url, count)
    return told


@contextmanager
def _ports(url: str) -> Iterator[Ports]:
    store = open_store(url)
    yield later(make_ports(store=store), AT, worker="bench")
    store.close()


def _nothing_due(kind: str, rows: int) -> float:
    with database(kind) as url:
        fill(url, rows, due_at=AT + timedelta(days=3))
        with _ports(url) as ports:
            return median(_look(ports) for _ in range(_LOOKS))


def _look(ports: Ports) -> float:
    began = time.perf_counter()
    report = propose_follow_ups(ports)
    seconds = time.perf_counter() - began
    assert report == FollowUpReport()
    return seconds


def _take_all(ports: Ports) -> list[str]:
    taken: list[str] = []
    while (some := take_due(ports, FollowUpReport())) is not None:
        taken.extend(some)
    return taken


def _backlog(url: str, count: int) -> dict[str, Any]:
    """Take everything, an hour late."""
    with _ports(url) as ports:
        began = time.perf_counter()
        taken = _take_all(ports)
        seconds = time.perf_counter() - began
    return {"taken_per_second": round(len(taken) / seconds), "lost_an_hour_late": count - len(taken)}


def _together(url: str, count: int) -> dict[str, Any]:
    """Let several processes take one backlog."""
    command = [sys.executable, "-m", "bench.followups", url]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(_WORKERS)
    ]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()  # imports are done: all begin together
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write("go\n")
        worker.stdin.flush()
    shares = [json.loads(worker.communicate()[0]) for worker in workers]
    taken = [name for share in shares for name in share]
    return {
        "workers": _WORKERS,
        "shares": [len(share) for share in shares],
        "lost": count - len(set(taken)),
        "twice": len(taken) - len(set(taken)),
    }


if __name__ == "__main__":
    with _ports(sys.argv[1]) as here:
        print("ready", flush=True)
        sys.stdin.readline()
        print(json.dumps(_take_all(here)))
