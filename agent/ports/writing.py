"""Finding the words for one letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, runtime_checkable

from agent.domain.brand import Brand, Campaign
from agent.domain.channel import Channel
from agent.domain.creator import Creator
from agent.domain.draft import Finding, Origin, Usage
from agent.domain.fit import Reason
from agent.domain.ids import OutreachId
from agent.domain.letter import Words
from agent.domain.replies import Reply
from agent.ports.spending import KeptAnswer
from prompts import FILES, Texts


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A letter of ours that this one follows, as the recipient got it; a direct message has no subject."""

    touch: int
    sent_at: datetime
    subject: str
    body: str
    channel: Channel = Channel.EMAIL


@dataclass(frozen=True, kw_only=True)
class Answering:
    """The reply that is to be answered, and the page with the brief where one may be shown already."""

    reply: Reply
    brief_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """All that a writer may know: one creator, one brand, one campaign, nothing of anybody else.

    `reasons` are the passages that show the fit, best first; `thread` holds our earlier letters in order.
    `seed` makes a choice among equal forms repeatable; `turn` counts the letters of a campaign, so that they
    can be kept apart (None where nobody counted), `attempt` the tries at one letter; `texts` are the prompts
    and phrases that hold for the campaign.
    With an `outreach_id` a paid answer is kept in the store until the draft is, and `answers` are those kept
    before; without one (a trial) nothing is kept. `channel` is the way the letter goes. `answering` is the
    reply that the letter answers; it stands among the creator's texts, too, under its id.
    """

    brand: Brand
    campaign: Campaign
    creator: Creator
    reasons: tuple[Reason, ...]
    language: str
    touch: int
    thread: tuple[Earlier, ...]
    today: date
    seed: int
    turn: int | None = None
    attempt: int = 0
    texts: Texts = FILES
    outreach_id: OutreachId | None = None
    answers: tuple[KeptAnswer, ...] = ()
    channel: Channel = Channel.EMAIL
    answering: Answering | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a writer made of an assignment.

    `attempts` counts requests to a model: none offline, and none for an answer that was bought before.
    """

    words: Words
    origin: Origin
    usage: Usage
    attempts: int = 0


class Writer(Protocol):
    """Finds the words for one letter."""

    @property
    def name(self) -> str:
        """The name that a draft keeps: `offline`, `openai`."""

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return words for the assignment; with `rejected` words and their findings, a second try.

        Raises Unavailable where the model cannot be reached or refuses, BadInput where nothing can be
        written truthfully (no reason to quote).
        """


@runtime_checkable
class LimitedWriter(Writer, Protocol):
    """A writer that asks somebody outside, and knows when it is waiting for them."""

    def at_most(self, calls: int) -> Writer:
        """Return this writer with so many calls in flight at a time, however many threads use it."""
