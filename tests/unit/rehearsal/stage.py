"""A small campaign and what it takes to rehearse it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Self

from agent.adapters.memory import MemoryStore
from agent.cli.rehearsing import shipped_assumptions
from agent.domain.rehearsal.figures import Rehearsal, Staff
from agent.domain.rehearsal.outcomes import Assumptions, Outcome, Share
from agent.ports import Ports, Transaction
from agent.usecases.rehearsing import Plan, Room, rehearse
from tests.builders import NOW
from tests.fakes import ListMailbox, quiet
from tests.unit.usecases.world import CAMPAIGN, a_world

PEOPLE = ("lison.sans.flacon", "solene.au.jardin")


class Scene(MemoryStore):
    """A store that keeps its copies, so that a test can look at how each run ended."""

    runs: list["Scene"]

    def forked(self) -> Self:
        made = super().forked()
        self.runs = [*getattr(self, "runs", []), made]
        return made

    def end(self, run: int = 0) -> Transaction:
        with self.runs[run].read() as tx:
            return tx


def a_campaign_home(*people: str, **options: Any) -> Ports:
    """Return ports on a store with the campaign, a mailbox that is read, and a shortlist of these people."""
    ports = a_world(*(people or PEOPLE))
    return replace(ports, **({"mail_reader": ListMailbox()} | options))


def only(outcome: Outcome, share: float = 1.0) -> Assumptions:
    """Return assumptions under which everybody does one thing, in answer to the first letter."""
    return Assumptions(
        shares={outcome: Share(share=share, source="a test")},
        by_letter=(1.0,),
        by_letter_source="a test",
        rejected=Share(share=0.0, source="a test"),
    )


def a_rehearsal(
    ports: Ports, assumptions: Assumptions | None = None, *, scene: Scene | None = None, **plan: Any
) -> Rehearsal:
    """Rehearse the small campaign once, from a Tuesday morning on."""
    given: dict[str, Any] = {"runs": 1, "starts_at": NOW, "staff": Staff()} | plan
    return rehearse(
        ports,
        CAMPAIGN,
        plan=Plan(assumptions=assumptions or shipped_assumptions(), **given),
        room=a_room(scene or Scene()),
        progress=quiet,
    )


def a_room(scene: Scene, holidays: Mapping[date, str] | None = None) -> Room:
    """Return a room with a few holidays, the same in every country."""
    days = dict(holidays or {})
    return Room(
        scene=scene,
        prompt_characters=lambda _assignment: 4_000,
        holiday=lambda _country, day: days.get(day, ""),
    )
