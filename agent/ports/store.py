"""What must survive: one Protocol per noun, and the transaction that holds them together."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from agent.domain.brand import Brand, Campaign
from agent.domain.chain import Chained
from agent.domain.channel import Channel
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import Approval, Draft, DraftKind, DraftStatus, Rejection
from agent.domain.handover import Handover, HandoverState
from agent.domain.ids import (
    ApprovalId,
    BrandId,
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
from agent.domain.outreach import Outreach, OutreachStatus
from agent.domain.pace import Pace
from agent.domain.people import Account, Entry
from agent.domain.replies import InboundMail, Reply, ReplyKind
from agent.domain.restored import Mark
from agent.ports.briefing import Briefs
from agent.ports.privacy import Privacy
from agent.ports.spending import Answers, Spending
from agent.ports.tallies import Tallies
from agent.ports.texts import TextVersions


@dataclass(frozen=True, kw_only=True)
class CreatorColumns:
    """What the hard filters look at, for one creator."""

    id: CreatorId
    platform: str
    handle: str
    language: str | None
    country: str | None
    followers: int | None


class Creators(Protocol):
    """Creators with their posts."""

    def get(self, creator_id: CreatorId) -> Creator | None:
        """Return a creator with posts in the order of import."""

    def with_ids(
        self, creator_ids: Iterable[CreatorId], *, posts: Collection[str] | None = None
    ) -> Mapping[CreatorId, Creator]:
        """Return those of these creators that are known, with the posts of these keys; with all for None."""

    def without_posts(self, creator_ids: Iterable[CreatorId]) -> Mapping[CreatorId, Creator]:
        """Return those of these creators that are known, each without posts: to name people in a list."""

    def find(self, person: str) -> Creator | None:
        """Return the creator named `platform:handle`, whatever the case of the handle."""

    def save(self, creator: Creator) -> None:
        """Insert or replace a creator with its posts."""

    def delete(self, creator_id: CreatorId) -> None:
        """Remove a creator and its posts."""

    def stream(self) -> Iterator[Creator]:
        """Yield every creator by id, in batches that fit memory."""

    def columns(self) -> Iterator[CreatorColumns]:
        """Yield what the filters need of every creator, by id."""

    def versions(self) -> Iterator[tuple[CreatorId, datetime]]:
        """Yield every creator's id and when it last changed, by id."""

    def same_person(self, creator_ids: Iterable[CreatorId]) -> Mapping[CreatorId, frozenset[CreatorId]]:
        """Return with each of these creators all who are reached at the same address, itself included."""

    def with_email(self, email: str) -> tuple[Creator, ...]:
        """Return the creators who are reached at this address, whatever its case."""

    def count(self) -> int:
        """Return how many creators are known."""


class Brands(Protocol):
    """Brands and their campaigns."""

    def get(self, brand_id: BrandId) -> Brand | None:
        """Return a brand."""

    def save(self, brand: Brand) -> None:
        """Insert or replace a brand."""

    def all(self) -> tuple[Brand, ...]:
        """Return every brand by id."""

    def campaign(self, campaign_id: CampaignId) -> Campaign | None:
        """Return a campaign."""

    def save_campaign(self, campaign: Campaign) -> None:
        """Insert or replace a campaign; its brand is already there."""

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return every campaign by id."""


class Outreaches(Protocol):
    """One row per creator and campaign."""

    def get(self, outreach_id: OutreachId) -> Outreach | None:
        """Return an outreach."""

    def with_ids(self, outreach_ids: Iterable[OutreachId]) -> Mapping[OutreachId, Outreach]:
        """Return those of these outreach rows that there are."""

    def save(self, outreach: Outreach) -> None:
        """Insert or replace an outreach; creator and campaign together are unique."""

    def step(self, outreach: Outreach) -> None:
        """Store how far a known outreach has come, and leave alone whom it is to and why."""

    def of_campaign(self, campaign_id: CampaignId) -> tuple[Outreach, ...]:
        """Return a campaign's outreach rows, best fit first, ties by id."""

    def place(self, outreach: Outreach) -> int:
        """Return how many outreach rows of the same campaign are older than this one, ties by id."""

    def places(self, campaign_id: CampaignId) -> Mapping[OutreachId, int]:
        """Return the place of each outreach of a campaign."""

    def undrafted(
        self,
        campaign_id: CampaignId,
        *,
        status: OutreachStatus,
        drafted: Iterable[DraftStatus],
        limit: int | None = None,
    ) -> tuple[OutreachId, ...]:
        """Return a campaign's outreach in this state whose next touch has no draft in a `drafted` status.

        Best fit first, ties by id.
        """

    def of_creators(self, creator_ids: Iterable[CreatorId]) -> tuple[Outreach, ...]:
        """Return every outreach to these creators, oldest first."""

    def in_states(
        self, statuses: Iterable[OutreachStatus], *, campaign_id: CampaignId | None = None
    ) -> tuple[Outreach, ...]:
        """Return the rows in one of these states, campaign by campaign, best fit first, ties by id."""

    def due(self, *, now: datetime, limit: int) -> tuple[Outreach, ...]:
        """Return outreach rows whose `next_touch_at` has come, earliest first."""

    def take_due(self, *, now: datetime, until: datetime, limit: int) -> Mapping[OutreachId, OutreachStatus]:
        """Take rows whose `next_touch_at` has come, earliest first, by setting it to `until`.

        Nobody else takes them before that; a worker that dies leaves them due then.
        """

    def reschedule(self, outreach_ids: Iterable[OutreachId], *, to: datetime | None) -> None:
        """Set when the next letter of each is due; None: it is not."""


DraftKey = tuple[datetime, DraftId]
"""Where a draft stands among all: by age, ties by id."""


@dataclass(frozen=True, kw_only=True)
class DraftFilter:
    """Which drafts are asked for; None: whatever they have there.

    `has_findings` asks for letters about which the gate said something, `until` for those as old as that,
    `assigned_to` for those given to one person, `is_assigned` for those given to somebody or to nobody.
    """

    campaign: CampaignId | None = None
    language: str | None = None
    kind: DraftKind | None = None
    has_findings: bool | None = None
    assigned_to: str | None = None
    is_assigned: bool | None = None
    until: datetime | None = None


EVERY_DRAFT = DraftFilter()


@dataclass(frozen=True, kw_only=True)
class DraftLine:
    """What a list tells about a draft; `title` is its subject, or its first sentence where it has none."""

    id: DraftId
    title: str
    language: str
    kind: DraftKind
    touch: int
    channel: Channel
    status: DraftStatus
    findings: int
    campaign: CampaignId
    name: str | None
    handle: str
    assigned_to: str | None = None
    created_at: datetime

    @classmethod
    def of(
        cls, draft: Draft, creator: Creator, campaign: CampaignId, *, assigned_to: str | None = None
    ) -> Self:
        """Return the line of a draft to a creator."""
        return cls(
            id=draft.id,
            title=draft.letter.title,
            language=draft.letter.language,
            kind=draft.kind,
            touch=draft.touch,
            channel=draft.channel,
            status=draft.status,
            findings=len(draft.findings),
            campaign=campaign,
            name=creator.name,
            handle=creator.handle,
            assigned_to=assigned_to,
            created_at=draft.created_at,
        )

    @property
    def key(self) -> DraftKey:
        """Where it stands among all."""
        return self.created_at, self.id


class Drafts(Protocol):
    """Drafts and the decisions about them."""

    def get(self, draft_id: DraftId) -> Draft | None:
        """Return a draft."""

    def with_ids(self, draft_ids: Iterable[DraftId]) -> Mapping[DraftId, Draft]:
        """Return those of these drafts that there are."""

    def save(self, draft: Draft) -> None:
        """Insert or replace a draft; a reply has one open answer at the most.

        Raises BadInput where the reply that it answers has another draft in one of the `WAITING` states.
        """

    def add(self, drafts: Iterable[Draft]) -> None:
        """Insert drafts that are new; raises BadInput where one is not, or where its outreach is unknown."""

    def touches(
        self, outreach_ids: Iterable[OutreachId], *, statuses: Iterable[DraftStatus]
    ) -> frozenset[tuple[OutreachId, int]]:
        """Return which touches of these outreach rows have a draft in one of the statuses."""

    def settle(self, draft: Draft, *, expected: DraftStatus) -> bool:
        """Store the draft if it still has the expected status, in one UPDATE; return whether it had."""

    def page(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        after: DraftKey | None = None,
        before: DraftKey | None = None,
        limit: int = 50,
    ) -> tuple[Draft, ...]:
        """Return drafts by (created_at, id), at most `limit`: the first ones after the key `after`.

        With `before`, the last ones before that key, also the oldest of them first.
        """

    def lines(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        after: DraftKey | None = None,
        before: DraftKey | None = None,
        limit: int = 50,
    ) -> tuple[DraftLine, ...]:
        """Return the same drafts as `page`, each as a line of a list, read in one go."""

    def count(
        self,
        *,
        statuses: Iterable[DraftStatus],
        only: DraftFilter = EVERY_DRAFT,
        before: DraftKey | None = None,
        at_most: int | None = None,
    ) -> int:
        """Return how many drafts have one of the statuses, all or those before a key.

        No more than `at_most` are looked at.
        """

    def assign(self, draft_ids: Iterable[DraftId], *, to: str | None) -> None:
        """Give these drafts to somebody to read; None: to anybody."""

    def assignee(self, draft_id: DraftId) -> str | None:
        """Return to whom a draft was given."""

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Draft, ...]:
        """Return an outreach's drafts, oldest first."""

    def approve(self, approval: Approval) -> None:
        """Store an approval."""

    def approval(self, approval_id: ApprovalId) -> Approval | None:
        """Return an approval."""

    def approvals(self, approval_ids: Iterable[ApprovalId]) -> Mapping[ApprovalId, Approval]:
        """Return those of these approvals that there are."""

    def reject(self, rejection: Rejection) -> None:
        """Store a rejection."""

    def rejection(self, draft_id: DraftId) -> Rejection | None:
        """Return the rejection of a draft."""


class OpenedLetters(Protocol):
    """Who has which letter open on the desk."""

    def get(self, draft_id: DraftId) -> Opened | None:
        """Return who last opened a letter."""

    def held(self, now: datetime) -> tuple[Opened, ...]:
        """Return what is open at this moment, by letter."""

    def save(self, opened: Opened) -> None:
        """Insert or replace who has a letter open; raises BadInput where the letter is unknown."""

    def forget(self, *, until: datetime) -> None:
        """Remove what ran out by this moment."""


@dataclass(frozen=True, kw_only=True)
class MailboxLoad:
    """What a mailbox has sent: letters since a moment, and when the first and the last one of all left."""

    sent: int
    last_sent_at: datetime | None
    first_sent_at: datetime | None


class Deliveries(Protocol):
    """The outbox."""

    def get(self, delivery_id: DeliveryId) -> Delivery | None:
        """Return a delivery."""

    def add(self, delivery: Delivery) -> None:
        """Insert a delivery.

        Raises BadInput when this outreach and touch already have one that is not cancelled.
        """

    def move(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Store the delivery if state and owner are as expected, in one UPDATE; return whether they were."""

    def step(self, delivery: Delivery, *, expected: DeliveryState, owner: str | None) -> bool:
        """Do the same for how far it has come, and leave alone what was approved."""

    def claim(self, delivery_ids: Iterable[DeliveryId], *, owner: str, lease_until: datetime) -> int:
        """Take queued deliveries for a worker's handshake; return how many were still queued."""

    def due(self, *, now: datetime, limit: int) -> tuple[Delivery, ...]:
        """Return queued deliveries that are due: answers before the others, longest due first.

        Locked where the store can lock rows.
        """

    def expired(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries in handshake or data whose lease has ended."""

    def list(self, *, states: Iterable[DeliveryState] | None = None) -> tuple[Delivery, ...]:
        """Return deliveries by creation, all or those in the given states."""

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Delivery, ...]:
        """Return an outreach's deliveries by touch."""

    def left_of(self, outreach_ids: Iterable[OutreachId]) -> tuple[Delivery, ...]:
        """Return the deliveries of these outreach rows that left, or may have (data, uncertain)."""

    def with_message_id(self, message_ids: Iterable[str]) -> tuple[Delivery, ...]:
        """Return the deliveries that carry one of these Message-IDs."""

    def any_left(self) -> bool:
        """Return whether any letter ever left, or may have (data, uncertain)."""

    def left_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many letters of a campaign left, or may have (data, uncertain), since a moment."""

    def load(self, mailbox: str, *, since: datetime) -> MailboxLoad:
        """Return what a mailbox has sent, or may have sent (data, uncertain), since a moment."""


class Handovers(Protocol):
    """Direct messages that people copy by hand."""

    def get(self, handover_id: HandoverId) -> Handover | None:
        """Return a handover."""

    def add(self, handover: Handover) -> None:
        """Insert a handover.

        Raises BadInput when this outreach and touch already have one that is not cancelled.
        """

    def move(self, handover: Handover, *, expected: HandoverState, by: str | None) -> bool:
        """Store the handover if state and person are as expected, in one UPDATE; return whether they were."""

    def list(self, *, states: Iterable[HandoverState] | None = None) -> tuple[Handover, ...]:
        """Return handovers by creation, all or those in the given states."""

    def count(self, *, states: Iterable[HandoverState]) -> int:
        """Return how many handovers are in one of the states."""

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Handover, ...]:
        """Return an outreach's handovers by touch."""

    def gone_of(self, outreach_ids: Iterable[OutreachId]) -> tuple[Handover, ...]:
        """Return the handovers of these outreach rows that went, or may have (copying)."""

    def gone_for(self, campaign_id: CampaignId, *, since: datetime) -> int:
        """Return how many messages of a campaign went, or may have (copying), since a moment."""


class Inbox(Protocol):
    """Raw mail and what was made of it."""

    def last_uid(self, account: str, folder: str, uidvalidity: int) -> int:
        """Return the highest UID of this folder that was given to `add`, 0 for none."""

    def add(self, mail: InboundMail) -> bool:
        """Store a raw mail; return False where it is there already, by its place or by its content."""

    def unread(self) -> tuple[InboundMail, ...]:
        """Return mails of which nothing has been made yet, oldest first."""

    def file(self, reply: Reply) -> None:
        """Store what was made of a mail, replacing what was made of it before."""

    def mail(self, inbound_id: InboundId) -> InboundMail | None:
        """Return a raw mail."""

    def replies(self, *, outreach_id: OutreachId | None = None) -> tuple[Reply, ...]:
        """Return what is on file, oldest first, for one outreach or all."""

    def replies_to(self, outreach_ids: Iterable[OutreachId]) -> tuple[Reply, ...]:
        """Return what is on file for these outreach rows, oldest first."""

    def answered(
        self, outreach_ids: Iterable[OutreachId], *, but: Iterable[ReplyKind]
    ) -> frozenset[OutreachId]:
        """Return which of these have a reply on file that is of none of the kinds in `but`."""


class Suppressions(Protocol):
    """Keyed hashes of addresses that are never written to again."""

    def add(self, fingerprint: str, *, reason: str, at: datetime) -> None:
        """Remember an address; a second time changes nothing."""

    def has(self, fingerprint: str) -> bool:
        """Return whether this address must not be written to."""


class Journal(Protocol):
    """Who did what to which thing, when and why; rows are only added, and blanked for an erased person."""

    def add(self, *entries: Entry) -> None:
        """Append rows."""

    def note(self, entry: Entry) -> Mark:
        """Append a row and return its place, which is the newest one."""

    def newest(self) -> Mark | None:
        """Return the place of the newest row."""

    def moment(self, number: int) -> datetime | None:
        """Return when the row of a number was written; None where there is none."""

    def of(self, subject: str) -> tuple[Entry, ...]:
        """Return the rows about one thing, oldest first."""

    def chain(self) -> Iterator[Chained]:
        """Give every row with its link, by number, some at a time, while the view is open."""


class Accounts(Protocol):
    """People who may log in."""

    def get(self, email: str) -> Account | None:
        """Return an account, whatever the case of the address."""

    def save(self, account: Account) -> None:
        """Insert or replace an account."""

    def remove(self, email: str) -> None:
        """Take an account away, whatever the case of the address; nothing happens where there is none."""

    def all(self) -> tuple[Account, ...]:
        """Return every account by its address, case aside."""

    def count(self) -> int:
        """Return how many accounts there are."""


class Paces(Protocol):
    """How long people take over a letter, each for themselves."""

    def get(self, who: str) -> Pace | None:
        """Return somebody's pace, whatever the case of the address."""

    def save(self, pace: Pace) -> None:
        """Insert or replace somebody's pace."""


class Mailboxes(Protocol):
    """Mailboxes that were stopped, and what counts against each; nothing in here is about a recipient."""

    def get(self, address: str) -> Mailbox | None:
        """Return a mailbox that was stopped at least once."""

    def save(self, mailbox: Mailbox) -> None:
        """Insert or replace a mailbox."""

    def paused(self) -> tuple[Mailbox, ...]:
        """Return the mailboxes from which nothing may leave, by address."""

    def note(self, address: str, trouble: Trouble, *, at: datetime) -> None:
        """Count a trouble against a mailbox."""

    def troubles(self, address: str, *, since: datetime) -> Counter[Trouble]:
        """Return how many troubles a mailbox met since a moment."""


class Leases(Protocol):
    """Roles that one process holds at a time."""

    def take(self, role: str, *, owner: str, until: datetime, now: datetime) -> bool:
        """Take or renew a role; return False while another owner's lease runs."""

    def release(self, role: str, *, owner: str) -> None:
        """Give a role back; nothing happens where another owner holds it."""


class Changes(Protocol):
    """Whether somebody changed something between two writing transactions of one worker."""

    def mark(self) -> object:
        """Return what the store will be like after this transaction; asked as its last word."""

    def none_since(self, mark: object) -> bool:
        """Return whether the store is as the transaction that took this mark left it.

        Asked before anything is changed. A store that cannot tell says no.
        """


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """One consistent view of the store; writes appear together or not at all."""

    creators: Creators
    brands: Brands
    outreach: Outreaches
    drafts: Drafts
    opened: OpenedLetters
    deliveries: Deliveries
    handovers: Handovers
    inbox: Inbox
    suppressions: Suppressions
    journal: Journal
    accounts: Accounts
    paces: Paces
    leases: Leases
    mailboxes: Mailboxes
    briefs: Briefs
    privacy: Privacy
    texts: TextVersions
    answers: Answers
    spending: Spending
    tallies: Tallies
    changes: Changes


class Store(Protocol):
    """Everything that must survive. A `write()` that ends with an exception leaves nothing behind."""

    def read(self) -> AbstractContextManager[Transaction]:
        """Open a view that changes nothing."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Open a transaction that holds the right to write from its first line on."""

    def compact(self) -> None:
        """Leave nothing of what was deleted in the store's files, where it has files of its own.

        Raises Unavailable where that is not possible now.
        """
