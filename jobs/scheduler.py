"""APScheduler as a metronome: the rows in the store are the schedule, a lease keeps a role to one process."""

import signal
import threading
from collections.abc import Callable
from datetime import timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from agent.domain.errors import NanoreachError
from agent.ports import Ports
from agent.usecases.freezing import watch
from agent.usecases.ticking import TickReport
from jobs.table import Job, jobs

_LEASE_TICKS = 3
"""A worker that is silent for so many ticks has lost its role."""
_SHORTEST_LEASE = timedelta(minutes=2)

Tell = Callable[[str], None]


def run_forever(ports: Ports, *, every: timedelta, writer_name: str, tell: Tell) -> None:
    """Run all jobs until SIGINT or SIGTERM; work in hand is finished first."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    scheduler = start(ports, every=every, writer_name=writer_name, tell=tell)
    tell(f"Working as {ports.worker}, every {every.total_seconds():.0f} s. Ctrl-C ends it.")
    stop.wait()
    scheduler.shutdown(wait=True)
    with ports.store.write() as tx:
        for job in jobs(every=every, writer_name=writer_name):
            tx.leases.release(job.id, owner=ports.worker)
    tell("Stopped.")


def start(ports: Ports, *, every: timedelta, writer_name: str, tell: Tell) -> BackgroundScheduler:
    """Start the metronome: a first beat at once, then one per interval; missed beats fall into one."""
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        timezone="UTC",
    )
    for job in jobs(every=every, writer_name=writer_name):
        scheduler.add_job(
            Beat(ports, job, tell),
            IntervalTrigger(seconds=job.every.total_seconds(), timezone="UTC"),
            id=job.id,
            next_run_time=ports.clock.now(),
        )
    scheduler.start()
    return scheduler


class Beat:
    """One job's turn: take the role, do the work, say what happened; stand by while another has the role."""

    def __init__(self, ports: Ports, job: Job, tell: Tell) -> None:
        self._ports = ports
        self._job = job
        self._tell = tell
        self._stands_by = False

    def __call__(self) -> None:
        """Do what is due if the role is ours; an error of this turn is told and the next turn tries again."""
        try:
            if self._has_role():
                self._report(self._job.run(self._ports))
            else:
                watch(self._ports)  # a store that is put back is then recognised by this home too
        except NanoreachError as error:
            self._tell(f"{self._job.id}: {error}")

    def _has_role(self) -> bool:
        at = self._ports.clock.now()
        lease = max(self._job.every * _LEASE_TICKS, _SHORTEST_LEASE)
        with self._ports.store.write() as tx:
            ours = tx.leases.take(self._job.id, owner=self._ports.worker, until=at + lease, now=at)
        if not ours and not self._stands_by:
            self._tell(
                f"Another worker does “{self._job.id}” on this store; this one stands by and takes over when "
                "it ends."
            )
        self._stands_by = not ours
        return ours

    def _report(self, report: TickReport) -> None:
        parts = {
            "mails": report.mail.new,
            "follow-ups proposed": len(report.follow_ups.proposed),
            "answers drafted": len(report.answers.proposed) + len(report.answers.blocked),
            "sent": len(report.sent.sent),
            "failed": len(report.sent.failed),
            "uncertain ones found to have gone": len(report.found.found),
            "uncertain": len(report.sent.uncertain),
            "held": len(report.sent.held),
            "cancelled": len(report.sent.cancelled),
        }
        done = ", ".join(f"{count} {name}" for name, count in parts.items() if count)
        if done:
            self._tell(done)
        waiting = (*report.follow_ups.waiting.values(), *report.answers.waiting.values())
        problems = (
            report.mail.problem,
            report.mail.label_problem,
            report.found.problem,
            report.sent.stopped,
            *waiting,
            report.not_forgotten,
        )
        for problem in filter(None, dict.fromkeys(problems)):
            self._tell(problem)
