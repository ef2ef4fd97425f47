"""Rehearsing a campaign of 200 people, twenty times over, as `nanoreach rehearse` does it.

The people are made from the atlas; their letters are written, gated, approved, sent and answered in memory.
`--full` plays French and English campaigns, otherwise a French one.
"""

import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent.bootstrap import build
from agent.cli.rehearsing import room_of, shipped_assumptions
from agent.domain.rehearsal.figures import Rehearsal, Staff
from agent.settings import Settings
from agent.usecases.rehearsing import Plan, rehearse
from bench.letters import furnish

PEOPLE = 200
RUNS = 20
MOST_SECONDS = 120.0
_STARTS_AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


def run(*, full: bool) -> dict[str, Any]:
    """Return seconds by the clock and of processor time for each campaign, and what the rehearsals said."""
    told = {name: _timed(name) for name in (("fr_vous", "en") if full else ("fr_vous",))}
    return {
        "people": PEOPLE,
        "runs": RUNS,
        "campaigns": told,
        "pass_seconds": all(figures["seconds"] < MOST_SECONDS for figures in told.values()),
        "pass_played": all(not figures["crashes"] and figures["days"] for figures in told.values()),
        "pass": all(
            figures["seconds"] < MOST_SECONDS and not figures["crashes"] and figures["days"]
            for figures in told.values()
        ),
    }


def _timed(name: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None, NANOREACH_HOME=Path(folder))  # type: ignore[call-arg]  # its own keywords
        ports = build(settings)
        campaign = furnish(ports, Path(folder), name, PEOPLE)
        plan = Plan(runs=RUNS, starts_at=_STARTS_AT, staff=Staff(), assumptions=shipped_assumptions())
        began, busy = time.perf_counter(), time.process_time()
        done = rehearse(ports, campaign, plan=plan, room=room_of(settings), progress=_silent)
        seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    return _figures(done) | {"seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1)}


def _figures(done: Rehearsal) -> dict[str, Any]:
    return {
        "days": len(done.days),
        "letters": asdict(done.funnel["letters"]),
        "written_to": asdict(done.funnel["written_to"]),
        "answered": asdict(done.funnel["answered"]),
        "troubles": [trouble.code for trouble in done.troubles],
        "crashes": [trouble.sentence for trouble in done.troubles if trouble.code == "crash"],
    }


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""
