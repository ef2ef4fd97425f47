"""django-mailer and django-post-office under the same kills, in a throw-away environment."""

import os
import random
import subprocess
import sys
import time
import venv
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.outbox_sink import Accepted, sink

PACKAGES = ("django-mailer==2.3.2", "django-post_office==3.12.0")
_PROJECT = Path(__file__).with_name("outbox_django.py")
_MOST_BETWEEN = 12
"""A kill comes a moment after up to so many letters, drawn at random, were accepted since the last."""
_A_MOMENT = 0.03
_LONGEST_LIFE = 20.0
_LAST_RUNS = 12


def rivals(*, kills: int, letters: int) -> dict[str, Any]:
    """Return what became of the rivals' letters, or why they were left out."""
    with TemporaryDirectory() as folder:
        try:
            python = _environment(Path(folder) / "venv")
        except (OSError, subprocess.SubprocessError) as error:
            return {"rivals_left_out": f"{' and '.join(PACKAGES)} could not be installed: {error}"}
        return {
            name: _kills(python, name, Path(folder), kills=kills, letters=letters)
            for name in ("django_mailer", "django_post_office")
        }


def _environment(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PACKAGES],
        check=True,
        capture_output=True,
        env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        timeout=300,
    )
    return python


def _kills(python: Path, name: str, folder: Path, *, kills: int, letters: int) -> dict[str, int]:
    home = folder / name
    home.mkdir()
    with sink(home / "log") as taken:
        surroundings = {"RIVAL": name, "RIVAL_HOME": str(home), "RIVAL_PORT": str(taken.port)}
        _run(python, "fill", str(letters), **surroundings)
        chance, done = random.Random(5), 0
        for _ in range(4 * kills):
            if done == kills or not _waiting(python, surroundings):
                break
            worker = _start(python, "send", surroundings)
            taken.wait_for_more(
                chance.randint(1, _MOST_BETWEEN), alive=partial(_lives, worker), at_most=_LONGEST_LIFE
            )
            time.sleep(chance.uniform(0, _A_MOMENT))
            done += worker.poll() is None
            worker.kill()
            worker.wait()
        for _ in range(_LAST_RUNS):
            if not _waiting(python, surroundings):
                break
            _run(python, "send", **surroundings)
        return _told(taken, done, letters, waiting=_waiting(python, surroundings))


def _told(taken: Accepted, kills: int, letters: int, *, waiting: int) -> dict[str, int]:
    people = taken.people
    return {
        "letters": letters,
        "kills": kills,
        "duplicates": sum(times - 1 for times in people.values()),
        "never_accepted": letters - len(people),
        "still_waiting": waiting,
    }


def _waiting(python: Path, surroundings: Mapping[str, str]) -> int:
    return int(_run(python, "waiting", **surroundings).strip() or 0)


def _run(python: Path, *words: str, **surroundings: str) -> str:
    done = subprocess.run(
        [python, _PROJECT, *words],
        env=_clean(surroundings),
        check=False,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
    )
    return done.stdout


def _start(python: Path, word: str, surroundings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [python, _PROJECT, word],
        env=_clean(surroundings),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _lives(worker: "subprocess.Popen[bytes]") -> bool:
    return worker.poll() is None


def _clean(surroundings: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return kept | dict(surroundings)
