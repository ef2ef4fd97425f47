"""What is known about creators beside their words, as columns in memory for the hard filters."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from index.documents import LARGEST_KEY, Document
from index.where import Mask, Where

_UNKNOWN = -1  # as a code
_NOBODY_COUNTED = -LARGEST_KEY - 1  # as a number of followers

Codes = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """A column of words: the place of each in `labels`, [n]; -1 where it is unknown."""

    labels: tuple[str, ...]
    codes: Codes

    @classmethod
    def of(cls, values: Iterable[str | None]) -> Self:
        """Return the column of these words."""
        places: dict[str, int] = {}
        codes = [_UNKNOWN if value is None else places.setdefault(value, len(places)) for value in values]
        return cls(labels=tuple(places), codes=np.array(codes, dtype=np.int32))

    def among(self, wanted: frozenset[str]) -> Mask:
        """Return where the word is known and one of those wanted, [n]."""
        table = np.array([*(label in wanted for label in self.labels), False])  # the last one: unknown
        chosen: Mask = table[self.codes]
        return chosen

    def take(self, rows: Numbers | Mask) -> "Words":
        """Return the column of these rows."""
        return Words(labels=self.labels, codes=self.codes[rows])

    def joined(self, other: "Words") -> "Words":
        """Return this column with the other one below it."""
        places = {label: place for place, label in enumerate(self.labels)}
        table = np.array([*(places.setdefault(label, len(places)) for label in other.labels), _UNKNOWN])
        codes = np.concatenate([self.codes, table[other.codes].astype(np.int32)])
        return Words(labels=tuple(places), codes=codes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What hard filters look at, for n creators."""

    platform: Words
    language: Words
    country: Words
    followers: Numbers

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Self:
        """Return the columns of these creators."""
        return cls(
            platform=Words.of(document.platform for document in documents),
            language=Words.of(document.language for document in documents),
            country=Words.of(document.country for document in documents),
            followers=np.array([_counted(document.followers) for document in documents], dtype=np.int64),
        )

    def keeps(self, where: Where) -> Mask:
        """Return which creators the rules about columns keep, [n]; keys are not looked at."""
        kept = np.ones(len(self.followers), dtype=np.bool_)
        asked = (
            (where.languages, self.language),
            (where.countries, self.country),
            (where.platforms, self.platform),
        )
        for wanted, column in asked:
            if wanted:
                kept &= column.among(wanted)
        if where.followers_min is not None or where.followers_max is not None:
            kept &= self.followers != _NOBODY_COUNTED
        if where.followers_min is not None:
            kept &= self.followers >= where.followers_min
        if where.followers_max is not None:
            kept &= self.followers <= where.followers_max
        return kept

    def take(self, rows: Numbers | Mask) -> "Columns":
        """Return the columns of these rows."""
        return Columns(
            platform=self.platform.take(rows),
            language=self.language.take(rows),
            country=self.country.take(rows),
            followers=self.followers[rows],
        )

    def joined(self, other: "Columns") -> "Columns":
        """Return these columns with the other ones below them."""
        return Columns(
            platform=self.platform.joined(other.platform),
            language=self.language.joined(other.language),
            country=self.country.joined(other.country),
            followers=np.concatenate([self.followers, other.followers]),
        )

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Return plain arrays to keep in a file; labels as the bytes of a list in JSON."""
        found: dict[str, npt.NDArray[np.generic]] = {"followers": self.followers}
        for name, column in (
            ("platform", self.platform),
            ("language", self.language),
            ("country", self.country),
        ):
            found[f"{name}_labels"] = np.frombuffer(json.dumps(column.labels).encode(), dtype=np.uint8)
            found[f"{name}_codes"] = column.codes
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Self:
        """Return the columns that `arrays` took apart; KeyError or ValueError where they are not there."""
        return cls(
            platform=_words(arrays, "platform"),
            language=_words(arrays, "language"),
            country=_words(arrays, "country"),
            followers=arrays["followers"].astype(np.int64),
        )


def _words(arrays: Mapping[str, npt.NDArray[np.generic]], name: str) -> Words:
    labels: list[str] = json.loads(arrays[f"{name}_labels"].tobytes())
    return Words(labels=tuple(labels), codes=arrays[f"{name}_codes"].astype(np.int32))


def _counted(followers: int | None) -> int:
    # a number that no platform has still compares as it would in the store
    return _NOBODY_COUNTED if followers is None else max(-LARGEST_KEY, min(followers, LARGEST_KEY))
