"""Letters that somebody has open, in memory."""

from datetime import datetime

from agent.adapters.memory.tables import Tables, require
from agent.domain.ids import DraftId
from agent.domain.opened import Opened


class MemoryOpened:
    """Who has which letter open."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, draft_id: DraftId) -> Opened | None:
        """Return who last opened a letter."""
        return self._tables.open_letters.get(draft_id)

    def held(self, now: datetime) -> tuple[Opened, ...]:
        """Return what is open at this moment, by letter."""
        held = (opened for opened in self._tables.open_letters.values() if opened.holds(now))
        return tuple(sorted(held, key=lambda opened: opened.draft_id))

    def save(self, opened: Opened) -> None:
        """Insert or replace who has a letter open."""
        require(opened.draft_id in self._tables.drafts, f"Draft {opened.draft_id} is not stored.")
        self._tables.open_letters[opened.draft_id] = opened

    def forget(self, *, until: datetime) -> None:
        """Remove what ran out by this moment."""
        for draft_id in [key for key, opened in self._tables.open_letters.items() if not opened.holds(until)]:
            del self._tables.open_letters[draft_id]
