"""Rules that no linter knows: who reads the clock, what is never loaded, what the domain never opens."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.house.tree import EVERYTHING, PRODUCT, ROOT, imports, place, python_files, uses

CLOCK = ROOT / "agent" / "adapters" / "clock.py"
READS_THE_CLOCK = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "email.utils.localtime",
    "email.utils.make_msgid",  # made of the clock and of chance
    "sqlalchemy.func.now",
    "sqlmodel.func.now",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
}
RUNS_WHAT_IT_READS = {"cloudpickle", "dill", "joblib", "jsonpickle", "marshal", "pickle", "shelve"}
TOUCHES_THE_WORLD = {"__import__", "breakpoint", "eval", "exec", "input", "open", "print"}


def clock_readings(source: str) -> list[int]:
    return [use.line for use in uses(ast.parse(source)) if use.name in READS_THE_CLOCK]


def loaders(source: str) -> list[int]:
    return [
        use.line for use in imports(ast.parse(source)) if use.name.partition(".")[0] in RUNS_WHAT_IT_READS
    ]


def world_calls(source: str) -> list[int]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in TOUCHES_THE_WORLD
    ]


def test_only_the_clock_adapter_reads_a_clock() -> None:
    files = [path for path in python_files(*PRODUCT) if path != CLOCK]
    assert _places(files, clock_readings) == [], (
        "time is an argument: take `now` from the clock port, once per use-case"
    )


def test_nothing_is_loaded_that_can_run_code() -> None:
    assert _places(python_files(*EVERYTHING), loaders) == [], "store plain data: JSON, arrays, rows"


def test_the_domain_opens_and_prints_nothing() -> None:
    assert _places(python_files("agent/domain"), world_calls) == [], "the domain decides from values"


@pytest.mark.parametrize(
    "source",
    [
        "import datetime\ndatetime.datetime.now()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import datetime\ndatetime.utcnow()",
        "from datetime import datetime as when\nfield(default_factory=when.now)",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from time import time as seconds\nseconds()",
    ],
)
def test_a_clock_is_found_under_any_name(source: str) -> None:
    assert 2 in clock_readings(source)


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime, time\ndatetime(2026, 1, 1)\ntime(9)",
        "def send(clock):\n    return clock.now()",
        "import time\ntime.monotonic()",
    ],
)
def test_what_is_no_clock_passes(source: str) -> None:
    assert clock_readings(source) == []


@pytest.mark.parametrize(
    "source", ["import pickle", "from joblib import load", "import os, marshal", "import dill as json"]
)
def test_a_loader_is_found_under_any_name(source: str) -> None:
    assert loaders(source) == [1]


def test_an_open_file_is_found() -> None:
    assert world_calls("text = open('x').read()") == [1]
    assert world_calls("letter.open()") == []


def _places(files: list[Path], find: Callable[[str], list[int]]) -> list[str]:
    return [place(path, line) for path in files for line in find(path.read_text("utf-8"))]
