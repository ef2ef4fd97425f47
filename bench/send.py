"""Letters per second to a server on loopback, with no pacing, beside a bare loop of smtplib.

Both use one connection. The loop keeps nothing; ours has claim, fence and answer on the disk before it goes
on. A second loop keeps what ours has to keep, in the barest way: a statement of SQLite before each letter and
one after it, each on the disk. The server either keeps nothing, or writes each acceptance to its disk before
its 250, as real ones do. What one fsync takes is told beside it: no letter of ours can be quicker.
"""

import os
import smtplib
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, event

from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from bench.outbox_home import fill, opened
from bench.outbox_sink import sink

ENOUGH = 0.5
_SENDER = "tom@second-evening.example"
_FSYNCS = 100

Letters = Sequence[tuple[str, bytes]]
Keep = Callable[[str], None]


def run(*, full: bool) -> dict[str, Any]:
    """Return paces, processor time and statements for a letter, and the ratio that counts."""
    letters = 600 if full else 150
    forgetful, keeping = _measured(letters, durable=False), _measured(letters, durable=True)
    told: dict[str, Any] = {"letters": letters, "fsync_ms": _fsync_ms()}
    told |= {f"server_keeps_nothing_{name}": value for name, value in forgetful.items()}
    told |= {f"server_keeps_all_{name}": value for name, value in keeping.items()}
    passes = {
        "pass_all_sent": forgetful["sent"] == keeping["sent"] == letters,
        "pass_pace": keeping["ours_over_loop"] >= ENOUGH,
        "pass_pace_beside_a_loop_that_keeps": keeping["ours_over_keeping_loop"] >= ENOUGH,
    }
    return told | passes | {"pass": all(passes.values())}


def _measured(letters: int, *, durable: bool) -> dict[str, float]:
    with TemporaryDirectory() as folder, sink(Path(folder) / "log", durable=durable) as taken:
        ports = opened(Path(folder) / "home", smtp_port=taken.port)
        fill(ports, letters)
        raw = [(each.envelope_to, each.raw) for each in outbox(ports)]
        loops = [_loop(raw, taken.port, keep=_forget)]
        with _keeping(Path(folder) / "bare.db") as keep:
            keeping = _loop(raw, taken.port, keep=keep)
        with _counting() as statements:
            began, at = time.perf_counter(), time.process_time()
            sent = len(send_due(ports).sent)
            spent, seconds = time.process_time() - at, time.perf_counter() - began
        loops.append(_loop(raw, taken.port, keep=_forget))  # before and after: other programs come and go
        ports.close()
    loop = statistics.mean(loops)
    return {
        "sent": sent,
        "loop_per_second": round(letters / loop, 1),
        "keeping_loop_per_second": round(letters / keeping, 1),
        "ours_per_second": round(letters / seconds, 1),
        "ours_over_loop": round(loop / seconds, 3),
        "ours_over_keeping_loop": round(keeping / seconds, 3),
        "ours_cpu_ms": round(1000 * spent / letters, 2),
        "statements": round(statements[0] / letters, 1),
        "commits": round(statements[1] / letters, 2),
    }


def _loop(letters: Letters, port: int, *, keep: Keep) -> float:
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for recipient, raw in letters:
            keep(recipient)
            smtp.sendmail(_SENDER, [recipient], raw)
            keep(recipient)
    return time.perf_counter() - began


def _forget(_recipient: str) -> None:
    return None


@contextmanager
def _keeping(path: Path) -> Iterator[Keep]:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("CREATE TABLE letters (recipient TEXT PRIMARY KEY, steps INTEGER)")

        def keep(recipient: str) -> None:
            database.execute(
                "INSERT INTO letters VALUES (?, 1) ON CONFLICT DO UPDATE SET steps = steps + 1", (recipient,)
            )

        yield keep


def _fsync_ms() -> float:
    """Return the median of what it takes to bring 20 kB, about a commit of ours, to the disk, ms."""
    with TemporaryDirectory() as folder, (Path(folder) / "file").open("wb", buffering=0) as file:
        taken = []
        for _ in range(_FSYNCS):
            began = time.perf_counter()
            file.write(b"x" * 20_480)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    return round(1000 * statistics.median(taken), 3)


@contextmanager
def _counting() -> Iterator[list[int]]:
    counts = [0, 0]

    def statement(*_: object) -> None:
        counts[0] += 1

    def commit(*_: object) -> None:
        counts[1] += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield counts
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)
