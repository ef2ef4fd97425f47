"""Workers that end, or stop, at a named point between the claim of a letter and its last commit."""

import multiprocessing
import os
import re
import signal
import smtplib
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Update, event
from sqlalchemy.engine.default import DefaultDialect

from agent.adapters.clock import FixedClock
from agent.usecases.sending import send_due
from bench.outbox_home import opened

_PRELOADED = ("tests.integration.ended_senders", "agent.adapters.smtp", "agent.adapters.database.store")

_STATE = re.compile(r"\bstate='(\w+)'")


class Point(StrEnum):
    """Where a worker ends, in the order in which a letter meets them."""

    BEFORE_CLAIM = "before the commit of handshake"
    AFTER_CLAIM = "after the commit of handshake"
    AFTER_MAIL = "after MAIL"
    AFTER_RCPT = "after RCPT"
    BEFORE_FENCE = "before the commit of data"
    AFTER_FENCE = "after the commit of data"
    AFTER_DATA = "after DATA"
    IN_THE_TEXT = "in the text"
    AFTER_THE_DOT = "after the dot"
    AFTER_250 = "after 250"
    BEFORE_LAST_COMMIT = "before the commit of sent"
    AFTER_LAST_COMMIT = "after the commit of sent"


def worker(
    home: Path,
    port: int,
    database: str | None,
    point: Point,
    ending: signal.Signals = signal.SIGKILL,
    *,
    nth: int = 1,
) -> ForkServerProcess:
    """Start a worker that sends what is due and signals itself the nth time that it comes to the point."""
    process = servers().Process(target=_send, args=(home, port, database, point, ending, nth))
    process.start()
    return process


def servers() -> ForkServerContext:
    """Return where processes with our imports behind them are forked from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    return context


def wait_until_stopped(process: ForkServerProcess) -> None:
    """Return once the process has stopped itself; fail where it ended instead."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.is_alive(), "the worker ended before its point"
        state = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        if state == "T":
            return
        time.sleep(0.02)
    raise AssertionError("the worker never came to its point")


def _send(
    home: Path, port: int, database: str | None, point: Point, ending: signal.Signals, nth: int
) -> None:
    ports = opened(home, smtp_port=port, database=database, migrated=True)
    _Watch(point, ending, nth).begin()
    # by this clock every server is quick, so that answers are committed with the next fence
    send_due(replace(ports, clock=FixedClock(ports.clock.now())))
    ports.close()


class _Watch:
    """Stands between the product and its libraries, and counts what goes by."""

    def __init__(self, point: Point, ending: signal.Signals, nth: int) -> None:
        self._point = point
        self._ending = ending
        self._to_come = nth
        self._states: set[str] = set()
        self._text_is_out = False

    def begin(self) -> None:
        """Watch from now on."""
        event.listen(Engine, "before_execute", self._note)
        event.listen(Engine, "begin", self._listen)
        self._around(DefaultDialect, "do_commit", self._commit)
        self._around(smtplib.SMTP, "docmd", self._docmd)
        self._around(smtplib.SMTP, "send", self._send)
        self._around(smtplib.SMTP, "getreply", self._getreply)

    def _around(self, owner: type, name: str, watched: Callable[..., Any]) -> None:
        original = getattr(owner, name)
        setattr(owner, name, lambda *args, **kwargs: watched(original, *args, **kwargs))

    def _passes(self, name: str) -> None:
        if name == self._point:
            self._to_come -= 1
            if self._to_come == 0:
                os.kill(os.getpid(), self._ending)

    def _note(
        self, _connection: object, statement: object, _many: object, given: dict[str, Any], *_: object
    ) -> None:
        if isinstance(statement, Update) and str(statement.table) == "deliveries":
            self._states.add(given.get("state", "handshake"))  # a claim of many names no state

    def _listen(self, connection: Connection) -> None:
        # SQLite is given a letter's statements at once; it tells them itself
        file: Any = connection.connection.dbapi_connection
        if isinstance(file, sqlite3.Connection):
            file.set_trace_callback(self._hear)

    def _hear(self, text: str) -> None:
        if text.startswith("UPDATE deliveries") and (state := _STATE.search(text)):
            self._states.add(state[1])

    def _commit(self, commit: Callable[..., None], *args: Any) -> None:
        reached = [state for state in ("handshake", "data", "sent") if state in self._states]
        self._states.clear()
        for state in reached:
            self._passes(f"before the commit of {state}")
        commit(*args)
        for state in reached:
            self._passes(f"after the commit of {state}")

    def _docmd(self, docmd: Callable[..., Any], smtp: smtplib.SMTP, verb: str, *args: Any) -> Any:
        answer = docmd(smtp, verb, *args)
        self._passes(f"after {verb}")
        return answer

    def _send(self, send: Callable[..., None], smtp: smtplib.SMTP, words: Any) -> None:
        is_text = isinstance(words, bytes) and b"\r\n.\r\n" in words  # MAIL of the next may follow
        if is_text and self._point is Point.IN_THE_TEXT:
            send(smtp, words[: len(words) // 2])
            self._passes(Point.IN_THE_TEXT)
        send(smtp, words)
        if is_text:
            self._text_is_out = True
            self._passes(Point.AFTER_THE_DOT)

    def _getreply(self, getreply: Callable[..., Any], smtp: smtplib.SMTP) -> Any:
        answer = getreply(smtp)
        if self._text_is_out:
            self._text_is_out = False
            self._passes(Point.AFTER_250)
        return answer
