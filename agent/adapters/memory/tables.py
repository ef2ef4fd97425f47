"""What the memory store holds: dicts of frozen values, sealed while anybody may look at them."""

from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, NoReturn, Self, TypeVar

from agent.domain.brand import Brand, Campaign
from agent.domain.brief import Agreement, BriefAnswer, BriefApproval, BriefVersion
from agent.domain.chain import Link
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery
from agent.domain.draft import Approval, Draft, Rejection
from agent.domain.errors import BadInput
from agent.domain.handover import Handover
from agent.domain.ids import (
    ApprovalId,
    BrandId,
    BriefId,
    CampaignId,
    CreatorId,
    DeliveryId,
    DraftId,
    HandoverId,
    InboundId,
    OutreachId,
)
from agent.domain.mailbox import Mailbox, Trouble
from agent.domain.opened import Opened
from agent.domain.outreach import Outreach
from agent.domain.pace import Pace
from agent.domain.people import Account, Entry
from agent.domain.published import KeptText, Publication
from agent.domain.replies import InboundMail, Reply
from agent.ports import Erasure, KeptAnswer, Spent, Suppression

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Lease:
    """Who holds a role, and until when."""

    owner: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    """A mail's place and content hash, kept when its text is erased: it must not be read in again."""

    account: str
    folder: str
    uidvalidity: int
    uid: int
    digest: str


@dataclass(frozen=True, kw_only=True)
class Tables:
    """Every table, by key. `replies` has one for each mail; `journal` is in the order of adding.

    `links` has one for each row of the journal.
    """

    creators: dict[CreatorId, Creator] = field(default_factory=dict)
    brands: dict[BrandId, Brand] = field(default_factory=dict)
    campaigns: dict[CampaignId, Campaign] = field(default_factory=dict)
    outreach: dict[OutreachId, Outreach] = field(default_factory=dict)
    drafts: dict[DraftId, Draft] = field(default_factory=dict)
    approvals: dict[ApprovalId, Approval] = field(default_factory=dict)
    assigned: dict[DraftId, str] = field(default_factory=dict)
    open_letters: dict[DraftId, Opened] = field(default_factory=dict)
    rejections: dict[DraftId, Rejection] = field(default_factory=dict)
    deliveries: dict[DeliveryId, Delivery] = field(default_factory=dict)
    handovers: dict[HandoverId, Handover] = field(default_factory=dict)
    mails: dict[InboundId, InboundMail] = field(default_factory=dict)
    known_mails: dict[InboundId, Known] = field(default_factory=dict)
    read_folders: dict[tuple[str, str, int], int] = field(default_factory=dict)
    replies: dict[InboundId, Reply] = field(default_factory=dict)
    suppressions: dict[str, Suppression] = field(default_factory=dict)
    journal: dict[int, Entry] = field(default_factory=dict)
    links: dict[int, Link] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)
    leases: dict[str, Lease] = field(default_factory=dict)
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    troubles: dict[int, tuple[str, Trouble, datetime]] = field(default_factory=dict)
    agreements: dict[OutreachId, Agreement] = field(default_factory=dict)
    briefs: dict[BriefId, BriefVersion] = field(default_factory=dict)
    brief_approvals: dict[BriefId, BriefApproval] = field(default_factory=dict)
    brief_answers: dict[str, BriefAnswer] = field(default_factory=dict)
    erasures: dict[str, Erasure] = field(default_factory=dict)
    texts: dict[tuple[str, str, str | None], KeptText] = field(default_factory=dict)
    publications: dict[int, Publication] = field(default_factory=dict)
    answers: dict[str, KeptAnswer] = field(default_factory=dict)
    spend: dict[str, Spent] = field(default_factory=dict)

    def opened(self) -> Self:
        """Return a copy that may be changed; the values are shared, because they are frozen."""
        return self._copied(dict)

    def sealed(self) -> Self:
        """Return a copy that refuses every change."""
        return self._copied(_Sealed)

    def _copied(self, kind: type[dict[Any, Any]]) -> Self:
        return type(self)(**{table.name: kind(getattr(self, table.name)) for table in fields(self)})


class _Sealed(dict[K, V]):
    """A dict that only gives."""

    def __setitem__(self, key: K, value: V) -> NoReturn:
        _refuse()

    def __delitem__(self, key: K) -> NoReturn:
        _refuse()

    def pop(self, *_: object) -> NoReturn:
        """Refuse."""
        _refuse()


def _refuse() -> NoReturn:
    raise RuntimeError("A view of the store changes nothing; open write() for that.")


def require(condition: object, otherwise: str) -> None:
    """Raise BadInput with this sentence where a rule of the tables does not hold."""
    if not condition:
        raise BadInput(otherwise)
