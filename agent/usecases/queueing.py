"""Where a letter stands in the queue."""

from dataclasses import dataclass

from agent.domain.draft import Draft, DraftStatus
from agent.ports import EVERY_DRAFT, DraftFilter, Ports


@dataclass(frozen=True, kw_only=True)
class Place:
    """The number of a letter in the queue, from 1, and how many there are."""

    number: int
    total: int

    @property
    def left(self) -> int:
        """How many there are from this one to the end."""
        return self.total - self.number + 1


def place_of(
    ports: Ports,
    draft: Draft,
    *,
    statuses: frozenset[DraftStatus],
    only: DraftFilter = EVERY_DRAFT,
    count_to: int,
) -> Place | None:
    """Return where a letter stands under filters; None where it does not, or among too many to count."""
    if draft.status not in statuses:
        return None
    key = (draft.created_at, draft.id)
    with ports.store.read() as tx:
        total = tx.drafts.count(statuses=statuses, only=only, at_most=count_to + 1)
        if total > count_to:
            return None
        number = tx.drafts.count(statuses=statuses, only=only, before=key, at_most=count_to) + 1
    # a letter that was opened by its address need not fit the filters
    return Place(number=number, total=total) if number <= total else None
