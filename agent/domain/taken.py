"""Whether somebody may be written to: one conversation at a time, and a rest after one without an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from agent.domain.brand import Cadence
from agent.domain.ids import OutreachId
from agent.domain.outreach import FINAL_NO, Outreach, OutreachStatus

_FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Manners:
    """How long the house waits for an answer, and how long it leaves somebody alone after none came.

    `answer_within` is counted from the last letter, or from when the next one would have been due.
    """

    answer_within: timedelta = timedelta(days=14)
    rest: timedelta = timedelta(days=90)

    def patience(self, cadence: Cadence) -> timedelta:
        """Return how long a silence may be: never shorter than a follow-up of the campaign may be late."""
        return max(self.answer_within, cadence.stale_after)

    def rest_after(self, cadence: Cadence) -> timedelta:
        """Return how long a campaign's silent ones are left alone: the house's rest, or its longer one."""
        return max(self.rest, cadence.rest or timedelta(0))


@dataclass(frozen=True, kw_only=True)
class Past:
    """One outreach to a person, with what went both ways.

    `left_at` is when something of ours last left or may have, by whatever way; `heard_at` when they last
    wrote themselves; `over_at` when an agreement ended, checked or withdrawn.
    """

    outreach: Outreach
    cadence: Cadence
    left_at: datetime | None = None
    heard_at: datetime | None = None
    over_at: datetime | None = None


class Because(StrEnum):
    """Why somebody is not written to, the most final reason first."""

    REFUSED = "refused"
    ENDED = "ended"
    TALKING = "talking"
    RESTING = "resting"
    LISTED = "listed"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What keeps somebody from another letter: an outreach, since when, until when (None: not by itself)."""

    because: Because
    outreach: Outreach
    since: datetime
    until: datetime | None = None


def taken(
    history: Iterable[Past], *, this: OutreachId | None, now: datetime, manners: Manners
) -> Taken | None:
    """Return what speaks against a letter of the outreach `this` to a person with this history, or None.

    One conversation at a time, in whatever campaign, brand and profile; after one that ended in silence a
    rest. In a conversation that ended so nothing more is written, rest or not. A no and a stop never lapse.
    """
    found = (_of(past, this, now, manners) for past in history)
    return min((each for each in found if each is not None), key=_weight, default=None)


def taken_for_list(history: Iterable[Past], *, now: datetime, manners: Manners) -> Taken | None:
    """Return what speaks against putting a person on a list, or None.

    A place on another list counts, too, until nothing was written there for as long as a rest takes.
    """
    pasts = tuple(history)
    listed = (_listed(past, now, manners) for past in pasts)
    found = (taken(pasts, this=None, now=now, manners=manners), *listed)
    return min((each for each in found if each is not None), key=_weight, default=None)


def in_words(reason: Taken) -> str:
    """Return in a few words why a person is not written to, and until when; days are those of UTC."""
    outreach, until = reason.outreach, f"{reason.until:%Y-%m-%d}" if reason.until else ""
    if reason.because is Because.REFUSED:
        words = _NO[outreach.status]
    elif reason.because is Because.TALKING and not until:
        words = "already in conversation for {campaign}"
    else:
        words = _WORDS[reason.because]
    return words.format(campaign=outreach.campaign_id, since=f"{reason.since:%Y-%m-%d}", until=until)


_NO = {
    OutreachStatus.DECLINED: "said no in {campaign}",
    OutreachStatus.STOPPED: "asked not to be written to, or cannot be, in {campaign}",
}
_WORDS = {
    Because.ENDED: "this conversation for {campaign} ended without an answer on {since}",
    Because.TALKING: "already in conversation for {campaign}; if no answer comes, free from {until} on",
    Because.RESTING: "left alone until {until}, as a conversation for {campaign} ended without an answer",
    Because.LISTED: "already on the list of {campaign}; if nothing is written there, free from {until} on",
}


def _of(past: Past, this: OutreachId | None, now: datetime, manners: Manners) -> Taken | None:
    outreach, is_own = past.outreach, past.outreach.id == this
    if outreach.status in FINAL_NO:
        refused = Taken(because=Because.REFUSED, outreach=outreach, since=outreach.updated_at)
        return None if is_own else refused  # its own state is asked for apart
    if not _has_begun(past):
        return None
    silent = _silent_from(past)
    if silent is None:
        talking = Taken(because=Because.TALKING, outreach=outreach, since=outreach.updated_at)
        return None if is_own else talking
    is_closed = outreach.status is OutreachStatus.CLOSED or past.over_at is not None
    ended = silent if is_closed else silent + manners.patience(past.cadence)
    free = ended + manners.rest_after(past.cadence)
    if is_own:
        return Taken(because=Because.ENDED, outreach=outreach, since=ended) if now >= ended else None
    if now >= free:
        return None
    because = Because.TALKING if now < ended else Because.RESTING
    return Taken(because=because, outreach=outreach, since=min(ended, now), until=free)


def _has_begun(past: Past) -> bool:
    outreach = past.outreach
    untouched = {OutreachStatus.SHORTLISTED, OutreachStatus.CLOSED}
    return past.left_at is not None or outreach.touches_sent > 0 or outreach.status not in untouched


def _silent_from(past: Past) -> datetime | None:
    """Return from when on their silence counts; None while they wait for us, or while something is agreed."""
    outreach = past.outreach
    if outreach.status is OutreachStatus.AGREED:
        return past.over_at
    if outreach.status is OutreachStatus.IN_CONVERSATION:
        heard, left = past.heard_at or outreach.updated_at, past.left_at
        return left if left is not None and left > heard else None
    known = (outreach.updated_at, outreach.next_touch_at, past.left_at)
    return max(each for each in known if each is not None)


def _listed(past: Past, now: datetime, manners: Manners) -> Taken | None:
    outreach = past.outreach
    if outreach.status is not OutreachStatus.SHORTLISTED or _has_begun(past):
        return None
    until = outreach.updated_at + manners.rest_after(past.cadence)
    if now >= until:
        return None
    return Taken(because=Because.LISTED, outreach=outreach, since=outreach.updated_at, until=until)


def _weight(reason: Taken) -> tuple[int, float, str]:
    """Order by how final a reason is, then by how long it lasts, then by name."""
    until = reason.until or _FOREVER
    return tuple(Because).index(reason.because), -until.timestamp(), reason.outreach.id
