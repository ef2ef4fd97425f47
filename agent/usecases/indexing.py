"""The index over creators, kept in step with the store."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

from agent.domain.creator import Creator
from agent.ports import BuildReport, IndexStatus, Ports, Progress, Transaction
from agent.usecases.privacy_forget import finish_forgetting


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How index and store agree. `problem` is empty when they do."""

    status: IndexStatus
    store_creators: int
    is_current: bool
    problem: str


def build_index(ports: Ports, *, progress: Progress) -> BuildReport:
    """Embed what is new or changed and put a new snapshot in place; what was embedded stays at any stop.

    A forgetting that had to wait for the index is finished afterwards.
    """
    with ports.store.read() as tx:
        source = source_version(tx)
    report = ports.similarity.build(_creators(ports), source=source, progress=progress)
    finish_forgetting(ports)
    return report


def verify_index(ports: Ports) -> Verification:
    """Compare the index with the store: model, checksums, and whether it knows the present creators."""
    status = ports.similarity.status()
    with ports.store.read() as tx:
        source = source_version(tx)
        known = tx.creators.count()
    is_current = status.exists and not status.problem and status.source == source
    problem = status.problem
    if not status.exists:
        problem = problem or "There is no index yet. Run: nanoreach index build"
    elif not problem and not is_current:
        problem = "The creators changed since the index was built. Run: nanoreach index build"
    return Verification(status=status, store_creators=known, is_current=is_current, problem=problem)


def _creators(ports: Ports) -> Iterator[Creator]:
    # read when the index asks for them, which it does as its only builder: whoever is erased before is not in
    # it, and whoever is erased later is taken out when the builder is done
    with ports.store.read() as tx:
        yield from tx.creators.stream()


def source_version(tx: Transaction) -> str:
    """Return a mark of the creators that the store holds: equal marks, equal texts."""
    mark = blake2b(digest_size=16)
    for creator_id, updated_at in tx.creators.versions():
        mark.update(f"{creator_id}:{updated_at.isoformat()};".encode())
    return mark.hexdigest()
