"""Drafting at scale, against a model on loopback that waits, fails and counts as told.

Ours is the whole road: read the creator, ask the model, store the answer with its price, put the letter
together, gate it, store it. The rivals only ask (`bench/draft_rivals.py`).
"""

import time
from typing import Any

from agent.ports import Ports
from agent.usecases.drafting import DraftReport, draft_campaign
from bench.draft_home import CAMPAIGN, a_home, stored
from bench.draft_kills import kills
from bench.draft_parts import parts
from bench.draft_rivals import questions, rates
from bench.draft_stub import Plan, Stub, stub

ENOUGH = 0.9
"""Part of `concurrency × the pace of one at a time` that must be reached."""
MOST_CPU_MS = 6.0
_RUNS = 5


def run(*, full: bool) -> dict[str, Any]:
    """Return paces beside the rivals', processor time per draft, and what failures and kills did."""
    sizes = (
        (2.0, 16, 160 if full else 64),
        # ten waves: of three, the first one's start and what the last one leaves to do would be a tenth
        (1.0, 50, 500),
        (0.2, 16, 480 if full else 128),
    )
    told: dict[str, Any] = {}
    for latency, at_once, count in sizes:
        told |= _throughput(latency, at_once, count)
    told |= {f"parts_{name}_cpu_ms": value for name, value in parts(320 if full else 96).items()}
    told |= _failures(300 if full else 80)
    told |= _paces(200 if full else 60)
    told |= _runs(30 if full else 8)
    told |= kills(50, drafts=2_000) if full else kills(2, drafts=40)
    told |= {
        "pass_pace": all(value >= ENOUGH for name, value in told.items() if name.endswith("_of_ideal")),
        "pass_cpu": all(
            told[f"{latency:g}s_{at_once}_cpu_ms"] <= MOST_CPU_MS for latency, at_once, _ in sizes
        ),
        "pass_failures": told["failures_lost"] == told["failures_double"] == told["failures_uncounted"] == 0,
        "pass_rates": all(
            0.95 <= value <= 1.0 for name, value in told.items() if name.endswith("_of_configured")
        ),
        "pass_runs": told["runs_uncounted"] == 0,
        "pass_kills": told["letters_lost"]
        == told["letters_double"]
        == told["stored_answers_bought_twice"]
        == 0,
    }
    told["pass"] = all(value for name, value in told.items() if name.startswith("pass_"))
    return told


def _throughput(latency: float, at_once: int, count: int) -> dict[str, Any]:
    with stub(Plan(latency=latency)) as model, a_home(count + 40, model.url) as ports:
        draft(ports, at_once=8, limit=24)  # imports, connections, caches
        alone = draft(ports, at_once=1, limit=3 if latency >= 1 else 8)
        told = questions(ports, count)
        model.seen()
        began = time.process_time()
        report = draft(ports, at_once=at_once, limit=count)
        cpu = time.process_time() - began
        seen = model.seen()
        others = rates(model.url, told, at_once=at_once)
    name = f"{latency:g}s_{at_once}"
    return {
        f"{name}_one_at_a_time": round(alone.per_second, 2),
        f"{name}_ours": round(report.per_second, 1),
        f"{name}_of_ideal": round(report.per_second / (at_once * alone.per_second), 3),
        f"{name}_most_in_flight": seen["most"],
        f"{name}_cpu_ms": round(cpu / report.written * 1000, 2),
        f"{name}_model_cpu_ms": round(seen["busy"] / sum(seen["statuses"].values()) * 1000, 2),
        f"{name}_of_openai_client": round(report.per_second / others["openai_client"].per_second, 2),
        **{f"{name}_{rival}": round(pace.per_second, 1) for rival, pace in others.items()},
        **{f"{name}_{rival}_cpu_ms": round(pace.cpu_ms, 2) for rival, pace in others.items()},
    }


def _failures(count: int) -> dict[str, Any]:
    with stub(Plan(latency=0.1, busy=0.1, broken=0.05)) as model, a_home(count, model.url) as ports:
        report = draft(ports, at_once=16)
        seen, found = model.seen(), stored(ports)
    statuses = {int(status): number for status, number in seen["statuses"].items()}
    return {
        "failures_429": statuses.get(429, 0),
        "failures_500": statuses.get(500, 0),
        "failures_retries": report.retries,
        "failures_lost": count - found["with_one"],
        "failures_double": found["with_several"],
        "failures_uncounted": sum(statuses.values()) - report.calls,
    }


def _paces(count: int) -> dict[str, Any]:
    requests, tokens = 600, 600 * 1340
    told = {}
    for name, limit in (("requests", requests), ("tokens", tokens)):
        setting = {f"NANOREACH_{name.upper()}_PER_MINUTE": limit}
        with stub(Plan(latency=0.1)) as model, a_home(count + 20, model.url, **setting) as ports:
            draft(ports, at_once=8, limit=20)
            model.seen()
            draft(ports, at_once=16)
            seen = model.seen()
        sent = sum(seen["statuses"].values())
        used = (sent - 1) * (1 if name == "requests" else seen["tokens"] / sent)
        told[f"{name}_per_minute_of_configured"] = round(
            used / (seen["last"] - seen["first"]) * 60 / limit, 4
        )
    return told


def _runs(count: int) -> dict[str, Any]:
    uncounted = 0
    with stub(Plan(latency=0.02, busy=0.05)) as model:
        for _ in range(_RUNS):
            with a_home(count, model.url) as ports:
                report = draft(ports, at_once=8)
            uncounted += abs(_requests(model) - report.written - report.retries)
    return {"runs": _RUNS, "runs_uncounted": uncounted}


def _requests(model: Stub) -> int:
    return sum(model.seen()["statuses"].values())


def draft(ports: Ports, *, at_once: int, limit: int | None = None) -> DraftReport:
    """Draft and report."""
    return draft_campaign(
        ports, CAMPAIGN, concurrency=at_once, limit=limit, progress=lambda _done, _total: None
    )
