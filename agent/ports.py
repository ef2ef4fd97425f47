"""What the use-cases need from the world, as Protocols, and the frozen bundle that carries it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from agent.domain.brand import Brand, Campaign
from agent.domain.creator import Creator
from agent.domain.delivery import Delivery, DeliveryState
from agent.domain.draft import Approval, Draft, DraftStatus, Finding, Origin, Rejection, Usage
from agent.domain.fit import Reason
from agent.domain.ids import (
    ApprovalId,
    BrandId,
    CampaignId,
    CreatorId,
    DeliveryId,
    DraftId,
    InboundId,
    OutreachId,
)
from agent.domain.letter import Words
from agent.domain.outreach import Outreach
from agent.domain.people import Account, Entry
from agent.domain.replies import InboundMail, Reply
from agent.domain.seal import ApprovedLetter

# --- time, names, secrets -------------------------------------------------------------------------


class Clock(Protocol):
    """The only source of time; a use-case reads it once."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class Ids(Protocol):
    """Makes names that nobody can guess."""

    def new(self, prefix: str) -> str:
        """Return a fresh name such as `d-7k3f9q2m`, at least 50 bits of randomness after the prefix."""


class Links(Protocol):
    """Addresses in the world that belong to one outreach; None where no public URL is configured."""

    def unsubscribe(self, outreach_id: OutreachId) -> str | None:
        """Return the https address under which this person can object."""

    def outreach_of(self, token: str) -> OutreachId | None:
        """Return whose unsubscribe token this is; None for one that is not ours."""


class Fingerprints(Protocol):
    """Keyed hashes, so that an erased person is remembered without being known."""

    def of(self, email: str) -> str:
        """Return the keyed hash of an address, the same whatever its case."""


class Passwords(Protocol):
    """Hashes passwords so that only the right one matches."""

    def hash(self, password: str) -> str:
        """Return a salted hash."""

    def matches(self, password: str, hashed: str) -> bool:
        """Return whether the password made this hash; takes as long for a wrong one."""


class Languages(Protocol):
    """Tells which language a text is written in."""

    def detect(self, text: str) -> str | None:
        """Return ISO 639-1, or None where the text is too short or too mixed to say."""


# --- the store ------------------------------------------------------------------------------------


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

    def save(self, outreach: Outreach) -> None:
        """Insert or replace an outreach; creator and campaign together are unique."""

    def of_campaign(self, campaign_id: CampaignId) -> tuple[Outreach, ...]:
        """Return a campaign's outreach rows, best fit first, ties by id."""

    def of_creators(self, creator_ids: Iterable[CreatorId]) -> tuple[Outreach, ...]:
        """Return every outreach to these creators, oldest first."""

    def due(self, *, now: datetime, limit: int) -> tuple[Outreach, ...]:
        """Return outreach rows whose `next_touch_at` has come, earliest first."""


class Drafts(Protocol):
    """Drafts and the decisions about them."""

    def get(self, draft_id: DraftId) -> Draft | None:
        """Return a draft."""

    def save(self, draft: Draft) -> None:
        """Insert or replace a draft."""

    def settle(self, draft: Draft, *, expected: DraftStatus) -> bool:
        """Store the draft if it still has the expected status, in one UPDATE; return whether it had."""

    def page(
        self,
        *,
        statuses: Iterable[DraftStatus],
        campaign_id: CampaignId | None = None,
        after: tuple[datetime, DraftId] | None = None,
        limit: int = 50,
    ) -> tuple[Draft, ...]:
        """Return drafts by (created_at, id) after the given key, at most `limit`."""

    def count(self, *, statuses: Iterable[DraftStatus], campaign_id: CampaignId | None = None) -> int:
        """Return how many drafts have one of the statuses."""

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Draft, ...]:
        """Return an outreach's drafts, oldest first."""

    def approve(self, approval: Approval) -> None:
        """Store an approval."""

    def approval(self, approval_id: ApprovalId) -> Approval | None:
        """Return an approval."""

    def reject(self, rejection: Rejection) -> None:
        """Store a rejection."""

    def rejection(self, draft_id: DraftId) -> Rejection | None:
        """Return the rejection of a draft."""


@dataclass(frozen=True, kw_only=True)
class MailboxLoad:
    """What a mailbox has sent: letters since a moment, and when the last one left."""

    sent: int
    last_sent_at: datetime | None


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

    def next_due(self, *, now: datetime) -> Delivery | None:
        """Return the queued delivery that has been due longest, locked where the store can lock rows."""

    def expired(self, *, now: datetime) -> tuple[Delivery, ...]:
        """Return deliveries in handshake or data whose lease has ended."""

    def list(self, *, states: Iterable[DeliveryState] | None = None) -> tuple[Delivery, ...]:
        """Return deliveries by creation, all or those in the given states."""

    def of_outreach(self, outreach_id: OutreachId) -> tuple[Delivery, ...]:
        """Return an outreach's deliveries by touch."""

    def with_message_id(self, message_ids: Iterable[str]) -> tuple[Delivery, ...]:
        """Return the deliveries that carry one of these Message-IDs."""

    def load(self, mailbox: str, *, since: datetime) -> MailboxLoad:
        """Return what a mailbox has sent, or may have sent (data, uncertain), since a moment."""


class Inbox(Protocol):
    """Raw mail and what was made of it."""

    def last_uid(self, account: str, folder: str, uidvalidity: int) -> int:
        """Return the highest UID stored of this folder, 0 for none."""

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


class Suppressions(Protocol):
    """Keyed hashes of addresses that are never written to again."""

    def add(self, fingerprint: str, *, reason: str, at: datetime) -> None:
        """Remember an address; a second time changes nothing."""

    def has(self, fingerprint: str) -> bool:
        """Return whether this address must not be written to."""


class Journal(Protocol):
    """Who did what to which thing, when and why; rows are only ever added."""

    def add(self, entry: Entry) -> None:
        """Append a row."""

    def of(self, subject: str) -> tuple[Entry, ...]:
        """Return the rows about one thing, oldest first."""


class Accounts(Protocol):
    """People who may log in."""

    def get(self, email: str) -> Account | None:
        """Return an account, whatever the case of the address."""

    def save(self, account: Account) -> None:
        """Insert or replace an account."""

    def count(self) -> int:
        """Return how many accounts there are."""


class Leases(Protocol):
    """Roles that one process holds at a time."""

    def take(self, role: str, *, owner: str, until: datetime, now: datetime) -> bool:
        """Take or renew a role; return False while another owner's lease runs."""

    def release(self, role: str, *, owner: str) -> None:
        """Give a role back; nothing happens where another owner holds it."""


@dataclass(frozen=True, kw_only=True)
class Transaction:
    """One consistent view of the store; writes appear together or not at all."""

    creators: Creators
    brands: Brands
    outreach: Outreaches
    drafts: Drafts
    deliveries: Deliveries
    inbox: Inbox
    suppressions: Suppressions
    journal: Journal
    accounts: Accounts
    leases: Leases


class Store(Protocol):
    """Everything that must survive. A `write()` that ends with an exception leaves nothing behind."""

    def read(self) -> AbstractContextManager[Transaction]:
        """Open a view that changes nothing."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Open a transaction that holds the right to write from its first line on."""


# --- similarity -----------------------------------------------------------------------------------


class Progress(Protocol):
    """Told about long work as it goes on."""

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` pieces are finished."""


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A creator as the index ranks it."""

    creator_id: CreatorId
    score: float
    similarity: float


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A text of a creator that carries a query: `number` is a post's id, or the bio's."""

    number: int
    score: float


@dataclass(frozen=True, kw_only=True)
class BuildReport:
    """What a build did: texts embedded, taken from earlier builds, and dropped; creators in the index."""

    embedded: int
    reused: int
    removed: int
    creators: int
    seconds: float


@dataclass(frozen=True, kw_only=True)
class IndexStatus:
    """What the index holds, and whether it is the store's present state."""

    exists: bool
    model: str
    creators: int
    passages: int
    source: str
    problem: str = ""


class Similarity(Protocol):
    """Finds creators whose own words are near a text."""

    def build(self, creators: Iterable[Creator], *, source: str, progress: Progress) -> BuildReport:
        """Embed what changed and put a new snapshot in place; resumable at any moment."""

    def status(self) -> IndexStatus:
        """Return what the index holds without loading a model."""

    def search(self, query: str, *, allowed: npt.NDArray[np.int64], limit: int) -> tuple[Ranked, ...]:
        """Return the best creators among those allowed; filters hold inside the search."""

    def evidence(
        self, queries: Sequence[str], creator_ids: Sequence[CreatorId], *, limit: int
    ) -> Mapping[CreatorId, tuple[tuple[Passage, ...], ...]]:
        """Return, per creator and query, the passages that carry it, best first, at most `limit`."""


# --- writing --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A letter of ours that this one follows, as the recipient got it."""

    touch: int
    sent_at: datetime
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """All that a writer may know: one creator, one brand, one campaign, nothing of anybody else.

    `reasons` are the passages that show the fit, best first; `thread` holds our earlier letters in order.
    `seed` makes a choice among equal forms repeatable.
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


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a writer made of an assignment."""

    words: Words
    origin: Origin
    usage: Usage


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


# --- mail -----------------------------------------------------------------------------------------


class Outcome(StrEnum):
    """What became of one attempt to send."""

    SENT = "sent"
    REFUSED = "refused"  # for good: this recipient or this message
    REFUSED_US = "refused_us"  # for good, but about our mailbox (5.7.x): nothing about the person
    DEFERRED = "deferred"  # temporary, nothing was accepted
    LOST_LEASE = "lost_lease"  # somebody else may own it by now; nothing was handed over
    UNKNOWN = "unknown"  # the connection ended after DATA: nobody knows


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """An outcome with the server's words."""

    outcome: Outcome
    detail: str = ""


class Mailer(Protocol):
    """Hands over an approved letter, and nothing else."""

    @property
    def where(self) -> str:
        """Where letters go, for people: a folder or a server, never a password."""

    def send(self, letter: ApprovedLetter, *, fence: Callable[[], bool]) -> Attempt:
        """Try once. `fence` is called after the recipient is accepted and before the text is handed over.

        When it returns False nothing is handed over. Never raises for what a server says or does.
        """

    def close(self) -> None:
        """End the connection, where there is one."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A message as a mailbox gives it."""

    folder: str
    uidvalidity: int
    uid: int
    raw: bytes


class MailReader(Protocol):
    """Reads a mailbox without marking anything."""

    @property
    def account(self) -> str:
        """The account's name, for people and for telling mailboxes apart."""

    def fetch(self, last_uid: Callable[[str, int], int]) -> Iterator[Fetched]:
        """Yield messages newer than `last_uid(folder, uidvalidity)`, oldest first.

        Raises Unavailable where the mailbox cannot be read.
        """


# --- the bundle -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything a use-case may touch. `writers` by name; `mail_reader` is None where none is configured."""

    clock: Clock
    ids: Ids
    links: Links
    fingerprints: Fingerprints
    passwords: Passwords
    languages: Languages
    store: Store
    similarity: Similarity
    writers: Mapping[str, Writer]
    mailer: Mailer
    mail_reader: MailReader | None
    worker: str
