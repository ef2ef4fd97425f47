"""The table of what runs when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from agent.ports import Ports
from agent.usecases.ticking import TickReport, tick


@dataclass(frozen=True, kw_only=True)
class Job:
    """A role that runs again and again: one process holds it at a time."""

    id: str
    every: timedelta
    run: Callable[[Ports], TickReport]


def jobs(*, every: timedelta, writer_name: str) -> tuple[Job, ...]:
    """Return the jobs: one tick over everything that is due, with the writer that was chosen."""
    return (Job(id="tick", every=every, run=lambda ports: tick(ports, writer_name=writer_name)),)
