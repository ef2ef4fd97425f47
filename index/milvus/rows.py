"""Reads rows of the three collections for many creators, in as many requests as their sizes ask for."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.milvus.server import KEYS_AT_ONCE, MOST_ROWS, Row, Server, among, chunks, rows_at_once
from index.ranking import Floats, Ints


def by_key(server: Server, name: str, keys: Ints, fields: Sequence[str], *, strict: bool) -> list[Row]:
    """Return the rows with these keys, ascending; a key that is not there has no row."""
    found: list[Row] = []
    for chunk in chunks(np.unique(keys), KEYS_AT_ONCE):
        found += server.rows(name, among("key", chunk), fields, strict=strict)
    return sorted(found, key=lambda row: row["key"])


def with_vectors(server: Server, name: str, keys: Ints, fields: Sequence[str], dimensions: int) -> list[Row]:
    """Return the same with vectors, in requests that a message can answer."""
    found: list[Row] = []
    for chunk in chunks(np.unique(keys), min(rows_at_once(dimensions), KEYS_AT_ONCE)):
        found += by_key(server, name, chunk, [*fields, "vector"], strict=False)
    return found


def by_owner(
    server: Server,
    name: str,
    owners: Ints,
    counts: Ints,
    fields: Sequence[str],
    *,
    at_once: int,
    strict: bool,
) -> list[Row]:
    """Return the rows of these owners, ascending by owner and key; each is expected to have so many [n]."""
    found: list[Row] = []
    for part, expected in shares(owners, counts, at_once):
        expression = among("owner", part)
        page = [] if expected > at_once else server.rows(name, expression, fields, strict=strict)
        if expected > at_once or len(page) == MOST_ROWS:  # more than one answer holds
            page = [row for rows in server.every(name, fields, expression) for row in rows]
        found += page
    return sorted(found, key=lambda row: (row["owner"], row["key"]))


def stretches(owners: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Return the places of wanted owners among ascending ones, owner by owner, and how many each has [n]."""
    first = np.searchsorted(owners, wanted, side="left")
    counts = np.searchsorted(owners, wanted, side="right") - first
    starts = np.cumsum(counts) - counts
    return np.repeat(first - starts, counts) + np.arange(counts.sum()), counts


def shares(owners: Ints, counts: Ints, most: int) -> Iterator[tuple[Ints, int]]:
    """Yield stretches of owners with at most so many rows together, and how many; one owner may have more."""
    start, total = 0, 0
    for place, count in enumerate(counts):
        if place > start and (total + count > most or place - start >= KEYS_AT_ONCE):
            yield owners[start:place], total
            start, total = place, 0
        total += int(count)
    if start < len(owners):
        yield owners[start:], total


def matrix(rows: Sequence[Row], dimensions: int) -> Floats:
    """Return the vectors of rows, [n, d]."""
    return np.array([row["vector"] for row in rows], dtype=np.float32).reshape(len(rows), dimensions)


def column(rows: Sequence[Row], name: str) -> Ints:
    """Return a field of rows, [n]."""
    return np.array([row[name] for row in rows], dtype=np.int64)
