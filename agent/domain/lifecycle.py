"""One way to move along a table of states."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from agent.domain.errors import InvalidTransition

State = TypeVar("State", bound=StrEnum)


def step(noun: str, table: Mapping[State, frozenset[State]], was: State, wanted: State) -> State:
    """Return `wanted` where the table lets `was` become it; raise InvalidTransition elsewhere."""
    if wanted not in table[was]:
        raise InvalidTransition(noun, was.value, wanted.value)
    return wanted
