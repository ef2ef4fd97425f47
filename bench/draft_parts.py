"""Where the processor time of a draft goes: the time that threads spend in each part of the road.

Watching costs a little, so the sum is above what a draft costs unwatched.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from agent.adapters.languages import Lingua
from agent.adapters.llm import chat, writer
from agent.usecases import drafting_run, gating, making, spending
from agent.usecases.drafting import draft_campaign
from bench.draft_home import CAMPAIGN, a_home
from bench.draft_stub import Plan, stub

Result = TypeVar("Result")
_PARTS: Mapping[str, tuple[object, str]] = {
    "prompt": (writer, "messages"),
    "call": (chat.Chat, "_sent"),
    "answer_stored": (spending.StorePurse, "settle"),
    "letter": (making, "letter_from"),
    "language": (Lingua, "detect"),
    "gate": (gating, "check"),
    "records_read": (drafting_run._Ahead, "_read"),  # noqa: SLF001 - a part that nobody else calls
    "draft_stored": (drafting_run.Run, "_store"),
}


def parts(count: int) -> dict[str, float]:
    """Return milliseconds of processor time per draft in each part, at 0.2 s and 16 at once."""
    with stub(Plan(latency=0.2)) as model, a_home(count + 24, model.url) as ports:
        draft_campaign(ports, CAMPAIGN, concurrency=8, limit=24, progress=lambda _done, _total: None)
        with _watched() as spent:
            began = time.process_time()
            report = draft_campaign(ports, CAMPAIGN, concurrency=16, progress=lambda _done, _total: None)
            whole = time.process_time() - began
    spent["rest"] = whole - sum(spent.values())
    return {name: round(seconds / report.written * 1000, 2) for name, seconds in spent.items()}


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Count the seconds of processor time in each part until the end of the block."""
    spent = dict.fromkeys(_PARTS, 0.0)
    before: dict[str, Any] = {name: getattr(owner, part) for name, (owner, part) in _PARTS.items()}
    for name, (owner, part) in _PARTS.items():
        setattr(owner, part, _timed(before[name], name, spent))
    try:
        yield spent
    finally:
        for name, (owner, part) in _PARTS.items():
            setattr(owner, part, before[name])


def _timed(work: Callable[..., Result], name: str, spent: dict[str, float]) -> Callable[..., Result]:
    def timed(*given: object, **named: object) -> Result:
        began = time.thread_time()
        try:
            return work(*given, **named)
        finally:
            spent[name] += time.thread_time() - began

    return timed
