"""What somebody who gets a letter may do, how likely that is, and the draw that decides it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from hashlib import blake2b

from agent.domain.errors import BadInput


class Outcome(StrEnum):
    """What becomes of one creator in a rehearsal."""

    SILENCE = "silence"
    INTERESTED = "interested"
    QUESTION = "question"
    DECLINED = "declined"
    MANAGER = "manager"
    LATE = "late"
    AWAY = "away"
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCE = "soft_bounce"
    ANGRY_STOP = "angry_stop"
    OBJECTION = "objection"
    COMPLAINT = "complaint"


_O = Outcome
ANSWERS = frozenset({_O.INTERESTED, _O.QUESTION, _O.DECLINED, _O.MANAGER, _O.LATE})
"""What counts as an answer in a reply rate: somebody wrote, and was not asked to be left alone."""
_AT_ONCE = frozenset({_O.AWAY, _O.HARD_BOUNCE, _O.SOFT_BOUNCE, _O.ANGRY_STOP, _O.OBJECTION, _O.COMPLAINT})
_LATER = (_O.INTERESTED, _O.QUESTION, _O.DECLINED)
_HOURS = (1, 2, 4, 7, 20, 26, 31, 47, 72, 98)
_ABSENCES = (3, 5, 7, 9, 14, 21)
_LATE_DAYS = (20, 26, 33, 45)
_ROUNDING = 1e-6


@dataclass(frozen=True, kw_only=True)
class Share:
    """A part of all creators, in [0, 1], and where the figure comes from."""

    share: float
    source: str


@dataclass(frozen=True, kw_only=True)
class Assumptions:
    """What a rehearsal assumes about people; who is in no share stays silent.

    `by_letter` says how the answers spread over the first, second and third letter; `rejected` is the part
    of letters that a reviewer turns down. Raises BadInput for shares that cannot be.
    """

    shares: Mapping[Outcome, Share]
    by_letter: tuple[float, ...]
    by_letter_source: str
    rejected: Share

    def __post_init__(self) -> None:
        parts = [*(each.share for each in self.shares.values()), *self.by_letter, self.rejected.share]
        if any(not 0 <= part <= 1 for part in parts):
            raise BadInput("A share lies between 0 and 1 (0.05 is five in a hundred).")
        if max(sum(each.share for each in self.shares.values()), sum(self.by_letter)) > 1 + _ROUNDING:
            raise BadInput(
                "Shares that belong together add up to more than 1; whoever is in none of them stays silent."
            )

    @property
    def reply_rate(self) -> float:
        """The part of creators who answer anything."""
        return sum(each.share for outcome, each in self.shares.items() if outcome in ANSWERS)

    def changed(self, outcome: Outcome, share: float) -> "Assumptions":
        """Return the assumptions with another share for one outcome."""
        given = Share(share=share, source="given on the command line")
        return self._with({**self.shares, outcome: given})

    def with_reply_rate(self, rate: float) -> "Assumptions":
        """Return the assumptions with every kind of answer scaled so that they make `rate` together."""
        if not self.reply_rate:
            raise BadInput("No kind of answer has a share, so a reply rate cannot be spread over them.")
        factor = rate / self.reply_rate
        scaled = {
            outcome: Share(share=each.share * factor, source="scaled to the reply rate that was given")
            if outcome in ANSWERS
            else each
            for outcome, each in self.shares.items()
        }
        return self._with(scaled)

    def _with(self, shares: Mapping[Outcome, Share]) -> "Assumptions":
        return Assumptions(
            shares=shares,
            by_letter=self.by_letter,
            by_letter_source=self.by_letter_source,
            rejected=self.rejected,
        )


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What one creator does: to which letter, how long after it, in which words (`variant`).

    For somebody away, `wait` is when the answer comes after the return, `absence` how long that takes;
    `afterwards` is what follows an absence or a delay.
    """

    outcome: Outcome
    touch: int = 1
    wait: timedelta = timedelta(0)
    variant: int = 0
    afterwards: Outcome = Outcome.SILENCE
    absence: timedelta = timedelta(0)


def chance(seed: int, *names: object) -> float:
    """Return a number in [0, 1) that depends on nothing but its arguments."""
    text = "\0".join(map(str, (seed, *names)))
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest(), "big") / (1 << 56)


def fate_of(assumptions: Assumptions, *, seed: int, name: str, touches: int) -> Fate:
    """Draw what the creator of that name does in this run; `touches` is how many letters there are."""
    shares = {outcome: each.share for outcome, each in assumptions.shares.items()}
    outcome = _drawn(shares, chance(seed, name, "outcome"))
    later = {each: shares.get(each, 0.0) for each in _LATER}
    return Fate(
        outcome=outcome,
        touch=_touch(assumptions, outcome, chance(seed, name, "letter"), touches=touches),
        wait=_wait(outcome, chance(seed, name, "wait")),
        variant=int(chance(seed, name, "words") * 1_000),
        afterwards=_drawn(later, chance(seed, name, "afterwards")),
        absence=timedelta(days=_ABSENCES[int(chance(seed, name, "absence") * len(_ABSENCES))]),
    )


def _drawn(shares: Mapping[Outcome, float], at: float) -> Outcome:
    reached = 0.0
    for outcome in sorted(shares):
        reached += shares[outcome]
        if at < reached:
            return outcome
    return Outcome.SILENCE


def _touch(assumptions: Assumptions, outcome: Outcome, at: float, *, touches: int) -> int:
    if outcome in _AT_ONCE:
        return 1
    if outcome is Outcome.LATE:
        return touches
    reached = 0.0
    for touch, share in enumerate(assumptions.by_letter, start=1):
        reached += share
        if at < reached:
            return touch
    return len(assumptions.by_letter) + 1


def _wait(outcome: Outcome, at: float) -> timedelta:
    if outcome is Outcome.LATE:
        return timedelta(days=_LATE_DAYS[int(at * len(_LATE_DAYS))], hours=5)
    if outcome in {Outcome.AWAY, Outcome.HARD_BOUNCE, Outcome.SOFT_BOUNCE}:
        return timedelta(minutes=2 + int(at * 20))
    return timedelta(hours=_HOURS[int(at * len(_HOURS))])
