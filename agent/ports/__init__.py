"""What the use-cases need from the world, as Protocols, and the frozen bundle that carries it."""

from collections.abc import Mapping
from dataclasses import dataclass

from agent.ports.mail import Attempt, Fetched, Mailer, MailReader, Outcome
from agent.ports.similarity import BuildReport, IndexStatus, Passage, Progress, Ranked, Similarity
from agent.ports.store import (
    Accounts,
    Brands,
    CreatorColumns,
    Creators,
    Deliveries,
    Drafts,
    Inbox,
    Journal,
    Leases,
    MailboxLoad,
    Outreaches,
    Store,
    Suppressions,
    Transaction,
)
from agent.ports.surroundings import Clock, Fingerprints, Ids, Languages, Links, Passwords
from agent.ports.writing import Assignment, Earlier, Writer, Written

__all__ = [
    "Accounts",
    "Assignment",
    "Attempt",
    "Brands",
    "BuildReport",
    "Clock",
    "CreatorColumns",
    "Creators",
    "Deliveries",
    "Drafts",
    "Earlier",
    "Fetched",
    "Fingerprints",
    "Ids",
    "Inbox",
    "IndexStatus",
    "Journal",
    "Languages",
    "Leases",
    "Links",
    "MailReader",
    "MailboxLoad",
    "Mailer",
    "Outcome",
    "Outreaches",
    "Passage",
    "Passwords",
    "Ports",
    "Progress",
    "Ranked",
    "Similarity",
    "Store",
    "Suppressions",
    "Transaction",
    "Writer",
    "Written",
]


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
