"""Workers killed while they send: what a server took twice, what was lost, what nobody knows.

Ours on SQLite and PostgreSQL, with one worker and three, to servers that answer at once and after 400 ms. The
server writes down what it accepts before it says so. django-mailer and django-post-office send to the same
server under the same kills (`bench/outbox_rivals.py`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.outbox_kills import NOTHING, Plan, Told, ours
from bench.outbox_rivals import rivals
from tests.postgres import binaries, throwaway

_DATABASES = ("sqlite", "postgresql")
_WORKERS = (1, 3)
_DELAYS = (0.0, 0.4)


def run(*, full: bool) -> dict[str, Any]:
    """Return, for each round and in all, duplicates, losses, false claims and uncertain letters."""
    told: dict[str, Any] = {}
    everything = NOTHING
    with _server() as server:
        for number, plan in enumerate(_plans(full=full)):
            if plan.database == "postgresql" and server is None:
                told["postgresql_left_out"] = "no PostgreSQL on this machine; install Debian's postgresql"
                continue
            result = ours(plan, server, seed=number)
            everything = everything.plus(result)
            name = f"{plan.database}_{plan.workers}_workers_{round(plan.delay * 1000)}_ms"
            told[name] = vars(result)
    told["ours"] = vars(everything)
    told |= rivals(kills=30 if full else 3, letters=400 if full else 60)
    return told | _passes(everything)


def _plans(*, full: bool) -> Iterator[Plan]:
    for database in _DATABASES:
        for workers in _WORKERS:
            for delay in _DELAYS:
                kills = (63 if delay == 0.0 else 62) if full else 2
                letters = 3 * kills + 6
                yield Plan(database=database, workers=workers, delay=delay, letters=letters, kills=kills)


@contextmanager
def _server() -> Iterator[str | None]:
    if binaries() is None:
        yield None
        return
    with throwaway(durable=True) as url:
        yield url


def _passes(told: Told) -> dict[str, bool]:
    passes = {
        "pass_duplicates": told.duplicates == 0,
        "pass_lost": told.lost == 0,
        "pass_falsely_sent": told.falsely_sent == 0,
        "pass_uncertain": told.uncertain <= told.kills,
        "pass_killed": told.kills > 0,
    }
    return passes | {"pass": all(passes.values())}
