"""The inbox, suppressions, the journal, accounts and leases, in memory."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from secrets import token_bytes

from agent.adapters.memory.tables import Known, Lease, Tables, require
from agent.domain.chain import SALT_BYTES, Chained, linked
from agent.domain.ids import InboundId, OutreachId
from agent.domain.pace import Pace
from agent.domain.people import Account, Entry
from agent.domain.replies import InboundMail, Reply, ReplyKind
from agent.domain.restored import Mark
from agent.ports import Suppression


class MemoryInbox:
    """The inbox; the same mail twice changes nothing."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def last_uid(self, account: str, folder: str, uidvalidity: int) -> int:
        """Return the highest UID of this folder that was stored or known, 0 for none."""
        place = (account, folder, uidvalidity)
        known = self._tables.known_mails.values()
        uids = (mail.uid for mail in known if (mail.account, mail.folder, mail.uidvalidity) == place)
        return max(*uids, self._tables.read_folders.get(place, 0), 0)

    def add(self, mail: InboundMail) -> bool:
        """Store a raw mail; return False where it is there already, by its place or by its content."""
        known = Known(
            account=mail.account,
            folder=mail.folder,
            uidvalidity=mail.uidvalidity,
            uid=mail.uid,
            digest=mail.digest,
        )
        if any(_same(known, other) for other in self._tables.known_mails.values()):
            place = (mail.account, mail.folder, mail.uidvalidity)
            self._tables.read_folders[place] = max(mail.uid, self.last_uid(*place))
            return False
        require(mail.id not in self._tables.known_mails, f"Another mail is stored under the name {mail.id}.")
        self._tables.known_mails[mail.id] = known
        self._tables.mails[mail.id] = mail
        return True

    def unread(self) -> tuple[InboundMail, ...]:
        """Return mails of which nothing has been made yet, oldest first."""
        replies = self._tables.replies
        mails = (mail for mail in self._tables.mails.values() if mail.id not in replies)
        return tuple(sorted(mails, key=lambda mail: (mail.received_at, mail.uid, mail.id)))

    def file(self, reply: Reply) -> None:
        """Store what was made of a mail, replacing what was made of it before.

        Raises BadInput where the mail, or the outreach it is said to answer, is unknown.
        """
        tables = self._tables
        others = (other.id for key, other in tables.replies.items() if key != reply.inbound_id)
        known = reply.outreach_id is None or reply.outreach_id in tables.outreach
        require(
            reply.inbound_id in tables.known_mails and known and reply.id not in others,
            f"The mail or the outreach of reply {reply.id} is not stored, or its name is taken.",
        )
        tables.replies[reply.inbound_id] = reply

    def mail(self, inbound_id: InboundId) -> InboundMail | None:
        """Return a raw mail; None for an erased person's, of which only the place is kept."""
        return self._tables.mails.get(inbound_id)

    def replies(self, *, outreach_id: OutreachId | None = None) -> tuple[Reply, ...]:
        """Return what is on file, oldest first, for one outreach or all."""
        replies = (
            reply
            for reply in self._tables.replies.values()
            if outreach_id is None or reply.outreach_id == outreach_id
        )
        return tuple(sorted(replies, key=lambda reply: (reply.received_at, reply.id)))

    def replies_to(self, outreach_ids: Iterable[OutreachId]) -> tuple[Reply, ...]:
        """Return what is on file for these outreach rows, oldest first."""
        wanted = set(outreach_ids)
        return tuple(reply for reply in self.replies() if reply.outreach_id in wanted)

    def answered(
        self, outreach_ids: Iterable[OutreachId], *, but: Iterable[ReplyKind]
    ) -> frozenset[OutreachId]:
        """Return which of these have a reply on file that is of none of the kinds in `but`."""
        asked, silent = set(outreach_ids), set(but)
        replies = self._tables.replies.values()
        return frozenset(
            reply.outreach_id
            for reply in replies
            if reply.outreach_id is not None and reply.outreach_id in asked and reply.kind not in silent
        )


class MemorySuppressions:
    """Keyed hashes of addresses that are never written to again."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, fingerprint: str, *, reason: str, at: datetime) -> None:
        """Remember an address; a second time changes nothing."""
        if fingerprint not in self._tables.suppressions:
            self._tables.suppressions[fingerprint] = Suppression(reason=reason, at=at)

    def has(self, fingerprint: str) -> bool:
        """Return whether this address must not be written to."""
        return fingerprint in self._tables.suppressions


class MemoryJournal:
    """Who did what to which thing, when and why; rows are only ever added."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def add(self, *entries: Entry) -> None:
        """Append rows."""
        for entry in entries:
            self.note(entry)

    def note(self, entry: Entry) -> Mark:
        """Append a row and return its place."""
        tables = self._tables
        number = len(tables.journal) + 1
        before = tables.links[number - 1].own if number > 1 else b""
        salts = (token_bytes(SALT_BYTES), token_bytes(SALT_BYTES))
        tables.journal[number] = entry
        tables.links[number] = linked(entry, number=number, before=before, salts=salts)
        return Mark(number=number, at=entry.at)

    def newest(self) -> Mark | None:
        """Return the place of the newest row."""
        number = len(self._tables.journal)
        return Mark(number=number, at=self._tables.journal[number].at) if number else None

    def moment(self, number: int) -> datetime | None:
        """Return when the row of a number was written; None where there is none."""
        entry = self._tables.journal.get(number)
        return entry.at if entry is not None else None

    def of(self, subject: str) -> tuple[Entry, ...]:
        """Return the rows about one thing, oldest first."""
        rows = (entry for entry in self._tables.journal.values() if entry.subject == subject)
        return tuple(sorted(rows, key=lambda entry: entry.at))

    def chain(self) -> Iterator[Chained]:
        """Give every row with its link, by number."""
        tables = self._tables
        for number, entry in sorted(tables.journal.items()):
            yield Chained(number=number, entry=entry, link=tables.links.get(number))


class MemoryAccounts:
    """People who may log in."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, email: str) -> Account | None:
        """Return an account, whatever the case of the address."""
        return self._tables.accounts.get(email.casefold())

    def save(self, account: Account) -> None:
        """Insert or replace an account."""
        self._tables.accounts[account.email.casefold()] = account

    def remove(self, email: str) -> None:
        """Take an account away, whatever the case of the address; nothing happens where there is none."""
        self._tables.accounts.pop(email.casefold(), None)

    def all(self) -> tuple[Account, ...]:
        """Return every account by its address, case aside."""
        return tuple(account for _, account in sorted(self._tables.accounts.items()))

    def count(self) -> int:
        """Return how many accounts there are."""
        return len(self._tables.accounts)


class MemoryPaces:
    """How long people take over a letter."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, who: str) -> Pace | None:
        """Return somebody's pace, whatever the case of the address."""
        return self._tables.paces.get(who.casefold())

    def save(self, pace: Pace) -> None:
        """Insert or replace somebody's pace."""
        self._tables.paces[pace.who.casefold()] = pace


class MemoryLeases:
    """Roles that one process holds at a time."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def take(self, role: str, *, owner: str, until: datetime, now: datetime) -> bool:
        """Take or renew a role; return False while another owner's lease runs."""
        lease = self._tables.leases.get(role)
        if lease is not None and lease.owner != owner and lease.until > now:
            return False
        self._tables.leases[role] = Lease(owner=owner, until=until)
        return True

    def release(self, role: str, *, owner: str) -> None:
        """Give a role back; nothing happens where another owner holds it."""
        lease = self._tables.leases.get(role)
        if lease is not None and lease.owner == owner:
            del self._tables.leases[role]


def _same(one: Known, other: Known) -> bool:
    if one.account != other.account:
        return False
    same_place = (one.folder, one.uidvalidity, one.uid) == (other.folder, other.uidvalidity, other.uid)
    return same_place or one.digest == other.digest
