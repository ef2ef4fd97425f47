"""Writes creators into a generation and takes them out of it; each step may be repeated."""

from collections.abc import Sequence

import numpy as np

from index.columns import Words
from index.contents import Contents, Rows, names
from index.milvus.filters import code_of
from index.milvus.generations import Generation
from index.milvus.plan import Plan
from index.milvus.rows import by_owner, column, stretches
from index.milvus.server import MOST_ROWS, Row, Server, among, chunks
from index.ranking import Ints
from index.vectors import VectorCache
from index.views import rows_of
from index.wholes import wholes

_OWNERS_AT_ONCE = 500


def write_creators(
    server: Server, todo: Plan, contents: Contents, creators: Ints, cache: VectorCache
) -> None:
    """Write some creators of a plan: their texts first, then what makes them known as done."""
    whole, bios, passages = todo.generation.names
    known = todo.known_of(creators)
    for space, name, expected in (("passages", passages, known), ("bio", bios, np.ones_like(creators))):
        rows = contents.rows[space]
        present: list[Row] = []
        if not todo.is_new:
            present = by_owner(
                server,
                name,
                creators,
                expected,
                ("key", "owner", "digest"),
                at_once=MOST_ROWS // 2,
                strict=True,
            )
        places, _ = stretches(rows.owners, creators)
        _bring(server, name, rows.take(places), present, cache)
    server.put(whole, _creator_rows(contents, creators, cache))


def remove_creators(server: Server, generation: Generation, creators: Ints) -> int:
    """Take creators out of a generation, their texts first; return how many of them it knew."""
    whole, *others = generation.names
    for chunk in chunks(creators, _OWNERS_AT_ONCE):
        for name in others:
            server.remove(name, _keys_of(server, name, chunk))
    known = sum(
        len(server.rows(whole, among("key", chunk), ("key",), strict=True))
        for chunk in chunks(creators, _OWNERS_AT_ONCE)
    )
    server.remove(whole, creators)
    return known


def remove_strays(server: Server, generation: Generation, contents: Contents) -> None:
    """Take out what belongs to nobody: interrupted builds wrote it for creators who were gone at the next."""
    for space, name in zip(("bio", "passages"), generation.names[1:], strict=True):
        wanted = contents.rows[space].keys
        if server.count(name) == len(wanted):
            continue
        there = np.array(
            [row["key"] for page in server.every(name, ("key",)) for row in page], dtype=np.int64
        )
        server.remove(name, np.setdiff1d(there, wanted))


def _keys_of(server: Server, name: str, owners: Ints) -> Ints:
    counts = np.ones_like(owners)  # a full answer is noticed and read page by page
    return column(
        by_owner(server, name, owners, counts, ("key", "owner"), at_once=MOST_ROWS, strict=True), "key"
    )


def _bring(server: Server, name: str, wanted: Rows, present: Sequence[Row], cache: VectorCache) -> None:
    """Write the rows whose text is not there yet, and remove those that are not wanted."""
    there = {row["key"]: row["digest"] for row in present}
    digests = names(wanted.digests)
    fresh = [place for place, key in enumerate(wanted.keys) if there.get(int(key)) != digests[place].hex()]
    vectors = cache.take([digests[place] for place in fresh])
    server.put(
        name,
        [
            {
                "key": int(wanted.keys[place]),
                "owner": int(wanted.owners[place]),
                "digest": digests[place].hex(),
                "vector": vector,
            }
            for place, vector in zip(fresh, vectors, strict=True)
        ],
    )
    server.remove(name, np.setdiff1d(column(present, "key"), wanted.keys))


def _creator_rows(contents: Contents, creators: Ints, cache: VectorCache) -> list[Row]:
    places = np.searchsorted(contents.creators, creators)
    columns = contents.columns.take(places)
    words = {
        "platform": _codes(columns.platform),
        "language": _codes(columns.language),
        "country": _codes(columns.country),
    }
    counts = {space: stretches(rows.owners, creators)[1] for space, rows in contents.rows.items()}
    whole = contents.rows["whole"]
    at = rows_of(creators, whole.keys)
    digests = [names(whole.digests[[place]])[0] if place >= 0 else b"" for place in at]
    vectors = np.zeros((len(creators), cache.dimensions), dtype=np.float32)  # zeros stand for a blank text
    vectors[at >= 0] = wholes(contents, cache, at[at >= 0])
    return [
        {
            "key": int(key),
            "followers": int(columns.followers[row]),
            "texts": int(sum(counted[row] for counted in counts.values())),
            "passages": int(counts["passages"][row]),
            "digest": digests[row].hex(),
            "signature": contents.signatures[places[row]].tobytes().hex(),
            "vector": vectors[row],
        }
        | {name: int(codes[row]) for name, codes in words.items()}
        for row, key in enumerate(creators)
    ]


def _codes(words: Words) -> Ints:
    table = np.array([*(code_of(label) for label in words.labels), code_of(None)], dtype=np.int64)
    return table[words.codes]
