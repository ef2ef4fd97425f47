"""Who of a brand's senders writes to a creator: whoever did before, else the one with most room."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.domain.brand import Sender


@dataclass(frozen=True, kw_only=True)
class Load:
    """A sender with what its mailbox has before it: letters a day it may write now, letters that it has.

    `taken` are the letters of today and the first letters that wait to be written or to leave.
    """

    sender: Sender
    per_day: int
    taken: int
    is_paused: bool = False


def most_room(loads: Sequence[Load]) -> Load:
    """Return the sender whose next first letter leaves soonest, the first one among equals.

    A mailbox that writes twice as many letters a day gets twice as many people. A paused one gets nobody
    while another writes.
    """
    return min(loads, key=lambda load: (load.is_paused, (load.taken + 1) / max(load.per_day, 1)))
