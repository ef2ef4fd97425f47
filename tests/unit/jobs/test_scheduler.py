"""The metronome: one process has the role, others stand by, an error of one beat is told and forgotten."""

import time
from dataclasses import replace
from datetime import timedelta

from agent.domain.errors import Unavailable
from agent.ports import Ports
from agent.usecases.ticking import TickReport, tick
from jobs.scheduler import Beat, start
from jobs.table import Job, jobs
from tests.fakes import make_ports
from tests.unit.usecases.world import a_world, accepted, approved

MINUTE = timedelta(minutes=1)


def beat(ports: Ports, told: list[str], job: Job | None = None) -> Beat:
    (only,) = jobs(every=MINUTE, writer_name="offline")
    return Beat(ports, job or only, told.append)


def test_a_beat_does_what_is_due_and_says_so() -> None:
    ports = a_world()
    approved(ports)
    told: list[str] = []
    beat(ports, told)()
    assert len(accepted(ports)) == 1
    assert told == ["1 sent"]


def test_a_beat_with_nothing_due_says_nothing() -> None:
    told: list[str] = []
    beat(make_ports(), told)()
    assert told == []


def test_another_worker_stands_by_says_it_once_and_takes_over_when_the_role_is_free() -> None:
    first = a_world()
    second = replace(first, worker="worker-2")
    told: list[str] = []
    beat(first, [])()
    standing_by = beat(second, told)
    approved(first)
    standing_by()
    standing_by()
    assert len(told) == 1
    assert "stands by" in told[0]
    assert accepted(first) == []
    with first.store.write() as tx:
        tx.leases.release("tick", owner=first.worker)
    standing_by()
    assert len(accepted(first)) == 1


def test_an_error_is_told_and_the_next_beat_tries_again() -> None:
    failures = [Unavailable("The disk is full.")]

    def run(ports: Ports) -> TickReport:
        if failures:
            raise failures.pop()
        return tick(ports)

    ports = a_world()
    approved(ports)
    told: list[str] = []
    turn = beat(ports, told, Job(id="tick", every=MINUTE, run=run))
    turn()
    turn()
    assert told == ["tick: The disk is full.", "1 sent"]


def test_apscheduler_only_ticks() -> None:
    ports = a_world()
    approved(ports)
    scheduler = start(ports, every=timedelta(hours=1), writer_name="offline", tell=lambda _line: None)
    try:
        deadline = time.monotonic() + 20
        while not accepted(ports) and time.monotonic() < deadline:
            time.sleep(0.02)
        (job,) = scheduler.get_jobs()
        assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)
    finally:
        scheduler.shutdown(wait=True)
    assert len(accepted(ports)) == 1
