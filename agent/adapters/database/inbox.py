"""Raw mail and what was made of it, in SQL."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import and_, bindparam, delete, func, insert, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from agent.adapters.database.statements import add, batches, changed, fetch, put, refusing, values
from agent.adapters.database.tables import UNREAD, InboundRow, ReadFolderRow, ReplyRow, Row
from agent.adapters.database.work import Work
from agent.domain.ids import InboundId, OutreachId, ReplyId
from agent.domain.replies import InboundMail, Reply, ReplyKind

_REPLIES = Row.metadata.tables["replies"]
_TO_THESE = columns(_REPLIES).where(_REPLIES.c.outreach_id.in_(bindparam("these", expanding=True)))


class SqlInbox:
    """The inbox; the same mail twice changes nothing."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def last_uid(self, account: str, folder: str, uidvalidity: int) -> int:
        """Return the highest UID of this folder that was stored or known, 0 for none."""
        copied = fetch(self._work, ReadFolderRow, account, folder, uidvalidity)
        query = select(func.max(InboundRow.uid)).where(
            col(InboundRow.account) == account,
            col(InboundRow.folder) == folder,
            col(InboundRow.uidvalidity) == uidvalidity,
        )
        return max(self._work.orm.exec(query).one() or 0, copied.uid if copied is not None else 0)

    def add(self, mail: InboundMail) -> bool:
        """Store a raw mail; return False where it is there already, by its place or by its content."""
        if self._has(mail):
            self._note_place(mail)
            return False
        row = InboundRow(
            id=mail.id,
            account=mail.account,
            folder=mail.folder,
            uidvalidity=mail.uidvalidity,
            uid=mail.uid,
            digest=mail.digest,
            raw=mail.raw,
            received_at=mail.received_at,
            filed=False,
        )
        add(self._work, row, otherwise=f"Another mail is stored under the name {mail.id}.")
        return True

    def unread(self) -> tuple[InboundMail, ...]:
        """Return mails of which nothing has been made yet, oldest first."""
        query = select(InboundRow).where(UNREAD)
        order = (col(InboundRow.received_at), col(InboundRow.uid), col(InboundRow.id))
        mails = map(_mail_of, self._work.orm.exec(query.order_by(*order)))
        return tuple(mail for mail in mails if mail is not None)

    def file(self, reply: Reply) -> None:
        """Store what was made of a mail, replacing what was made of it before.

        Raises BadInput where the mail, or the outreach it is said to answer, is unknown.
        """
        row = ReplyRow(
            id=reply.id,
            inbound_id=reply.inbound_id,
            outreach_id=reply.outreach_id,
            kind=reply.kind.value,
            until=reply.until,
            from_address=reply.from_address,
            subject=reply.subject,
            text=reply.text,
            received_at=reply.received_at,
        )
        otherwise = f"The mail or the outreach of reply {reply.id} is not stored, or its name is taken."
        former = delete(ReplyRow).where(col(ReplyRow.inbound_id) == reply.inbound_id)
        filed = update(InboundRow).where(col(InboundRow.id) == reply.inbound_id).values(filed=True)
        with refusing(self._work, otherwise):
            changed(self._work, former)
            self._work.orm.execute(insert(ReplyRow), values(row))
            changed(self._work, filed)

    def mail(self, inbound_id: InboundId) -> InboundMail | None:
        """Return a raw mail; None for an erased person's, of which only the place is kept."""
        row = fetch(self._work, InboundRow, inbound_id)
        return _mail_of(row) if row is not None else None

    def replies(self, *, outreach_id: OutreachId | None = None) -> tuple[Reply, ...]:
        """Return what is on file, oldest first, for one outreach or all."""
        query = select(ReplyRow)
        if outreach_id is not None:
            return self.replies_to((outreach_id,))
        ordered = query.order_by(col(ReplyRow.received_at), col(ReplyRow.id))
        return tuple(map(_reply_of, self._work.orm.exec(ordered)))

    def replies_to(self, outreach_ids: Iterable[OutreachId]) -> tuple[Reply, ...]:
        """Return what is on file for these outreach rows, oldest first."""
        connection = self._work.connection()
        rows = (
            row
            for some in batches(dict.fromkeys(outreach_ids))
            for row in connection.execute(_TO_THESE, {"these": some})
        )
        return tuple(sorted(map(_reply_of, rows), key=lambda reply: (reply.received_at, reply.id)))

    def answered(
        self, outreach_ids: Iterable[OutreachId], *, but: Iterable[ReplyKind]
    ) -> frozenset[OutreachId]:
        """Return which of these have a reply on file that is of none of the kinds in `but`."""
        silent = [kind.value for kind in but]
        found: set[OutreachId] = set()
        for some in batches(outreach_ids):
            query = select(ReplyRow.outreach_id).where(
                col(ReplyRow.outreach_id).in_(some), col(ReplyRow.kind).not_in(silent)
            )
            found.update(OutreachId(name) for name in self._work.orm.exec(query) if name is not None)
        return frozenset(found)

    def _note_place(self, mail: InboundMail) -> None:
        """Remember how far the folder was read, so that a copy of a known mail is fetched once."""
        place = (mail.account, mail.folder, mail.uidvalidity)
        if mail.uid <= self.last_uid(*place):
            return
        row = ReadFolderRow(
            account=mail.account, folder=mail.folder, uidvalidity=mail.uidvalidity, uid=mail.uid
        )
        put(self._work, row, otherwise=f"The folder {mail.folder} was read by another at the same moment.")

    def _has(self, mail: InboundMail) -> bool:
        same_place = and_(
            col(InboundRow.folder) == mail.folder,
            col(InboundRow.uidvalidity) == mail.uidvalidity,
            col(InboundRow.uid) == mail.uid,
        )
        same = or_(same_place, col(InboundRow.digest) == mail.digest)
        query = select(InboundRow.id).where(col(InboundRow.account) == mail.account, same)
        return self._work.orm.exec(query.limit(1)).first() is not None


def _mail_of(row: InboundRow | Record[Any]) -> InboundMail | None:
    if row.raw is None:
        return None
    return InboundMail(
        id=InboundId(row.id),
        account=row.account,
        folder=row.folder,
        uidvalidity=row.uidvalidity,
        uid=row.uid,
        digest=row.digest,
        raw=row.raw,
        received_at=row.received_at,
    )


def _reply_of(row: ReplyRow | Record[Any]) -> Reply:
    return Reply(
        id=ReplyId(row.id),
        inbound_id=InboundId(row.inbound_id),
        outreach_id=OutreachId(row.outreach_id) if row.outreach_id is not None else None,
        kind=ReplyKind(row.kind),
        until=row.until,
        from_address=row.from_address,
        subject=row.subject,
        text=row.text,
        received_at=row.received_at,
    )
