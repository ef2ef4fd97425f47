"""Takes people out of the index in Milvus for good: of every generation, and of what is kept beside it."""

from pathlib import Path

import numpy as np

from index.build import VECTORS
from index.change import ForgetReport
from index.lock import building
from index.milvus.generations import Generation, recount
from index.milvus.layout import number_of
from index.milvus.server import Server
from index.milvus.writing import remove_creators
from index.ranking import Ints
from index.snapshot import discard
from index.vectors import keep_only_everywhere


def forget(server: Server, folder: Path, keys: Ints) -> ForgetReport:
    """Delete creators with all their texts: no search finds them from now on, no kept vector is theirs.

    Holds for the generation in use and for those that interrupted builds left. Kept vectors that no
    generation uses go as well, because nobody knows whose they are, and so does an index in files beside
    them. Milvus itself clears the bytes of deleted rows when it compacts. Needs no model. Killed in the
    middle, call it again.
    Raises IndexBusy (try again), DiskFull or IndexUnavailable.
    """
    keys = np.unique(np.asarray(keys, dtype=np.int64))
    with building(folder):
        generations = _generations(server)
        known = [remove_creators(server, each, keys) for each in generations]
        recount(server)
        left = {digest for each in generations for digest in _digests(server, each)}
        discard(folder)
        vectors = keep_only_everywhere(folder / VECTORS, left)
    return ForgetReport(creators=max(known, default=0), vectors=vectors)


def _generations(server: Server) -> list[Generation]:
    """Return every generation that has all its collections, loaded; an unlisted one counts as well."""
    present = server.collections()
    numbers = {number for name in present if (number := number_of(name)) is not None}
    found = [Generation(key=number, identity="", dimensions=0) for number in sorted(numbers)]
    whole = [each for each in found if present.issuperset(each.names)]
    for each in whole:
        for name in each.names:
            server.load(name)
    return whole


def _digests(server: Server, generation: Generation) -> set[bytes]:
    return {
        bytes.fromhex(row["digest"])
        for name in generation.names
        for page in server.every(name, ("key", "digest"))
        for row in page
        if row["digest"]
    }
