"""Commands that die. A process with the heavy imports behind it runs each command in a fork of its own and
kills it with SIGKILL: before its n-th step that reaches the disk, or after some time.

Run as `python -m tests.integration.dying`: orders are lines of JSON on stdin, answers the same on stdout.
"""

import importlib
import io
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Self

from sqlalchemy.engine.default import DefaultDialect

from tests.cli import ROOT, environment

_OF_THE_SYSTEM = ("fsync", "link", "mkdir", "rename", "replace", "rmdir", "truncate", "unlink")


@dataclass(frozen=True)
class End:
    """How a command ended: `code` is negative for a signal, `steps` reach the disk (0: not counted)."""

    code: int
    out: str
    err: str
    steps: int
    seconds: float


class Undertaker:
    """The process that forks, as a test sees it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.dying"],
            cwd=ROOT,
            env=environment(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"),  # threads do not survive a fork
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate(timeout=30)

    def run(
        self,
        home: Path,
        *words: str | Path,
        before_step: int | None = None,
        after_seconds: float | None = None,
        counted: bool = False,
    ) -> End:
        """Run a command on a home; kill it before a step or after some time, where one is given."""
        order = {
            "words": [*map(str, words), "--home", str(home)],
            "cwd": str(home.parent),
            "before_step": before_step,
            "after_seconds": after_seconds,
            "counted": counted or before_step is not None,
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return End(**json.loads(self._process.stdout.readline()))


class Steps:
    """Counts calls that change what is on the disk, and ends the process before a certain one."""

    def __init__(self, before: int | None) -> None:
        self.taken = 0
        self._before = before

    def watch(self) -> None:
        """Stand before every such call of this process, from now on."""
        for name in _OF_THE_SYSTEM:
            setattr(os, name, self._counted(getattr(os, name)))
        opened, commit, execute = io.open, DefaultDialect.do_commit, DefaultDialect.do_execute
        io.open = self._counted(opened, only=_writes)
        DefaultDialect.do_commit = self._counted(commit)  # type: ignore[method-assign]  # as above
        DefaultDialect.do_execute = self._counted(execute, only=_stands_alone)  # type: ignore[method-assign]  # as above

    def _counted(
        self, call: Callable[..., Any], *, only: Callable[..., bool] = lambda *_, **__: True
    ) -> Callable[..., Any]:
        @wraps(call)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if only(*args, **kwargs):
                if self.taken == self._before:
                    os.kill(os.getpid(), signal.SIGKILL)
                self.taken += 1
            return call(*args, **kwargs)

        return counted


def _writes(_file: object, mode: str = "r", *_: object, **__: object) -> bool:
    return set(mode) & set("wax+") != set()


def _stands_alone(_dialect: object, _cursor: object, statement: str, *_: object) -> bool:
    return statement.startswith(("VACUUM", "PRAGMA wal_checkpoint"))  # these change files without a commit


def _serve() -> None:
    from agent.cli import main
    from index import load_embedder

    # what takes seconds to import is imported once, for all forks
    load_embedder()
    for package in ("agent.cli", "agent.usecases", "agent.adapters", "agent.adapters.database"):
        _import_all(package)
    for module in ("agent.bootstrap", "faiss", "rich.progress", "sqlalchemy.dialects.sqlite"):
        importlib.import_module(module)
    for line in sys.stdin:
        order = json.loads(line)
        with tempfile.TemporaryDirectory() as folder:
            answer = _bury(main, order, Path(folder))
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def _import_all(package: str) -> None:
    folder = importlib.import_module(package).__path__
    for module in pkgutil.iter_modules(folder, f"{package}."):
        if not module.name.endswith((".env", "__main__")):
            importlib.import_module(module.name)


def _bury(main: Callable[[], None], order: dict[str, Any], folder: Path) -> dict[str, Any]:
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        _live(main, order, folder)
    if order["after_seconds"] is not None:
        time.sleep(order["after_seconds"])
        os.kill(child, signal.SIGKILL)  # the child is not reaped yet, so that the number is still its own
    _, status = os.waitpid(child, 0)
    texts = {name: folder / name for name in ("out", "err", "steps")}
    read = {name: path.read_text() if path.exists() else "" for name, path in texts.items()}
    return {
        "code": os.waitstatus_to_exitcode(status),
        "out": read["out"],
        "err": read["err"],
        "steps": int(read["steps"] or 0),
        "seconds": time.perf_counter() - began,
    }


def _live(main: Callable[[], None], order: dict[str, Any], folder: Path) -> None:
    code = 70
    try:
        os.chdir(order["cwd"])  # no .env of this checkout is read
        sys.argv = ["nanoreach", *order["words"]]
        for name, stream in (("out", sys.stdout), ("err", sys.stderr)):
            with (folder / name).open("wb") as file:
                os.dup2(file.fileno(), stream.fileno())
        steps = Steps(order["before_step"])
        if order["counted"]:
            steps.watch()
        try:
            main()
            code = 0
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 0
        except Exception:  # noqa: BLE001 - as Python itself would tell it, which this process does not live to see
            traceback.print_exc()
        (folder / "steps").write_text(str(steps.taken))
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)  # nothing of the parent's is closed or flushed twice


if __name__ == "__main__":
    _serve()
