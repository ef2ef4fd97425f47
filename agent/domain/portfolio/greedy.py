"""Greedy choice, lazily: a candidate is looked at again only while its old gain still leads.

Gains of a submodular function only shrink as a list grows, so an old gain is an upper bound (Minoux 1978).
With places alone greedy reaches at least 1 - 1/e of the best list (Nemhauser, Wolsey and Fisher 1978), with
greatest numbers for the groups of one kind at least 1/2 (Fisher, Nemhauser and Wolsey 1978). Under a budget
neither gain nor gain per price is safe alone; the better of the two reaches at least half of 1 - 1/e
(Khuller, Moss and Naor 1999 for coverage, Leskovec et al. 2007 for submodular functions). A budget together
with a length that binds, two budgets at once and least numbers carry no such promise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import heapify, heappop, heapreplace
from typing import Self

from agent.domain.portfolio.candidate import Candidate
from agent.domain.portfolio.objective import Growing, Objective
from agent.domain.portfolio.room import Group, Limits, Refusal, Room

_DECIMALS = 12
"""Below this, gains are equal and the seed decides: rounding of sums is no preference."""
_ALMOST_FREE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Question:
    """Who may be chosen, what lists are worth, and the order of equals; all by position."""

    candidates: Sequence[Candidate]
    objective: Objective
    firsts: Sequence[float]
    order: Sequence[int]

    @classmethod
    def of(cls, candidates: Sequence[Candidate], objective: Objective, *, seed: int) -> Self:
        """Return the question, with equals in an order that only seed and keys decide."""
        order = [_lot(seed, candidate.key) for candidate in candidates]
        return cls(candidates=candidates, objective=objective, firsts=objective.firsts(), order=order)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The chosen in the order of choice, who was refused on the way and why, and the room that is left.

    Where shares made the list shorter, `size` is the length that was left to it and `shortened` says for each
    what left no place in a longer one.
    """

    chosen: tuple[int, ...]
    refused: Mapping[int, Refusal]
    room: Room
    worth: float
    size: int
    shortened: Mapping[int, Refusal] = field(default_factory=dict)


def greedy(question: Question, limits: Limits, least: Mapping[Group, int], *, share: float) -> Answer:
    """Return the better of the lists chosen by gain and by gain per price."""
    by_gain = _climb(question, limits, least, share, None)
    prices = _prices(question.candidates, limits)
    if len(set(prices)) <= 1:  # equal prices: both orders are the same
        return by_gain
    by_price = _climb(question, limits, least, share, prices)
    return by_gain if by_gain.worth >= by_price.worth else by_price


def _climb(
    question: Question,
    limits: Limits,
    least: Mapping[Group, int],
    share: float,
    prices: Sequence[float] | None,
) -> Answer:
    objective, order = question.objective, question.order
    room, growing = Room(question.candidates, limits, least), Growing(objective, share)
    divide = prices or [1.0] * len(order)
    fits = zip(objective.fits, question.firsts, divide, strict=True)
    gains = [((1 - share) * fit + share * first) / price for fit, first, price in fits]
    heap = [(-round(gain, _DECIMALS), order[position], position, 0) for position, gain in enumerate(gains)]
    heapify(heap)
    chosen: list[int] = []
    refused: dict[int, Refusal] = {}
    worth = 0.0
    while heap and room.places:
        gain, lot, position, seen = heap[0]
        refusal = room.refusal(position)
        if refusal is not None:
            refused[position] = refusal
            heappop(heap)
            continue
        if seen < len(chosen):
            gain = -round(growing.gain(position) / divide[position], _DECIMALS)
            heapreplace(heap, (gain, lot, position, len(chosen)))
            continue
        heappop(heap)
        worth += growing.add(position)
        room.take(position)
        chosen.append(position)
    return Answer(chosen=tuple(chosen), refused=refused, room=room, worth=worth, size=limits.size)


def _prices(candidates: Sequence[Candidate], limits: Limits) -> list[float]:
    """Return what each candidate uses up of the budgets that are set, as a share."""
    made = []
    for candidate in candidates:
        money = float(candidate.cost / limits.budget) if limits.budget else 0.0
        time = float(candidate.minutes / limits.minutes) if limits.minutes else 0.0
        made.append(max(money + time, _ALMOST_FREE))
    return made


def _lot(seed: int, key: int) -> int:
    return int.from_bytes(blake2b(f"{seed}\0{key}".encode(), digest_size=8).digest(), "big")
