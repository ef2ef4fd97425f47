"""What a list is worth: a monotone submodular function of the creators in it.

    worth(S) = (1 - share) · mean relative fit of S  +  share · together(S)

`together` is a sum of concave functions of modular ones (square roots of how much of a value, a niche or a
tier the list holds), which is submodular (Lin and Bilmes 2011), and of modular parts that are never negative.
With n_t of L places in tier t and a wished share s_t, Σ √(s_t · n_t / L) is greatest, 1, where the list is
mixed as wished; the other parts are scaled to [0, 1] in the same way.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from statistics import median

from agent.domain.portfolio.candidate import Candidate, Gains

VALUE, NICHE, TIER = "value", "niche", "tier"
Feature = tuple[str, str]
_QUARTER = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Taste:
    """What counts beside fit, and how much; the weights are judgement, their sum is 1.

    `tiers` is the mix that is wished for: mostly nano, some micro, a few larger ones to carry them.
    """

    values: float = 0.3
    niches: float = 0.4
    tiers: float = 0.1
    exposure: float = 0.1
    engagement: float = 0.05
    looks: float = 0.05
    mix: Mapping[str, float] = field(default_factory=lambda: {"nano": 0.6, "micro": 0.3, "larger": 0.1})


TASTE = Taste()


class Objective:
    """The worth of lists of at most `size` of these candidates, asked for by position.

    `weights` are the brand's values with their weights. What a candidate carries of a feature is kept as a
    share of a full list, under the feature's number: this is looked at a hundred thousand times.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        *,
        weights: Mapping[str, float],
        size: int,
        taste: Taste = TASTE,
    ) -> None:
        places = max(size, 1)
        best = max((candidate.fit for candidate in candidates), default=0.0)
        amounts = _amounts(candidates, weights, best)
        worths = _worths(amounts, weights, places, taste)
        numbers = {feature: number for number, feature in enumerate(worths)}
        self.names: Sequence[Feature] = tuple(worths)
        self.worths: Sequence[float] = tuple(worths.values())
        self.fits = [candidate.fit / best / places if best > 0 else 0.0 for candidate in candidates]
        self.standings = [_standing(candidate, taste) / places for candidate in candidates]
        self.carried = [[(numbers[feature], amount / places) for feature, amount in ours] for ours in amounts]

    def of(self, positions: Iterable[int], share: float) -> float:
        """Return what a list is worth."""
        growing = Growing(self, share)
        return sum(growing.add(position) for position in positions)

    def firsts(self) -> list[float]:
        """Return what each candidate adds to an empty list beside its fit."""
        nothing = Growing(self, 1.0)
        return [nothing.gain(position) for position in range(len(self.fits))]

    def covers(self, position: int) -> Mapping[int, float]:
        """Return what a candidate carries of each value and niche, weighted."""
        return {
            number: amount * self.worths[number]
            for number, amount in self.carried[position]
            if self.names[number][0] != TIER
        }


class Growing:
    """A list as it grows: what is held of each feature, and what a candidate would add."""

    def __init__(self, objective: Objective, share: float) -> None:
        self._objective = objective
        self._share = share
        self._held = [0.0] * len(objective.worths)
        self._roots = [0.0] * len(objective.worths)

    def gain(self, position: int) -> float:
        """Return what a candidate would add."""
        held, roots, worths = self._held, self._roots, self._objective.worths
        together = self._objective.standings[position]
        for number, amount in self._objective.carried[position]:
            together += worths[number] * (sqrt(held[number] + amount) - roots[number])
        return (1 - self._share) * self._objective.fits[position] + self._share * together

    def add(self, position: int) -> float:
        """Put a candidate on the list and return what it added."""
        gain = self.gain(position)
        for number, amount in self._objective.carried[position]:
            self._held[number] += amount
            self._roots[number] = sqrt(self._held[number])
        return gain

    def gains(self, position: int) -> Gains:
        """Return what a candidate would add, part by part."""
        objective, share = self._objective, self._share
        parts: dict[str, dict[str, float]] = {VALUE: {}, NICHE: {}, TIER: {}}
        for number, amount in objective.carried[position]:
            added = sqrt(self._held[number] + amount) - self._roots[number]
            kind, name = objective.names[number]
            if share * added > 0:
                parts[kind][name] = share * objective.worths[number] * added
        return Gains(
            fit=(1 - share) * objective.fits[position],
            values=parts[VALUE],
            niches=parts[NICHE],
            tier=sum(parts[TIER].values()),
            standing=share * objective.standings[position],
        )


def carriers(
    candidates: Sequence[Candidate], chosen: Iterable[int], names: Iterable[str]
) -> Mapping[str, int]:
    """Return for each value how many of the chosen (keys) are in the quarter that carries it best."""
    keys = set(chosen)
    ours = [candidate for candidate in candidates if candidate.key in keys]
    made = {}
    for name in names:
        ordered = sorted((candidate.coverage.get(name, 0.0) for candidate in candidates), reverse=True)
        bound = ordered[(len(ordered) - 1) // _QUARTER] if ordered else 0.0
        carried = [candidate.coverage.get(name, 0.0) for candidate in ours]
        made[name] = sum(amount > 0 and amount >= bound for amount in carried)
    return made


def _standing(candidate: Candidate, taste: Taste) -> float:
    return (
        taste.exposure / (1 + candidate.exposure)
        + taste.looks / (1 + candidate.looks)
        + taste.engagement * min(max(candidate.engagement, 0.0), 1.0)
    )


def _amounts(
    candidates: Sequence[Candidate], weights: Mapping[str, float], best: float
) -> list[list[tuple[Feature, float]]]:
    """Return what each candidate carries: of values beyond the usual, of niches as far as it fits, its tier.

    Every creator is a little near to every value; what counts is to carry one better than half of the others.
    And a niche is worth covering by somebody who fits the brand.
    """
    usual = {name: _usual(candidates, name) for name in sorted(weights)}
    amounts: list[list[tuple[Feature, float]]] = []
    for candidate in candidates:
        ours: list[tuple[Feature, float]] = []
        for name, (low, high) in usual.items():
            carried = candidate.coverage.get(name, 0.0)
            if carried > low:
                ours.append(((VALUE, name), (carried - low) / (high - low)))
        relevance = candidate.fit / best if best > 0 else 0.0
        ours += [
            ((NICHE, name), amount * relevance)
            for name, amount in sorted(candidate.niches.items())
            if amount * relevance > 0
        ]
        if "tier" in candidate.groups:
            ours.append(((TIER, candidate.groups["tier"]), 1.0))
        amounts.append(ours)
    return amounts


def _usual(candidates: Sequence[Candidate], name: str) -> tuple[float, float]:
    carried = [candidate.coverage.get(name, 0.0) for candidate in candidates]
    high = max(carried, default=0.0)
    low = max(median(carried), 0.0) if carried else 0.0
    return (low, high) if low < high else (0.0, high)


def _worths(
    amounts: Sequence[Sequence[tuple[Feature, float]]], weights: Mapping[str, float], size: int, taste: Taste
) -> dict[Feature, float]:
    seen = Counter(feature for ours in amounts for feature, _ in ours)
    niches = sum(kind == NICHE for kind, _ in seen)
    total = sum(weights.values()) or 1.0
    spread = sqrt(min(size, niches)) or 1.0
    made: dict[Feature, float] = {}
    for kind, name in seen:
        if kind == VALUE:
            made[kind, name] = taste.values * weights[name] / total
        elif kind == NICHE:
            made[kind, name] = taste.niches / spread
        else:
            made[kind, name] = taste.tiers * sqrt(taste.mix.get(name, 0.0))
    return made
