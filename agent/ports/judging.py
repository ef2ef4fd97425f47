"""Asking the gate about a draft."""

from collections.abc import Callable
from typing import Protocol

from agent.domain.draft import Draft, Finding


class Judge(Protocol):
    """Has the gate look at a draft."""

    def __call__(self, draft: Draft, look: Callable[[], tuple[Finding, ...]], /) -> tuple[Finding, ...]:
        """Return the gate's findings; `look` puts the case together and asks the whole gate."""


def look_each_time(_draft: Draft, look: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Look each time anew: what a letter rests on may have changed."""
    return look()
