"""What the index asks of Milvus: calls with limits of time and size, failures as sentences."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from index.milvus.connection import Connection
from index.ranking import Floats, Ints

Row = Mapping[str, Any]
"""A row as the client gives and takes it: value by field."""

MOST_ROWS = 16_384
"""Milvus gives no more rows in one answer (https://milvus.io/docs/limitations.md)."""
KEYS_AT_ONCE = 5_000
"""Keys in one expression: some 100 KB."""
_PAGE_ROWS = 10_000
_BYTES_AT_ONCE = 1 << 24  # of vectors in one message; a server takes 64 MB
_SECONDS = 60.0
_SECONDS_TO_LOAD = 600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A field of a collection: its kind as pymilvus names it, its limits, and its index where it has one."""

    name: str
    kind: str
    limits: Mapping[str, int] = field(default_factory=dict)
    index: Mapping[str, str] = field(default_factory=dict)


class Server:
    """Milvus as the index uses it, all in one database. Raises ServerUnavailable and nothing else."""

    def __init__(self, uri: str, *, token: str | None = None) -> None:
        """Take an address as `Connection` does."""
        self._connection = Connection(uri, token=token)
        self._failures_named = self._connection.failures_named

    @property
    def where(self) -> str:
        """Name the server in a sentence; no secret is in it."""
        return self._connection.where

    def close(self) -> None:
        """Let go of the connection; the next call connects again."""
        self._connection.close()

    def version(self) -> str:
        """Return the server's version."""
        with self._failures_named():
            return str(self._client.get_server_version(timeout=_SECONDS))

    def collections(self) -> set[str]:
        """Return the names of all collections of the database, ours and others'."""
        with self._failures_named():
            return set(self._client.list_collections(timeout=_SECONDS))

    def make(self, name: str, fields: Sequence[Field]) -> None:
        """Make an empty collection and load it; the first field is the key."""
        with self._failures_named():
            from pymilvus import DataType

            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            indexes = self._client.prepare_index_params()
            for each in fields:
                schema.add_field(each.name, DataType[each.kind], is_primary=each is fields[0], **each.limits)
                if each.index:
                    indexes.add_index(each.name, **each.index)
            self._client.create_collection(name, schema=schema, consistency_level="Strong", timeout=_SECONDS)
            # not waited for: an empty collection has them at once, and the client would sleep for each
            self._client.create_index(name, indexes, sync=False, timeout=_SECONDS)
        self.load(name)

    def load(self, name: str) -> None:
        """Make a collection searchable; at once where it is."""
        with self._failures_named():
            self._client.load_collection(name, timeout=_SECONDS_TO_LOAD)

    def settle(self, name: str) -> None:
        """Have what was written sealed and indexed, which makes the first searches fast."""
        with self._failures_named():
            self._client.flush(name, timeout=_SECONDS_TO_LOAD)

    def drop(self, name: str) -> None:
        """Remove a collection with all it holds."""
        with self._failures_named():
            self._client.drop_collection(name, timeout=_SECONDS)

    def target(self, alias: str) -> str:
        """Return the collection that an alias names; empty where there is no such alias."""
        with self._failures_named():
            if alias not in self._client.list_aliases(timeout=_SECONDS)["aliases"]:
                return ""
            return str(self._client.describe_alias(alias, timeout=_SECONDS)["collection_name"])

    def point(self, alias: str, collection: str) -> None:
        """Let an alias name a collection from now on; readers see the one or the other, never neither."""
        before = self.target(alias)
        with self._failures_named():
            change = self._client.alter_alias if before else self._client.create_alias
            change(collection, alias, timeout=_SECONDS)

    def put(self, name: str, rows: Sequence[Row]) -> None:
        """Write rows, replacing those with the same keys."""
        if not rows:
            return
        at_once = rows_at_once(len(rows[0]["vector"]))
        with self._failures_named():
            for start in range(0, len(rows), at_once):
                self._client.upsert(name, list(rows[start : start + at_once]), timeout=_SECONDS)

    def remove(self, name: str, keys: Ints) -> None:
        """Remove the rows with these keys; it is no failure where there are none."""
        with self._failures_named():
            for chunk in chunks(keys, KEYS_AT_ONCE):
                self._client.delete(name, filter=among("key", chunk), timeout=_SECONDS)

    def count(self, name: str) -> int:
        """Return how many rows a collection holds now."""
        with self._failures_named():
            found = self._client.query(
                name, filter="", output_fields=["count(*)"], consistency_level="Strong", timeout=_SECONDS
            )
            return int(found[0]["count(*)"])

    def rows(
        self, name: str, expression: str, fields: Sequence[str], *, strict: bool, limit: int = MOST_ROWS
    ) -> list[Row]:
        """Return at most so many rows that an expression keeps, in any order.

        A strict read sees every write that was answered before; another may be some seconds behind.
        """
        with self._failures_named():
            return list(
                self._client.query(
                    name,
                    filter=expression,
                    output_fields=list(fields),
                    limit=min(limit, MOST_ROWS),
                    consistency_level="Strong" if strict else "Bounded",
                    timeout=_SECONDS,
                )
            )

    def every(self, name: str, fields: Sequence[str], expression: str = "key >= 0") -> Iterator[list[Row]]:
        """Yield the rows that an expression keeps, page by page, as they are now."""
        with self._failures_named():
            pages = self._client.query_iterator(
                name,
                batch_size=_PAGE_ROWS,
                filter=expression,
                output_fields=list(fields),
                consistency_level="Strong",
                timeout=_SECONDS,
            )
            try:
                while page := pages.next():
                    yield list(page)
            finally:
                pages.close()

    def nearest(self, name: str, query: Floats, expression: str, *, limit: int) -> tuple[Ints, Floats]:
        """Return the keys nearest to a unit vector [d] among rows that an expression keeps, and cosines."""
        with self._failures_named():
            (hits,) = self._client.search(
                name,
                data=[query.tolist()],
                anns_field="vector",
                filter=expression,
                limit=min(limit, MOST_ROWS),
                output_fields=["key"],
                search_params={"metric_type": "IP"},
                consistency_level="Strong",
                timeout=_SECONDS,
            )
        return (
            np.array([hit["key"] for hit in hits], dtype=np.int64),
            np.array([hit["distance"] for hit in hits], dtype=np.float32),
        )

    @property
    def _client(self) -> Any:  # noqa: ANN401 - pymilvus ships no types
        return self._connection.client


def rows_at_once(dimensions: int) -> int:
    """Return how many rows with vectors fit well into one message."""
    return max(_BYTES_AT_ONCE // (dimensions * np.dtype(np.float32).itemsize), 1)


def among(field_name: str, numbers: Iterable[int]) -> str:
    """Return the expression that keeps rows whose field is one of the numbers; only numbers get into it."""
    return f"{field_name} in [{','.join(str(int(number)) for number in numbers)}]"


def chunks(keys: Ints, size: int) -> Iterator[Ints]:
    """Yield the keys, so many at a time."""
    for start in range(0, len(keys), size):
        yield keys[start : start + size]
