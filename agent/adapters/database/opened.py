"""Letters that somebody has open, in SQL."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import bindparam, delete, select

from agent.adapters.database.columns import Instant
from agent.adapters.database.statements import changed, fetch, put
from agent.adapters.database.tables import OpenedRow, Row
from agent.adapters.database.work import Work
from agent.domain.ids import DraftId
from agent.domain.opened import Opened

_OPENED = Row.metadata.tables["opened"]
_NOW = bindparam("now", type_=Instant())
_HELD = select(_OPENED).where(_OPENED.c.until > _NOW).order_by(_OPENED.c.draft_id)
_PAST = delete(_OPENED).where(_OPENED.c.until <= _NOW)


class SqlOpened:
    """Who has which letter open; as many rows as people read."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, draft_id: DraftId) -> Opened | None:
        """Return who last opened a letter."""
        row = fetch(self._work, OpenedRow, draft_id)
        return _opened_of(row) if row is not None else None

    def held(self, now: datetime) -> tuple[Opened, ...]:
        """Return what is open at this moment, by letter."""
        return tuple(map(_opened_of, self._work.connection().execute(_HELD, {"now": now})))

    def save(self, opened: Opened) -> None:
        """Insert or replace who has a letter open."""
        row = OpenedRow(draft_id=opened.draft_id, who=opened.who, since=opened.since, until=opened.until)
        put(self._work, row, otherwise=f"Draft {opened.draft_id} is not stored.")

    def forget(self, *, until: datetime) -> None:
        """Remove what ran out by this moment."""
        changed(self._work, _PAST, {"now": until})


def _opened_of(row: Record[Any]) -> Opened:
    return Opened(draft_id=DraftId(row.draft_id), who=row.who, since=row.since, until=row.until)
