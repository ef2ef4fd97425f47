"""Measures the wall around templates: attacks refused, how fast, and what a fair text costs behind it.

The other side is Jinja's own immutable sandbox, asked to render the same templates in a process that is ended
after `PATIENCE` seconds or `bench.attacks.MEMORY` bytes.
"""

import json
import select
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import prompts
from bench.attacks import ATTACKS, FRONT, PLAIN, answer

PATIENCE = 2.0
"""Seconds that Jinja's own sandbox is given for one template."""
SLOWEST = 200.0
"""Milliseconds within which every attack is to be refused."""
AFFORDABLE = 1.0
"""Milliseconds that filling a prompt may take, out of the 6 ms of CPU for a whole draft."""


def run(*, full: bool) -> dict[str, Any]:
    """Return how many attacks were refused, the slowest refusal, and the cost of the shipped texts."""
    prompts.parse(FRONT + "{{ who }}").render(**PLAIN)  # Jinja compiles its first template slowly
    times = {name: [answer(attack.run) for _ in range(20 if full else 5)] for name, attack in ATTACKS.items()}
    refused = sum(all(each["refused"] for each in answers) for answers in times.values())
    # the median of its rounds: in a single one, another process may have had the core
    slowest = {name: statistics.median(each["ms"] for each in answers) for name, answers in times.items()}
    worst = max(slowest, key=lambda name: slowest[name])
    fair = _fair(1000 if full else 200)
    return {
        "attacks": len(ATTACKS),
        "refused": refused,
        "worst_refusal_ms": round(slowest[worst], 1),
        "worst_refusal": worst,
        "worst_single_round_ms": round(max(each["ms"] for answers in times.values() for each in answers), 1),
        "median_refusal_ms": round(statistics.median(slowest.values()), 2),
        "jinja_immutable_sandbox": _plainly(),
        **fair,
        "pass_all_refused": refused == len(ATTACKS),
        "pass_within_200_ms": slowest[worst] <= SLOWEST,
        "pass_filling_affordable": fair["fill_ms"] <= AFFORDABLE,
        "pass": refused == len(ATTACKS) and slowest[worst] <= SLOWEST and fair["fill_ms"] <= AFFORDABLE,
    }


def _fair(rounds: int) -> Mapping[str, Any]:
    """Return what the longest shipped prompt costs: read and checked once, then filled for each letter."""
    longest = max(
        (prompts.load(name, language) for name, language in prompts.names() if name.startswith("model/")),
        key=lambda prompt: len(prompt.source),
    )
    changed = longest.source + "\nOne more line.\n"
    first = _milliseconds(lambda: prompts.parse(changed))
    values = {slot: _sample(slot) for slot in longest.slots}
    longest.render(**values)
    filling = [_milliseconds(lambda: longest.render(**values)) for _ in range(rounds)]
    return {
        "text": longest.title,
        "characters": len(longest.render(**values)),
        "read_and_check_ms": round(first, 1),
        "fill_ms": round(statistics.median(filling), 3),
    }


def _sample(slot: str) -> Any:  # noqa: ANN401 - a slot holds a text, a list or a group of parts
    texts = [
        {"ref": f"p{n}", "date": "June 2", "text": "word " * 200, "name": "n", "id": f"f{n}"}
        for n in range(10)
    ]
    parts: dict[str, Any] = {
        "voice": {"do": ["be brief"], "dont": ["shout"], "banned": ["pearl"], "examples": ["Hello."]},
        "values": texts,
        "facts": texts,
        "evidence": texts,
        "reasons": [{"ref": "p1", "value": "v"}],
        "thread": [],
        "rejected": None,
        "last": False,
    }
    return parts.get(slot, "a text")


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def _plainly() -> Mapping[str, int]:
    """Return what became of the templates in Jinja's own sandbox."""
    fates: Counter[str] = Counter()
    process = _started()
    for name, attack in ATTACKS.items():
        if attack.kind != "template":
            continue
        fate = _fate(process, name)
        fates[fate] += 1
        if fate == "ended by us":
            process.kill()
            process.communicate()
            process = _started()
    process.kill()
    process.communicate()
    return dict(sorted(fates.items()))


def _fate(process: "subprocess.Popen[str]", name: str) -> str:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"name": name, "plainly": True}) + "\n")
    process.stdin.flush()
    ready, _, _ = select.select([process.stdout], [], [], PATIENCE)
    line = process.stdout.readline() if ready else ""
    if not line:
        return "ended by us"
    return "raised an error" if json.loads(line).get("raised") else "rendered"


def _started() -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "bench.attacks"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
