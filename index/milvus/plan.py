"""Decides what a build has to write, and into which generation, by comparing signatures."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.contents import Contents
from index.errors import IndexUnavailable, RebuildNeeded
from index.milvus.generations import Generation, begin, inspect, unfinished
from index.milvus.rows import shares, stretches
from index.milvus.server import Server
from index.ranking import Ints
from index.views import rows_of

_IN_PLACE_SHARE = 0.1
"""Up to this share of its creators a generation is changed while it is searched; else another is written."""
_ROWS_AT_ONCE = 4_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Creators to write and to remove, ascending, and how many passages are there of those to write, [n].

    `is_new` says that the generation holds nothing yet, so that nothing in it has to be looked at.
    """

    generation: Generation
    changed: Ints
    gone: Ints
    known_passages: Ints
    is_new: bool = False

    def parts(self, contents: Contents) -> Iterator[Ints]:
        """Yield the creators to write, in parts with about as many rows each."""
        _, counts = stretches(contents.rows["passages"].owners, self.changed)
        for part, _ in shares(self.changed, 1 + np.maximum(counts, self.known_passages), _ROWS_AT_ONCE):
            yield part

    def known_of(self, creators: Ints) -> Ints:
        """Return how many passages the generation has of some of the creators to write, [n]."""
        return self.known_passages[np.searchsorted(self.changed, creators)]


def plan(server: Server, contents: Contents, *, identity: str, dimensions: int) -> Plan:
    """Return what to do so that a generation holds exactly these contents.

    Into the one in use where it is the same model's and differs little; else into one that an interrupted
    build left, or a new one.
    """
    try:
        used = inspect(server, identity=identity)
    except (IndexUnavailable, RebuildNeeded):
        used = None
    if used is not None:
        found = _compared(server, used, contents)
        if len(found.changed) + len(found.gone) <= _IN_PLACE_SHARE * used.creators:
            return found
    left = unfinished(server, identity=identity, dimensions=dimensions)
    if left is not None:
        return _compared(server, left, contents)
    return Plan(
        generation=begin(server, identity=identity, dimensions=dimensions),
        changed=contents.creators,
        gone=np.empty(0, dtype=np.int64),
        known_passages=np.zeros(len(contents.creators), dtype=np.int64),
        is_new=True,
    )


def _compared(server: Server, generation: Generation, contents: Contents) -> Plan:
    for name in generation.names:
        server.load(name)
    keys: list[int] = []
    passages: list[int] = []
    signatures: list[bytes] = []
    for page in server.every(generation.names[0], ("key", "passages", "signature")):
        keys += [row["key"] for row in page]
        passages += [row["passages"] for row in page]
        signatures += [bytes.fromhex(row["signature"]) for row in page]
    order = np.argsort(np.array(keys, dtype=np.int64))
    known = np.array(keys, dtype=np.int64)[order]
    marks = np.frombuffer(b"".join(signatures), dtype=contents.signatures.dtype)[order]
    places = rows_of(contents.creators, known)
    same = places >= 0
    same[same] = marks[places[same]] == contents.signatures[same]
    counts = np.append(np.array(passages, dtype=np.int64)[order], 0)[places]
    return Plan(
        generation=generation,
        changed=contents.creators[~same],
        gone=np.setdiff1d(known, contents.creators),
        known_passages=counts[~same],
    )
