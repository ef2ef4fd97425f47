"""What a part of an index holds beside the vectors: keys, owners, digests of texts, columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from index.columns import Columns
from index.documents import DIGEST_BYTES, LARGEST_KEY, Document, digest, is_averaged
from index.ranking import Floats, Ints
from index.views import rows_of
from index.where import Mask

SPACES = ("whole", "bio", "passages")
_SIGNATURE_BYTES = 16

Names = npt.NDArray[np.void]
TakeVectors = Callable[[str, slice], Floats]
"""Gives the vectors [n, d] of a slice of a space's rows."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rows:
    """One space: key, owner and text digest of each vector, [n], ascending by owner, then key."""

    keys: Ints
    owners: Ints
    digests: Names

    def __len__(self) -> int:
        return len(self.keys)

    def take(self, rows: Ints | Mask) -> "Rows":
        """Return these rows alone."""
        return Rows(keys=self.keys[rows], owners=self.owners[rows], digests=self.digests[rows])

    def joined(self, other: "Rows") -> "Rows":
        """Return the rows of both, the other ones below."""
        return Rows(
            keys=np.concatenate([self.keys, other.keys]),
            owners=np.concatenate([self.owners, other.owners]),
            digests=np.concatenate([self.digests, other.digests]),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """Creators [n] ascending, what is known about each, and the rows of the three spaces."""

    creators: Ints
    columns: Columns
    signatures: Names
    rows: Mapping[str, Rows]

    def without(self, creators: Ints) -> tuple["Contents", dict[str, Ints]]:
        """Return the contents without these creators, and which rows of each space are left."""
        kept = np.flatnonzero(~np.isin(self.creators, creators))
        left = {space: np.flatnonzero(~np.isin(rows.owners, creators)) for space, rows in self.rows.items()}
        contents = Contents(
            creators=self.creators[kept],
            columns=self.columns.take(kept),
            signatures=self.signatures[kept],
            rows={space: rows.take(left[space]) for space, rows in self.rows.items()},
        )
        return contents, left

    def joined(self, other: "Contents") -> tuple["Contents", dict[str, Ints]]:
        """Return both contents in order, and where each row of a space stood: ours first, theirs below."""
        creators = np.concatenate([self.creators, other.creators])
        order = np.argsort(creators)
        both = {space: rows.joined(other.rows[space]) for space, rows in self.rows.items()}
        orders = {space: np.lexsort((rows.keys, rows.owners)) for space, rows in both.items()}
        contents = Contents(
            creators=creators[order],
            columns=self.columns.joined(other.columns).take(order),
            signatures=np.concatenate([self.signatures, other.signatures])[order],
            rows={space: rows.take(orders[space]) for space, rows in both.items()},
        )
        return contents, orders

    def texts(self) -> set[bytes]:
        """Return the digests of every text."""
        return {name for rows in self.rows.values() for name in names(rows.digests)}

    def unchanged(self, other: "Contents") -> Ints:
        """Return the creators of both that are word for word the same, ascending."""
        places = rows_of(self.creators, other.creators)
        known = np.flatnonzero(places >= 0)
        same = self.signatures[known] == other.signatures[places[known]]
        unchanged: Ints = self.creators[known[same]]
        return unchanged


def nothing() -> Contents:
    """Return contents without any creator."""
    return survey([])[0]


def survey(documents: Iterable[Document]) -> tuple[Contents, dict[bytes, str]]:
    """Return what documents come to, and the distinct texts to embed for it by their digests.

    A creator without any text is left out. Raises ValueError for a key out of range or used twice.
    """
    given = sorted(documents, key=lambda document: document.key)
    _check_keys("creator", (document.key for document in given))
    _check_keys("passage", (passage.key for document in given for passage in document.passages))
    found: dict[str, list[tuple[int, int, bytes]]] = {space: [] for space in SPACES}
    texts: dict[bytes, str] = {}
    present: list[Document] = []
    for document in given:
        told = [(space, key, text) for space, key, text in _texts(document) if text.strip()]
        averaged = is_averaged(document)
        for space, key, text in told:
            name = digest(text)
            found[space].append((document.key, key, name))
            if space != "whole" or not averaged:
                texts.setdefault(name, text)
        if told:
            present.append(document)
    contents = Contents(
        creators=np.array([document.key for document in present], dtype=np.int64),
        columns=Columns.of(present),
        signatures=_packed([_signature(document) for document in present], _SIGNATURE_BYTES),
        rows={space: _rows(rows) for space, rows in found.items()},
    )
    return contents, texts


def names(digests: Names) -> list[bytes]:
    """Return digests [n] as bytes."""
    whole = digests.tobytes()
    return [whole[start : start + DIGEST_BYTES] for start in range(0, len(whole), DIGEST_BYTES)]


def _texts(document: Document) -> list[tuple[str, int, str]]:
    passages = sorted(document.passages, key=lambda passage: passage.key)
    return [
        ("whole", document.key, document.whole),
        ("bio", document.key, document.bio),
        *(("passages", passage.key, passage.text) for passage in passages),
    ]


def _rows(found: Sequence[tuple[int, int, bytes]]) -> Rows:
    return Rows(
        keys=np.array([key for _, key, _ in found], dtype=np.int64),
        owners=np.array([owner for owner, _, _ in found], dtype=np.int64),
        digests=_packed([name for _, _, name in found], DIGEST_BYTES),
    )


def _packed(values: Sequence[bytes], size: int) -> Names:
    return np.frombuffer(b"".join(values), dtype=f"V{size}")


def _signature(document: Document) -> bytes:
    """Return bytes that are the same as long as nothing about the document changes."""
    known = (document.platform, document.language, document.country, document.followers)
    texts = [(space, key, digest(text)) for space, key, text in _texts(document)]
    return blake2b(repr((known, texts)).encode(), digest_size=_SIGNATURE_BYTES).digest()


def _check_keys(kind: str, keys: Iterable[int]) -> None:
    seen: set[int] = set()
    for key in keys:
        if not 0 <= key <= LARGEST_KEY:
            raise ValueError(f"The {kind} key {key} is not between 0 and 2**63 - 1.")
        if key in seen:
            raise ValueError(f"The {kind} key {key} is used twice.")
        seen.add(key)
