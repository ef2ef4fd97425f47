"""How many of what there is, counted by the database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from agent.adapters.database.tables import Row
from agent.adapters.database.work import Work
from agent.domain.delivery import DeliveryState
from agent.domain.draft import DraftStatus
from agent.domain.ids import CampaignId
from agent.domain.outreach import OutreachStatus
from agent.domain.replies import ReplyKind

_TABLES = Row.metadata.tables
_OUTREACH = _TABLES["outreach"].c
_DRAFTS = _TABLES["drafts"].c
_REPLIES = _TABLES["replies"].c
_DELIVERIES = _TABLES["deliveries"].c
_SENT = _OUTREACH.touches_sent > 0


class SqlTallies:
    """Counts over whole tables, each from an index or over few rows."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def outreach(self) -> Mapping[tuple[CampaignId, OutreachStatus, bool], int]:
        """Return how many outreach rows a campaign has in a state, with a letter sent and without."""
        key = (_OUTREACH.campaign_id, _OUTREACH.status, _SENT)
        rows = self._rows(select(*key, func.count()).group_by(*key))
        return {(CampaignId(name), OutreachStatus(status), bool(sent)): n for name, status, sent, n in rows}

    def first_letters(self, statuses: Iterable[DraftStatus]) -> Mapping[tuple[CampaignId, DraftStatus], int]:
        """Return how many first letters a campaign has in each of these states."""
        key = (_DRAFTS.campaign_id, _DRAFTS.status)
        is_first = and_(_DRAFTS.touch == 1, _DRAFTS.answers.is_(None), _DRAFTS.status.in_(_names(statuses)))
        rows = self._rows(select(*key, func.count()).where(is_first).group_by(*key))
        return {(CampaignId(name), DraftStatus(status)): n for name, status, n in rows}

    def decided(self) -> Mapping[CampaignId, int]:
        """Return how many letters of a campaign are approved or rejected, of whatever kind."""
        done = _DRAFTS.status.in_(_names((DraftStatus.APPROVED, DraftStatus.REJECTED)))
        query = select(_DRAFTS.campaign_id, func.count()).where(done).group_by(_DRAFTS.campaign_id)
        return {CampaignId(name): n for name, n in self._rows(query)}

    def answered(self, *, but: Iterable[ReplyKind]) -> Mapping[CampaignId, int]:
        """Return how many people of a campaign wrote something that is of none of the kinds in `but`."""
        people = func.count(_REPLIES.outreach_id.distinct())
        query = (
            select(_OUTREACH.campaign_id, people)
            .where(_REPLIES.outreach_id == _OUTREACH.id, _REPLIES.kind.not_in(_names(but)))
            .group_by(_OUTREACH.campaign_id)
        )
        return {CampaignId(name): n for name, n in self._rows(query)}

    def unanswered(
        self, kinds: Iterable[ReplyKind], *, states: Iterable[OutreachStatus], drafted: Iterable[DraftStatus]
    ) -> int:
        """Return how many conversations in these states wait for us."""
        later = _TABLES["replies"].alias("later").c
        is_later = or_(
            later.received_at > _REPLIES.received_at,
            and_(later.received_at == _REPLIES.received_at, later.id > _REPLIES.id),
        )
        is_answered = and_(_DRAFTS.answers == _REPLIES.id, _DRAFTS.status.in_(_names(drafted)))
        return self._count(
            _REPLIES.outreach_id == _OUTREACH.id,
            _REPLIES.kind.in_(_names(kinds)),
            _OUTREACH.status.in_(_names(states)),
            ~exists().where(later.outreach_id == _REPLIES.outreach_id, is_later),
            ~exists().where(_DRAFTS.outreach_id == _REPLIES.outreach_id, is_answered),
        )

    def replies_since(self, at: datetime, kinds: Iterable[ReplyKind]) -> int:
        """Return how many replies of these kinds came from that moment on."""
        return self._count(_REPLIES.received_at >= at, _REPLIES.kind.in_(_names(kinds)))

    def leaving(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """Return how many queued letters are due before the first moment, and between each two of them."""
        waits = _DELIVERIES.state == DeliveryState.QUEUED.value
        return tuple(self._count(waits, *due) for due in _between(_DELIVERIES.due_at, moments))

    def following(self, moments: Sequence[datetime]) -> tuple[int, ...]:
        """Return how many next letters become due in the same way."""
        due = _between(_OUTREACH.next_touch_at, moments)
        return tuple(self._count(_OUTREACH.next_touch_at.is_not(None), *each) for each in due)

    def _rows(self, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
        return map(tuple, self._work.connection().execute(query))

    def _count(self, *conditions: ColumnElement[bool]) -> int:
        counted: int = self._work.connection().execute(select(func.count()).where(*conditions)).scalar_one()
        return counted


def _between(due: ColumnElement[Any], moments: Sequence[datetime]) -> list[tuple[ColumnElement[bool], ...]]:
    return [(due < moments[0],), *((due >= start, due < end) for start, end in pairwise(moments))]


def _names(members: Iterable[DraftStatus | OutreachStatus | ReplyKind]) -> list[str]:
    return [member.value for member in members]
