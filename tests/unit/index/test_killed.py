"""Whatever is killed at whatever moment: the index opens, is sound, and running it again finishes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.unit.index.killing import OPERATIONS

EVERY = "4"  # of some sixty steps; all of them take two minutes
ROOT = Path(__file__).parents[3]


def test_killed_at_any_step_an_index_is_the_one_before_or_the_one_after(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.index.killing", str(tmp_path), EVERY],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},  # OpenMP's threads do not survive a fork
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [report["operation"] for report in reports] == list(OPERATIONS)
    assert {report["operation"]: report["wrong"] for report in reports if report["wrong"]} == {}
    assert all(report["moments"] > 15 for report in reports)
