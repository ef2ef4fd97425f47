"""Kills workers of ours at random while they send, and counts what the server took and what we say of it."""

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import make_url

from agent.adapters.database.engine import open_engine
from agent.domain.delivery import Delivery, DeliveryState
from agent.ports import Ports
from agent.usecases.outbox import outbox
from agent.usecases.sending import recover
from bench.outbox_home import fill, opened
from bench.outbox_sink import Accepted, sink
from bench.outbox_worker import LEASE, waiting, work

_PRELOADED = ("bench.outbox_worker", "agent.adapters.smtp", "agent.adapters.database.store")
_MOST_BETWEEN = 3
"""A kill comes a moment after up to so many letters, drawn at random, were accepted since the last."""
_A_MOMENT = 0.03
_LONGEST_LIFE = 5.0
_LONGEST_RUN = 3_600.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One round: how many letters, workers and kills, over which database, to how slow a server."""

    database: str
    workers: int
    delay: float
    letters: int
    kills: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of a round's letters: by what the server's log says, and by what the outbox says."""

    letters: int
    kills: int
    duplicates: int
    lost: int
    falsely_sent: int
    uncertain: int

    def plus(self, other: "Told") -> "Told":
        """Return both rounds as one."""
        mine, theirs = vars(self), vars(other)
        return Told(**{name: mine[name] + theirs[name] for name in mine})


NOTHING = Told(letters=0, kills=0, duplicates=0, lost=0, falsely_sent=0, uncertain=0)


def ours(plan: Plan, server: str | None, *, seed: int) -> Told:
    """Send a round's letters with kills between; `server` is PostgreSQL's URL where the plan wants one."""
    with TemporaryDirectory() as folder, sink(Path(folder) / "log", delay=plan.delay) as taken:
        home = Path(folder) / "home"
        with _database(plan, server, seed=seed) as url:
            ports = opened(home, smtp_port=taken.port, database=url)
            fill(ports, plan.letters)
            kills = _kill(plan, ports, home, taken, url, seed=seed)
            time.sleep(LEASE.total_seconds())
            recover(ports)
            told = _counted(outbox(ports), taken, kills)
            ports.close()
            ports.store.close()  # type: ignore[attr-defined]  # a real store, which a Store need not be
    return told


@contextmanager
def _database(plan: Plan, server: str | None, *, seed: int) -> Iterator[str | None]:
    if plan.database == "sqlite":
        yield None
        return
    assert server is not None
    name = f"bench_{plan.workers}_{round(plan.delay * 1000)}_{seed}"
    engine = open_engine(server, busy_timeout=LEASE).execution_options(
        alone=True, isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    yield make_url(server).set(database=name).render_as_string(hide_password=False)


def _kill(plan: Plan, ports: Ports, home: Path, taken: Accepted, url: str | None, *, seed: int) -> int:
    """Let workers work and kill one after the other until nothing waits; return how many kills met one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_PRELOADED))
    chance, done = random.Random(seed), 0
    deadline = time.monotonic() + _LONGEST_RUN

    def start() -> ForkServerProcess:
        ready = context.Event()
        process = context.Process(target=work, args=(home, taken.port, url, ready))
        process.start()
        ready.wait(_LONGEST_LIFE)
        return process

    running = [start() for _ in range(plan.workers)]
    while waiting(ports) and time.monotonic() < deadline:
        if done >= plan.kills:
            time.sleep(0.1)
            running = [each if each.is_alive() else start() for each in running]
            continue
        chosen = chance.randrange(plan.workers)
        letters = chance.randrange(_MOST_BETWEEN + 1)
        taken.wait_for_more(letters, alive=running[chosen].is_alive, at_most=_LONGEST_LIFE)
        time.sleep(chance.uniform(0, _A_MOMENT + plan.delay))
        done += running[chosen].is_alive()
        running[chosen].kill()
        running[chosen].join()
        running[chosen] = start()
    for each in running:
        each.join(10)
        each.kill()
        each.join()
    return done


def _counted(deliveries: tuple[Delivery, ...], taken: Accepted, kills: int) -> Told:
    states = {each.message_id: each.state for each in deliveries}
    accepted = taken.counts
    assert set(accepted) <= set(states), "the server took what is in no outbox"
    by_state = Counter(states.values())
    return Told(
        letters=len(deliveries),
        kills=kills,
        duplicates=sum(times - 1 for times in accepted.values()),
        lost=len(deliveries) - by_state[DeliveryState.SENT] - by_state[DeliveryState.UNCERTAIN],
        falsely_sent=sum(s is DeliveryState.SENT and m not in accepted for m, s in states.items()),
        uncertain=by_state[DeliveryState.UNCERTAIN],
    )
