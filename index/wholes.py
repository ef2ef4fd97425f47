"""The vector that stands for a whole creator.

Whoever published little is one text: bio and passages together. Whoever published a lot is the mean of bio
and passages, each counting the same, because a single vector of a long text blurs what its parts are about:
on creators with fifteen posts the mean ranked better by a tenth (`docs/decisions/0016`). The long text, the
costliest of all to embed, then needs no vector of its own.
"""

import numpy as np

from index.contents import Contents, names
from index.documents import MANY
from index.ranking import Floats, Ints
from index.vectors import VectorCache


def wholes(contents: Contents, cache: VectorCache, rows: Ints) -> Floats:
    """Return the vectors [n, d] of these rows [n] of the space `whole`; the cache has every text."""
    whole, passages = contents.rows["whole"], contents.rows["passages"]
    owners = whole.owners[rows]
    first = np.searchsorted(passages.owners, owners)
    counts = np.searchsorted(passages.owners, owners, side="right") - first
    averaged = counts >= MANY
    vectors = np.empty((len(rows), cache.dimensions), dtype=np.float32)
    vectors[~averaged] = cache.take(names(whole.digests[rows[~averaged]]))
    if averaged.any():
        vectors[averaged] = _means(contents, cache, owners[averaged], first[averaged], counts[averaged])
    return vectors


def _means(contents: Contents, cache: VectorCache, owners: Ints, first: Ints, counts: Ints) -> Floats:
    bios, passages = contents.rows["bio"], contents.rows["passages"]
    starts = np.cumsum(counts) - counts
    own = np.repeat(first - starts, counts) + np.arange(counts.sum())
    sums = np.add.reduceat(cache.take(names(passages.digests[own])), starts, axis=0)
    at = np.searchsorted(bios.owners, owners)
    has_bio = at < len(bios)
    has_bio[has_bio] = bios.owners[at[has_bio]] == owners[has_bio]
    sums[has_bio] += cache.take(names(bios.digests[at[has_bio]]))
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    means: Floats = sums / np.maximum(lengths, np.finfo(np.float32).tiny)
    return means
