"""Choosing together: a list covers what the brand stands for instead of repeating its best match.

How much coverage counts is no fixed number, which would mean another thing for every campaign: it counts as
much as it can while the mean fit of the list stays within `give` of what fit alone would have chosen under
the same limits.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from agent.domain.portfolio.candidate import Candidate, Left, Pick, Why
from agent.domain.portfolio.greedy import Answer, Question, greedy
from agent.domain.portfolio.objective import TASTE, Growing, Objective, Taste
from agent.domain.portfolio.quotas import Quota
from agent.domain.portfolio.room import Group, Limits, Refusal

GIVE = 0.03
"""The share of mean fit that a list may give up for coverage."""
MOST_SHARE = 0.9
"""How much coverage may count against fit at the most."""
_HALVINGS = 10
"""The greatest share that keeps the fit is searched by halving, to a thousandth: a coarser search left a
third of what may be given up unused."""
_SAME = 0.5
"""From this part of what somebody carries on, another one covers the same."""

Covers = Mapping[int, Mapping[int, float]]
"""What each of the chosen carries, by position and the feature's number."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Who was chosen, in the order of choice, and the one reason for each who was not.

    `share` is how much coverage counted, `mean_fit` and `plain_fit` the mean fit of this list and of the one
    that fit alone would have chosen. `unmet` has quotas whose least number was not reached, with how many
    there are.
    """

    picks: tuple[Pick, ...]
    left: tuple[Left, ...]
    share: float
    mean_fit: float
    plain_fit: float
    unmet: Mapping[str, int]


def choose(
    candidates: Iterable[Candidate],
    limits: Limits,
    *,
    weights: Mapping[str, float],
    give: float = GIVE,
    seed: int = 0,
    taste: Taste = TASTE,
) -> Selection:
    """Choose at most `limits.size` candidates: the same ones whatever order they come in.

    `weights` are the brand's values with their weights. Equals are ordered by `seed`.
    """
    known = sorted(candidates, key=lambda candidate: candidate.key)
    objective = Objective(known, weights=weights, size=min(limits.size, len(known)), taste=taste)
    question = Question.of(known, objective, seed=seed)
    plain = _within(question, limits, share=0.0)
    plain_fit = _mean_fit(known, plain.chosen)
    share, answer = _widest(question, limits, plain, least_fit=(1 - give) * plain_fit)
    return Selection(
        picks=_picks(question, answer, share),
        left=tuple(_left(question, answer)),
        share=share,
        mean_fit=_mean_fit(known, answer.chosen),
        plain_fit=plain_fit,
        unmet=_unmet(known, limits.quotas, answer.chosen),
    )


def _widest(question: Question, limits: Limits, plain: Answer, *, least_fit: float) -> tuple[float, Answer]:
    """Return the greatest share of coverage that keeps fit and length, and its list; 0 where none does."""
    best = plain
    low, high = 0.0, MOST_SHARE
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        answer = _within(question, limits, share=middle, after=plain)
        keeps_length = len(answer.chosen) >= len(plain.chosen)
        if keeps_length and _mean_fit(question.candidates, answer.chosen) >= least_fit:
            best, low = answer, middle
        else:
            high = middle
    return low, best


def _within(question: Question, limits: Limits, *, share: float, after: Answer | None = None) -> Answer:
    """Return a greedy list that keeps every quota, shares being those of the list as long as it became.

    Where a least number cannot be reached, it is lowered to what can be; where a share cannot be kept in so
    long a list, the list becomes shorter. Both only ever fall, so this ends. `after` is an answer to the same
    limits, which found how long a list can be.
    """
    size, refused = (limits.size, {}) if after is None else (after.size, after.shortened)
    has_shares = any(quota.has_share for quota in limits.quotas)
    reachable = {quota.group: _available(question.candidates, quota) for quota in limits.quotas}
    while True:
        least = _least(limits.quotas, size, reachable)
        if has_shares and size and _exceeds(least, size):
            size -= 1  # two halves of five places are six
            continue
        found = greedy(question, replace(limits, size=size), least, share=share)
        answer = replace(found, size=size, shortened=refused)
        if len(answer.chosen) == size:
            return answer
        counts = {
            q.group: _count(question.candidates, q, answer.chosen) for q in limits.quotas if not _is_share(q)
        }
        short = {group: count for group, count in counts.items() if count < least[group]}
        if short:
            reachable |= short
        elif has_shares:
            size, refused = len(answer.chosen), _told(answer)
        else:
            return answer


def _told(answer: Answer) -> Mapping[int, Refusal]:
    """Return why each has no place in too long a list; who falls out of it later has the commonest reason."""
    if not answer.refused:
        return {}
    common, _ = Counter(answer.refused.values()).most_common(1)[0]
    return dict.fromkeys(answer.chosen, common) | dict(answer.refused)


def _least(quotas: Iterable[Quota], size: int, reachable: Mapping[Group, int]) -> dict[Group, int]:
    return {
        quota.group: quota.least(size) if _is_share(quota) else min(quota.least(size), reachable[quota.group])
        for quota in quotas
    }


def _is_share(quota: Quota) -> bool:
    return quota.low is not None and quota.low.is_share


def _exceeds(least: Mapping[Group, int], size: int) -> bool:
    kinds = {kind for kind, _ in least}
    return any(sum(number for group, number in least.items() if group[0] == kind) > size for kind in kinds)


def _picks(question: Question, answer: Answer, share: float) -> tuple[Pick, ...]:
    growing = Growing(question.objective, share)
    picks = []
    for position in answer.chosen:
        picks.append(Pick(key=question.candidates[position].key, gains=growing.gains(position)))
        growing.add(position)
    return tuple(picks)


def _left(question: Question, answer: Answer) -> Iterable[Left]:
    chosen = set(answer.chosen)
    worst = min((question.candidates[position].fit for position in chosen), default=0.0)
    covers = {position: question.objective.covers(position) for position in answer.chosen}
    for position in range(len(question.candidates)):
        if position not in chosen:
            refused = _refused(question, answer, position)
            yield refused or _outdone(question, covers, position, worst=worst)


def _refused(question: Question, answer: Answer, position: int) -> Left | None:
    key = question.candidates[position].key
    refusal = answer.refused.get(position) or answer.shortened.get(position)
    if refusal is None:
        return None
    if refusal.why not in {Why.BUDGET, Why.MINUTES}:
        return Left(key=key, why=refusal.why, quota=refusal.quota)
    missing = answer.room.missing(position, refusal.why)
    # a list that a share made shorter may have room for the price and none for one more creator
    return Left(key=key, why=refusal.why, missing=missing) if missing > 0 else None


def _outdone(question: Question, chosen: Covers, position: int, *, worst: float) -> Left:
    candidate = question.candidates[position]
    # whoever fits less than all who were chosen needs no further reason
    other = _same(question, chosen, position) if candidate.fit >= worst else None
    return Left(key=candidate.key, why=Why.OUTRANKED if other is None else Why.SAME, other=other)


def _same(question: Question, chosen: Covers, position: int) -> int | None:
    """Return the key of the chosen one who fits at least as well and covers most of what this one carries."""
    ours = question.objective.covers(position)
    fit, best, whole = question.candidates[position].fit, None, sum(ours.values())
    most = _SAME * whole
    for other, theirs in chosen.items():
        shared = sum(min(amount, theirs.get(number, 0.0)) for number, amount in ours.items())
        if question.candidates[other].fit >= fit and shared > most:
            best, most = question.candidates[other].key, shared
    return best


def _unmet(
    candidates: Sequence[Candidate], quotas: Iterable[Quota], chosen: Sequence[int]
) -> Mapping[str, int]:
    counts = {quota: _count(candidates, quota, chosen) for quota in quotas}
    return {quota.text: count for quota, count in counts.items() if count < quota.least(len(chosen))}


def _count(candidates: Sequence[Candidate], quota: Quota, chosen: Iterable[int]) -> int:
    return sum(_is_in(candidates[position], quota) for position in chosen)


def _available(candidates: Sequence[Candidate], quota: Quota) -> int:
    return sum(_is_in(candidate, quota) for candidate in candidates)


def _is_in(candidate: Candidate, quota: Quota) -> bool:
    return candidate.groups.get(quota.kind) == quota.name


def _mean_fit(candidates: Sequence[Candidate], chosen: Sequence[int]) -> float:
    return sum(candidates[position].fit for position in chosen) / len(chosen) if chosen else 0.0
