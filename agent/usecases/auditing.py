"""Who did what when, and whether the journal still says it as it was written."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from agent.domain.chain import Chained, Head, Verdict, Witness, examine
from agent.domain.errors import NotFound
from agent.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which rows are asked for; None asks for all, and `what` also finds what begins with it and a colon."""

    who: str | None = None
    what: str | None = None
    about: str | None = None
    since: datetime | None = None


def verify(ports: Ports, *, kept: tuple[Head, ...] = ()) -> Verdict:
    """Read the whole journal and say what is not as it was written.

    It is held against the home's record of the newest row and against what people wrote down (`kept`).
    """
    witnesses = [Witness(number=head.number, own=head.own, whence=f"the one kept as {head}") for head in kept]
    mark = ports.marks.kept().mark  # before the view: a record of later may be newer than what it shows
    if mark is not None:
        witnesses.append(Witness(number=mark.number, at=mark.at, whence=_HOME))
    with ports.store.read() as tx:
        return examine(tx.journal.chain(), witnesses)


def entries(ports: Ports, wanted: Wanted, *, limit: int) -> tuple[Chained, ...]:
    """Return the newest rows that are asked for, oldest first."""
    with ports.store.read() as tx:
        return tuple(deque((row for row in tx.journal.chain() if _is_wanted(row, wanted)), maxlen=limit))


def entry(ports: Ports, number: int) -> Chained:
    """Return a row by its number; raises NotFound."""
    with ports.store.read() as tx:
        found = next((row for row in tx.journal.chain() if row.number == number), None)
    if found is None:
        raise NotFound("row", str(number), hint="nanoreach audit list shows those there are.")
    return found


_HOME = "the one that this home remembers"


def _is_wanted(row: Chained, wanted: Wanted) -> bool:
    entry = row.entry
    return (
        wanted.who in {None, entry.who}
        and wanted.what in {None, entry.what, entry.what.partition(":")[0]}
        and wanted.about in {None, entry.subject}
        and (wanted.since is None or entry.at >= wanted.since)
    )
