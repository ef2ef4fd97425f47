"""Running the command line as a person does: in this process, or in one of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from agent.cli import main

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class CommandLine:
    """`nanoreach` on one home, in this process."""

    def __init__(
        self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.home = home
        self._capsys = capsys
        self._patch = monkeypatch
        folder = next(parent for parent in home.parents if parent.is_dir())
        monkeypatch.chdir(folder)  # no .env of this checkout is read

    def set(self, name: str, value: str) -> None:
        """Configure what follows."""
        self._patch.setenv(name, value)

    def __call__(self, *words: str | Path, needs_home: bool = True) -> Run:
        """Run one command and return its code and its words."""
        home = ("--home", str(self.home)) if needs_home else ()
        self._patch.setattr(sys, "argv", ["nanoreach", *map(str, words), *home])
        self._capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else 0
        out, err = self._capsys.readouterr()
        return Run(code, out, err)


def command(home: Path, *words: str | Path) -> list[str]:
    """Return the arguments that run a command in a process of its own."""
    return [sys.executable, "-m", "agent", *map(str, words), "--home", str(home)]


def environment(**extra: str) -> Mapping[str, str]:
    """Return this process's environment with this checkout on the path, and more."""
    return {**os.environ, "PYTHONPATH": str(ROOT), **extra}


def run(home: Path, *words: str | Path, **extra: str) -> Run:
    """Run a command in a process of its own, from the home's folder."""
    done = subprocess.run(
        command(home, *words),
        env=environment(**extra),
        cwd=home.parent,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)
