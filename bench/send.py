"""Letters per second to a server on loopback, with no pacing, beside a bare loop of smtplib.

Both use one connection to the same server, in a process of its own, and send the same bytes. The loop keeps
nothing; ours has claim, fence and answer on the disk before it goes on. A second loop brings one commit's
bytes to the disk between two letters and does nothing else: no sender with one commit a letter, told of one
recipient at a time, is quicker. A third keeps what ours has to keep in the barest way: a statement of SQLite
before each letter and one after it, each on the disk. The server either keeps nothing, or writes each
acceptance to its disk before its 250, as real ones do. Each round runs all of them one after the other, and
medians of the rounds are told: other programs come and go. Ours has sent one letter before, as a worker has
that stands by: what a process does once (statements compiled, texts loaded) is told apart. Statements are
counted in a round of their own, since counting takes time.
"""

import os
import smtplib
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, event

from agent.domain.delivery import DeliveryState
from agent.domain.ids import DeliveryId
from agent.ports import Ports
from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from bench.outbox_home import fill, opened
from bench.outbox_sink import sink
from tests.postgres import binaries, throwaway

ENOUGH = 0.5
_STATEMENTS = ("SELECT", "INSERT", "UPDATE", "DELETE")
_OF_POSTGRESQL = ("sent", "ours_per_second", "ours_over_loop", "ours_cpu_ms")
_SENDER = "tom@second-evening.example"
_FSYNCS = 100
_A_COMMIT = b"x" * 36_864
"""As many bytes as a commit of ours writes: eight or nine pages, each with a header."""

Letters = Sequence[tuple[str, bytes]]
Keep = Callable[[str], None]


def run(*, full: bool) -> dict[str, Any]:
    """Return paces, processor time and statements for a letter, and the ratio that counts."""
    letters, rounds = (300, 5) if full else (100, 3)
    forgetful = _median(_measured(letters, durable=False) for _ in range(rounds))
    keeping = _median(_measured(letters, durable=True) for _ in range(rounds))
    told: dict[str, Any] = {"letters": letters, "rounds": rounds, "fsync_ms": _fsync_ms()}
    told |= _counted(letters)
    told |= _on_postgresql(letters)
    told |= {f"server_keeps_nothing_{name}": value for name, value in forgetful.items()}
    told |= {f"server_keeps_all_{name}": value for name, value in keeping.items()}
    passes = {
        "pass_all_sent": forgetful["sent"] == keeping["sent"] == letters,
        "pass_pace": keeping["ours_over_loop"] >= ENOUGH,
        "pass_pace_beside_a_loop_that_keeps": keeping["ours_over_keeping_loop"] >= ENOUGH,
    }
    return told | passes | {"pass": all(passes.values())}


def _on_postgresql(letters: int) -> dict[str, Any]:
    """Return one round on a PostgreSQL of our own, which brings every commit to the disk."""
    if binaries() is None:
        return {"postgresql_left_out": "no PostgreSQL on this machine; install Debian's postgresql"}
    with throwaway(durable=True) as url:
        measured = _measured(letters, durable=True, database=url)
    with throwaway(durable=True) as url:
        counted = _counted(letters, database=url)
    paces = {name: round(measured[name], 3) for name in _OF_POSTGRESQL}
    return {f"postgresql_{name}": value for name, value in (paces | counted).items()}


def _median(rounds: Iterable[dict[str, float]]) -> dict[str, float]:
    """Return each figure's median, and the least of what was sent."""
    measured = list(rounds)
    told = {name: round(statistics.median(each[name] for each in measured), 3) for name in measured[0]}
    return told | {"sent": min(each["sent"] for each in measured)}


def _measured(letters: int, *, durable: bool, database: str | None = None) -> dict[str, float]:
    with TemporaryDirectory() as folder, sink(Path(folder) / "log", durable=durable) as taken:
        ports = opened(Path(folder) / "home", smtp_port=taken.port, database=database)
        fill(ports, letters + 1)
        first = _send_first(ports)
        queued = (each for each in outbox(ports) if each.state is DeliveryState.QUEUED)
        raw = [(each.envelope_to, each.raw) for each in queued]
        loops = [_loop(raw, taken.port, before=_forget, after=_forget)]
        with _syncing(Path(folder) / "bare.log") as sync:
            floor = _loop(raw, taken.port, before=_forget, after=sync)
        began, at = time.perf_counter(), time.process_time()
        sent = len(send_due(ports).sent)
        spent, seconds = time.process_time() - at, time.perf_counter() - began
        with _keeping(Path(folder) / "bare.db") as keep:
            keeping = _loop(raw, taken.port, before=keep, after=keep)
        loops.append(_loop(raw, taken.port, before=_forget, after=_forget))
        ports.close()
    loop = statistics.mean(loops)
    return {
        "sent": sent,
        "loop_per_second": letters / loop,
        "floor_per_second": letters / floor,
        "keeping_loop_per_second": letters / keeping,
        "ours_per_second": letters / seconds,
        "ours_over_loop": loop / seconds,
        "floor_over_loop": loop / floor,
        "ours_over_floor": floor / seconds,
        "ours_over_keeping_loop": keeping / seconds,
        "ours_cpu_ms": 1000 * spent / letters,
        "first_letter_ms": 1000 * first,
    }


def _send_first(ports: Ports) -> float:
    """Send one letter alone and return how long that took, s."""
    due = {each.id: each.due_at for each in outbox(ports)[1:]}
    _put_off(ports, dict.fromkeys(due, ports.clock.now() + timedelta(days=1)))
    began = time.perf_counter()
    send_due(ports)
    seconds = time.perf_counter() - began
    _put_off(ports, due)
    return seconds


def _put_off(ports: Ports, until: Mapping[DeliveryId, datetime]) -> None:
    with ports.store.write() as tx:
        queued = tx.deliveries.list(states=(DeliveryState.QUEUED,))
        for delivery in (each for each in queued if each.id in until):
            again = delivery.postponed(until=until[delivery.id], reason="", attempted=True)
            tx.deliveries.step(again, expected=DeliveryState.QUEUED, owner=None)


def _counted(letters: int, *, database: str | None = None) -> dict[str, float]:
    """Return statements and commits a letter, from the same letters sent once more."""
    with TemporaryDirectory() as folder, sink(Path(folder) / "log", durable=False) as taken:
        ports = opened(Path(folder) / "home", smtp_port=taken.port, database=database)
        fill(ports, letters)
        with _counting() as counts:
            send_due(ports)
        ports.close()
    return {"statements": counts[0] / letters, "commits": counts[1] / letters}


def _loop(letters: Letters, port: int, *, before: Keep, after: Keep) -> float:
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for recipient, raw in letters:
            before(recipient)
            smtp.sendmail(_SENDER, [recipient], raw)
            after(recipient)
    return time.perf_counter() - began


def _forget(_recipient: str) -> None:
    return None


@contextmanager
def _syncing(path: Path) -> Iterator[Keep]:
    with path.open("wb", buffering=0) as file:

        def sync(_recipient: str) -> None:
            file.write(_A_COMMIT)
            os.fdatasync(file.fileno())

        yield sync


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
    """Return the median of what it takes to bring a commit's bytes to the disk, ms."""
    with TemporaryDirectory() as folder, (Path(folder) / "file").open("wb", buffering=0) as file:
        taken = []
        for _ in range(_FSYNCS):
            began = time.perf_counter()
            file.write(_A_COMMIT)
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return round(1000 * statistics.median(taken), 3)


@contextmanager
def _counting() -> Iterator[list[int]]:
    """Count statements and commits: SQLite tells its own, of a server those count that are sent to it."""
    counts = [0, 0]

    def hear(text: str) -> None:
        counts[0] += text.startswith(_STATEMENTS)

    def listen(connection: Connection) -> None:
        file: Any = connection.connection.dbapi_connection
        if connection.dialect.name == "sqlite":
            file.set_trace_callback(hear)

    def statement(connection: Connection, _cursor: object, text: str, *_: object) -> None:
        if connection.dialect.name != "sqlite":
            hear(text)

    def commit(_connection: Connection) -> None:
        counts[1] += 1

    listeners: dict[str, Callable[..., None]] = {
        "begin": listen,
        "before_cursor_execute": statement,
        "commit": commit,
    }
    for name, listener in listeners.items():
        event.listen(Engine, name, listener)
    try:
        yield counts
    finally:
        for name, listener in listeners.items():
            event.remove(Engine, name, listener)
