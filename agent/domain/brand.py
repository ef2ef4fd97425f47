"""Brands: what they stand for, how they speak, what they offer, and how fast they may write."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Self

from agent.domain.channel import Channel
from agent.domain.ids import BrandId, CampaignId


class AddressForm(StrEnum):
    """How a French letter addresses its reader."""

    TU = "tu"
    VOUS = "vous"


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount with its ISO 4217 currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class Value:
    """Something the brand stands for, in one or two sentences, with its weight in matching (> 0)."""

    name: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Voice:
    """How the brand writes: what to do, what to avoid, words that never appear, examples."""

    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    banned: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A true sentence about the brand, with its source; letters say nothing else about the brand."""

    id: str
    text: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Window:
    """When letters may leave, in the recipient's time: weekdays (Monday 0), from `start` to before `end`."""

    days: frozenset[int] = frozenset(range(5))
    start: time = time(9)
    end: time = time(18)
    always: bool = False


@dataclass(frozen=True, kw_only=True)
class Ramp:
    """How a new mailbox begins: so many letters on its first day, and so many more on each day after it."""

    first_day: int
    more_each_day: int


@dataclass(frozen=True, kw_only=True)
class Pacing:
    """How fast one mailbox writes: letters a day, the least gap between two, the window, how it begins."""

    per_day: int = 40
    gap: timedelta = timedelta(seconds=60)
    window: Window = Window()
    ramp: Ramp | None = None


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Who signs and from which mailbox."""

    name: str
    email: str
    pacing: Pacing = Pacing()


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A brand's year and budget in one market."""

    name: str
    market: str | None = None
    year: int | None = None
    budget: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Brand:
    """A brand as its team described it. `postal_address` is asked for by 15 USC 7704.

    `address_form` is what a French letter says to one reader; None leaves it to the creator's own captions.
    `competitors` are names as people write them; a short or ordinary word counts with @ or # only.
    `sender` is who writes; of several, whoever writes to the creator at hand, the others in `other_senders`.
    """

    id: BrandId
    name: str
    language: str
    address_form: AddressForm | None = AddressForm.VOUS
    postal_address: str
    website: str | None = None
    privacy_url: str | None = None
    sender: Sender
    values: tuple[Value, ...]
    voice: Voice = Voice()
    facts: tuple[Fact, ...] = ()
    programme: Programme | None = None
    competitors: tuple[str, ...] = ()
    other_senders: tuple[Sender, ...] = ()

    @property
    def senders(self) -> tuple[Sender, ...]:
        """Everybody who writes for the brand."""
        return (self.sender, *self.other_senders)

    def written_by(self, address: str) -> Self:
        """Return the brand as the sender of this address writes for it; as it is where none has it."""
        key = address.casefold()
        chosen = next((each for each in self.other_senders if each.email.casefold() == key), None)
        if chosen is None:
            return self
        others = tuple(each for each in self.senders if each is not chosen)
        return replace(self, sender=chosen, other_senders=others)

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact with this id, or None."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)


@dataclass(frozen=True, kw_only=True)
class Gift:
    """What is sent to the creator, and what it is worth."""

    name: str
    value: Money | None = None


@dataclass(frozen=True, kw_only=True)
class Affiliate:
    """A share of sales: the rate as the brand words it (`10%`) and the creator's code, where there is one."""

    rate: str
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rights:
    """For how long the brand may use what the creator makes."""

    months: int


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What the brand gives and asks; the only source of amounts, gifts, deadlines and rights in a letter."""

    gift: Gift | None = None
    cash: Money | None = None
    affiliate: Affiliate | None = None
    deliverables: tuple[str, ...] = ()
    rights: Rights | None = None
    deadline: date | None = None


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """How many letters at the most, and how long to wait after each before the next is proposed.

    `stale_after` is how late an approved follow-up may still leave; later it is proposed again.
    `evidence_for` is how long after its day a post may still be written about.
    `rest` is how long whoever did not answer is left alone by everybody, where that is longer than the
    house's own; None leaves it to the house.
    """

    touches: int = 3
    wait: tuple[timedelta, ...] = (timedelta(days=5), timedelta(days=9))
    stale_after: timedelta = timedelta(days=4)
    evidence_for: timedelta = timedelta(days=540)
    rest: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class ModelBudget:
    """What models may cost a campaign in all, and how many tokens they may take; None is no bound.

    `cost` is in the currency of the model's prices, which have none of their own.
    """

    cost: Decimal | None = None
    tokens: int | None = None


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """One objective of a brand: whom it looks for, what it offers and how it follows up.

    Empty `languages`, `countries` or `platforms` mean any; `followers` are inclusive bounds, None: open.
    `channels` are the ways in which it may write; direct messages only where the brand asked for them.
    `models` bounds what writing by a model costs.
    `draft_answers` says whether answers to questions and to a yes are drafted in the background.
    """

    id: CampaignId
    brand_id: BrandId
    objective: str
    category: str | None = None
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    followers: tuple[int | None, int | None] = (None, None)
    platforms: tuple[str, ...] = ()
    offer: Offer = Offer()
    cadence: Cadence = Cadence()
    per_day: int | None = None
    channels: tuple[Channel, ...] = (Channel.EMAIL,)
    draft_answers: bool = False
    models: ModelBudget = ModelBudget()
