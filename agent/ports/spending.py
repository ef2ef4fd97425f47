"""What models cost: counted before and after each call, and answers kept until a draft is made of them."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from agent.domain.draft import Usage
from agent.domain.ids import CampaignId, OutreachId


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """A model's answer for an outreach, as it came, stored before anything is made of it.

    `key` is a hash of all that it was made of: prompt, model, what the model was told.
    """

    key: str
    outreach_id: OutreachId
    model: str
    content: str
    usage: Usage
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """How much may be spent in a scope; None is no bound."""

    cost: Decimal | None = None
    tokens: int | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is any bound."""
        return self.cost is not None or self.tokens is not None


@dataclass(frozen=True, kw_only=True)
class Spent:
    """What calls cost so far, with what is reserved for calls that have not ended."""

    calls: int = 0
    usage: Usage = field(default_factory=Usage)


class Answers(Protocol):
    """Answers of models that no draft has been made of yet."""

    def get(self, key: str) -> KeptAnswer | None:
        """Return the answer with this key."""

    def keep(self, *answers: KeptAnswer) -> None:
        """Insert or replace answers, each with a key of its own.

        Raises BadInput, and keeps none of them, where an outreach is unknown.
        """

    def of_outreach(self, *outreach_ids: OutreachId) -> tuple[KeptAnswer, ...]:
        """Return the answers for an outreach or several, oldest first."""

    def discard(self, *outreach_ids: OutreachId) -> int:
        """Delete the answers for an outreach or several and return how many there were."""


class Spending(Protocol):
    """Running sums per scope, such as a day."""

    def take(self, scope: str, most: Usage, *, ceiling: Ceiling) -> bool:
        """Add what a call may cost at most where the sum stays within the ceiling; return whether it does.

        One conditional UPDATE, so that processes that reserve at once never go beyond it together.
        """

    def correct(self, scope: str, *, taken: Usage, used: Usage, calls: int = 1) -> None:
        """Put what a call, or several, really cost in place of what was taken, and count the calls."""

    def of(self, scope: str) -> Spent:
        """Return the sums of a scope; zeros where nothing was spent."""


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a campaign may spend on models in all."""

    campaign_id: CampaignId
    ceiling: Ceiling = field(default_factory=Ceiling)


@dataclass(frozen=True, kw_only=True)
class Reservation:
    """What was taken for one call: from its day, and from its campaign where it is for one."""

    scope: str
    taken: Usage
    campaign_scope: str = ""


class Purse(Protocol):
    """Pays for calls: asked before each of them, told after each of them."""

    def reserve(self, most: Usage, *, allowance: Allowance | None = None) -> Reservation:
        """Take what a call may cost at most, from its day and its campaign's allowance.

        Raises BudgetSpent where that is more than is left of either.
        """

    def settle(
        self, reservation: Reservation, used: Usage, *, key: str = "", outreach_id: OutreachId | None = None,
        content: str = "", model: str = "",
    ) -> None:  # fmt: skip
        """Count what a call cost; with a key and an outreach, keep its answer in the same transaction."""
