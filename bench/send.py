"""Letters per second to a server on loopback, with no pacing, beside a bare loop of smtplib.

Both use one connection. The loop keeps nothing; ours commits claim, fence and answer to the disk. The server
either keeps nothing, or writes each acceptance to its disk before its 250, as real ones do.
"""

import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, event

from agent.ports import Ports
from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from bench.outbox_home import fill, opened
from bench.outbox_sink import sink

ENOUGH = 0.5
_SENDER = "tom@second-evening.example"


def run(*, full: bool) -> dict[str, Any]:
    """Return paces, processor time and statements for a letter, and the ratio that counts."""
    letters = 400 if full else 60
    forgetful, keeping = _measured(letters, durable=False), _measured(letters, durable=True)
    told = {f"server_keeps_nothing_{name}": value for name, value in forgetful.items()}
    told |= {f"server_keeps_all_{name}": value for name, value in keeping.items()}
    passes = {
        "pass_all_sent": forgetful["sent"] == keeping["sent"] == letters,
        "pass_pace": keeping["ours_over_loop"] >= ENOUGH,
    }
    return told | passes | {"pass": all(passes.values())}


def _measured(letters: int, *, durable: bool) -> dict[str, float]:
    with TemporaryDirectory() as folder, sink(Path(folder) / "log", durable=durable) as taken:
        ports = opened(Path(folder) / "home", smtp_port=taken.port)
        fill(ports, letters)
        loop = _loop(ports, taken.port)
        with _counting() as statements:
            began, at = time.perf_counter(), time.process_time()
            sent = len(send_due(ports).sent)
            spent, seconds = time.process_time() - at, time.perf_counter() - began
        ports.close()
    return {
        "sent": sent,
        "loop_per_second": round(letters / loop, 1),
        "ours_per_second": round(letters / seconds, 1),
        "ours_over_loop": round(loop / seconds, 3),
        "ours_cpu_ms": round(1000 * spent / letters, 2),
        "statements": round(statements[0] / letters, 1),
        "commits": round(statements[1] / letters, 1),
    }


def _loop(ports: Ports, port: int) -> float:
    letters = [(each.envelope_to, each.raw) for each in outbox(ports)]
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for recipient, raw in letters:
            smtp.sendmail(_SENDER, [recipient], raw)
    return time.perf_counter() - began


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
