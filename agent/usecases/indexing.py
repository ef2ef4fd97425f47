"""The index over creators, kept in step with the store."""

from dataclasses import dataclass
from hashlib import blake2b

from agent.ports import BuildReport, IndexStatus, Ports, Progress, Transaction


@dataclass(frozen=True, kw_only=True)
class Verification:
    """How index and store agree. `problem` is empty when they do."""

    status: IndexStatus
    store_creators: int
    is_current: bool
    problem: str


def build_index(ports: Ports, *, progress: Progress) -> BuildReport:
    """Embed what is new or changed and put a new snapshot in place; what was embedded stays at any stop."""
    with ports.store.read() as tx:
        source = source_version(tx)
        return ports.similarity.build(tx.creators.stream(), source=source, progress=progress)


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


def source_version(tx: Transaction) -> str:
    """Return a mark of the creators that the store holds: equal marks, equal texts."""
    mark = blake2b(digest_size=16)
    for creator_id, updated_at in tx.creators.versions():
        mark.update(f"{creator_id}:{updated_at.isoformat()};".encode())
    return mark.hexdigest()
