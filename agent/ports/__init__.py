"""What the use-cases need from the world, as Protocols, and the frozen bundle that carries it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from agent.domain.replies import Sense
from agent.domain.taken import Manners
from agent.ports.briefing import BriefFolder, Briefing, Briefs, Law, Typesetter
from agent.ports.expanding import Expander, Expanding, Expansion, Kept, KeptExpansions
from agent.ports.judging import Judge, look_each_time
from agent.ports.labelling import Labeller
from agent.ports.mail import Attempt, Fetched, Mailer, MailReader, Outcome, SentMail, SentSearch
from agent.ports.marks import KeptMark, MarkInMind, Marks
from agent.ports.privacy import (
    ERASED,
    FORGOTTEN,
    Erasure,
    FilesSearched,
    HomeFiles,
    LettersRemoved,
    Privacy,
    Suppression,
    Traces,
)
from agent.ports.recalling import Recall
from agent.ports.similarity import (
    BuildReport,
    IndexStatus,
    NicheShare,
    Passage,
    Progress,
    Ranked,
    Similarity,
)
from agent.ports.sources import BrandFiles, Tree
from agent.ports.spending import (
    Allowance,
    Answers,
    Ceiling,
    KeptAnswer,
    Purse,
    Reservation,
    Spending,
    Spent,
)
from agent.ports.store import (
    EVERY_DRAFT,
    Accounts,
    Brands,
    CreatorColumns,
    Creators,
    Deliveries,
    DraftFilter,
    DraftKey,
    DraftLine,
    Drafts,
    Handovers,
    Inbox,
    Journal,
    Leases,
    Mailboxes,
    MailboxLoad,
    Outreaches,
    Store,
    Suppressions,
    Transaction,
)
from agent.ports.surroundings import Clock, Fingerprints, Ids, Languages, Links, Passwords
from agent.ports.texts import TextVersions
from agent.ports.writing import Answering, Assignment, Earlier, LimitedWriter, Writer, Written

__all__ = [
    "ERASED",
    "EVERY_DRAFT",
    "FORGOTTEN",
    "Accounts",
    "Allowance",
    "Answering",
    "Answers",
    "Assignment",
    "Attempt",
    "BrandFiles",
    "Brands",
    "BriefFolder",
    "Briefing",
    "Briefs",
    "BuildReport",
    "Ceiling",
    "Clock",
    "CreatorColumns",
    "Creators",
    "Deliveries",
    "DraftFilter",
    "DraftKey",
    "DraftLine",
    "Drafts",
    "Earlier",
    "Erasure",
    "Expander",
    "Expanding",
    "Expansion",
    "Fetched",
    "FilesSearched",
    "Fingerprints",
    "Handovers",
    "Holiday",
    "HomeFiles",
    "Ids",
    "Inbox",
    "IndexStatus",
    "Journal",
    "Judge",
    "Kept",
    "KeptAnswer",
    "KeptExpansions",
    "KeptMark",
    "Labeller",
    "Languages",
    "Law",
    "Leases",
    "LettersRemoved",
    "LimitedWriter",
    "Links",
    "MailReader",
    "MailboxLoad",
    "Mailboxes",
    "Mailer",
    "MarkInMind",
    "Marks",
    "NicheShare",
    "Outcome",
    "Outreaches",
    "Passage",
    "Passwords",
    "Ports",
    "Privacy",
    "Progress",
    "Purse",
    "Ranked",
    "Recall",
    "Reservation",
    "SentMail",
    "SentSearch",
    "Sign",
    "Similarity",
    "Spending",
    "Spent",
    "Store",
    "Suppression",
    "Suppressions",
    "TextVersions",
    "Traces",
    "Transaction",
    "Tree",
    "Typesetter",
    "Writer",
    "Written",
    "no_holiday",
    "unsigned",
]


Sign = Callable[[bytes, str], bytes]
"""Puts a signature before a letter's bytes, for a sender's address."""


def unsigned(raw: bytes, _sender: str) -> bytes:
    """Leave a letter as it is."""
    return raw


Holiday = Callable[[str | None, date], str]
"""The public holiday of a country on a day; empty on other days."""


def no_holiday(_country: str | None, _day: date) -> str:
    """Know no holiday."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Everything a use-case may touch. `writers` by name; `mail_reader` is None where none is configured.

    `more_readers` read mailboxes besides it. `sent_mail` is None where no place is known in which a letter
    that went leaves a copy. `expanding` is None where queries are not to be expanded, `labeller` where no
    model reads answers, `sense` where rules alone read them;
    `closers` are called by `close`. `judge` is the gate, always the whole of it; a rehearsal asks it once for
    each text and remembers what it said. `holiday` names the public holiday of a country on a day; `sign`
    signs what was approved, once. `recall` is a memory and no port, `manners` the house's patience with
    people who do not answer.
    """

    clock: Clock
    ids: Ids
    links: Links
    fingerprints: Fingerprints
    passwords: Passwords
    languages: Languages
    store: Store
    similarity: Similarity
    home_files: HomeFiles
    writers: Mapping[str, Writer]
    mailer: Mailer
    mail_reader: MailReader | None
    worker: str
    briefing: Briefing
    brand_files: BrandFiles
    more_readers: tuple[MailReader, ...] = ()
    sent_mail: SentMail | None = None
    expanding: Expanding | None = None
    labeller: Labeller | None = None
    sense: Sense | None = None
    judge: Judge = look_each_time
    marks: Marks = field(default_factory=MarkInMind)
    holiday: Holiday = no_holiday
    sign: Sign = unsigned
    recall: Recall = field(default_factory=Recall)
    manners: Manners = field(default_factory=Manners)
    closers: tuple[Callable[[], None], ...] = ()

    @property
    def readers(self) -> tuple[MailReader, ...]:
        """Every mailbox that is read."""
        return (*((self.mail_reader,) if self.mail_reader is not None else ()), *self.more_readers)

    def close(self) -> None:
        """Give back what the adapters hold open: connections to a model."""
        for close in self.closers:
            close()
