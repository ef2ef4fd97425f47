"""Hard rules as expressions for Milvus. Only numbers get into one: each word has a number of its own."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b

import numpy as np

from index.documents import LARGEST_KEY
from index.milvus.server import KEYS_AT_ONCE, Row, among, chunks
from index.ranking import Ints
from index.where import Mask, Where

_UNKNOWN = 0


def code_of(word: str | None) -> int:
    """Return the number that stands for a word, 1 to 2**63 - 1; 0 for an unknown one.

    A digest: the same on every machine. Two of a million words are the same number once in 18 million times.
    """
    if word is None:
        return _UNKNOWN
    whole = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
    return max(whole >> 1, _UNKNOWN + 1)


def slices(where: Where) -> Iterator[str]:
    """Yield expressions that keep, together, whom the filter keeps, and nobody twice.

    One is enough unless there are many keys: those come in parts, so that no expression grows without bounds.
    """
    rules = _rules(where)
    excluded = np.unique(where.excluded)
    if where.allowed is not None:
        for keys in chunks(np.setdiff1d(where.allowed, excluded), KEYS_AT_ONCE):
            yield _all([among("key", keys), *rules])
        return
    start = 0  # each part is a stretch of keys with its own exceptions
    for keys in chunks(excluded, KEYS_AT_ONCE):
        end = int(keys[-1])
        yield _all([f"key >= {start}", f"key <= {end}", f"not ({among('key', keys)})", *rules])
        start = end + 1
    if start <= LARGEST_KEY:
        yield _all([f"key >= {start}", *rules])


def kept(rows: Sequence[Row], where: Where) -> Mask:
    """Return which rows of creators the filter keeps, decided here and not by the server, [n]."""
    keys = np.array([row["key"] for row in rows], dtype=np.int64)
    mask = ~np.isin(keys, where.excluded)
    if where.allowed is not None:
        mask &= np.isin(keys, where.allowed)
    for name, words in _asked(where):
        mask &= np.isin(_column(rows, name), [code_of(word) for word in words])
    if bounds := _bounds(where):
        followers = _column(rows, "followers")
        mask &= (followers >= bounds[0]) & (followers <= bounds[1])
    return mask


def _rules(where: Where) -> list[str]:
    rules = [among(name, sorted(code_of(word) for word in words)) for name, words in _asked(where)]
    if bounds := _bounds(where):
        rules += [f"followers >= {bounds[0]}", f"followers <= {bounds[1]}"]
    return rules


def _asked(where: Where) -> list[tuple[str, frozenset[str]]]:
    asked = (
        ("language", where.languages),
        ("country", where.countries),
        ("platform", where.platforms),
    )
    return [(name, words) for name, words in asked if words]


def _bounds(where: Where) -> tuple[int, int] | None:
    """Return the least and the largest number of followers, both known ones; None where nothing is asked."""
    if where.followers_min is None and where.followers_max is None:
        return None
    low = -LARGEST_KEY if where.followers_min is None else _within(where.followers_min)
    high = LARGEST_KEY if where.followers_max is None else _within(where.followers_max)
    return low, high


def _within(number: int) -> int:
    return max(-LARGEST_KEY, min(number, LARGEST_KEY))


def _column(rows: Sequence[Row], name: str) -> Ints:
    return np.array([row[name] for row in rows], dtype=np.int64)


def _all(rules: list[str]) -> str:
    return " and ".join(rules)
