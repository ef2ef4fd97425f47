"""Creators' texts as vectors of one model: the spaces that the product ranks in, without its files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import numpy.typing as npt

from bench.folder import Profile
from index.documents import MANY
from index.ranking import View
from index.views import BestOfMany, OneEach

Floats = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
Encode = Callable[[list[str]], Floats]

_NOTHING = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Corpus:
    """Vectors [n, d] of wholes, bios and posts; each creator's row in the first two, and count of posts."""

    whole: Floats
    whole_rows: Rows
    bio: Floats
    bio_rows: Rows
    posts: Floats
    counts: Rows

    @classmethod
    def of(cls, profiles: Sequence[Profile], encode: Encode) -> Self:
        """Embed creators."""
        wholes, bios = [profile.whole for profile in profiles], [profile.bio for profile in profiles]
        return cls(
            whole=encode([text for text in wholes if text]),
            whole_rows=_rows_of(wholes),
            bio=encode([text for text in bios if text]),
            bio_rows=_rows_of(bios),
            posts=encode([post for profile in profiles for post in profile.posts]),
            counts=np.array([len(profile.posts) for profile in profiles], dtype=np.int64),
        )

    def changed(self, change: Callable[[Floats], Floats]) -> Self:
        """Return the same corpus with every vector changed."""
        return replace(self, whole=change(self.whole), bio=change(self.bio), posts=change(self.posts))

    def averaged(self) -> Self:
        """Return the corpus with the mean of bio and posts for whoever posts a lot, as the index has it."""
        whole = self.whole.copy()
        first = np.cumsum(self.counts) - self.counts
        for creator in np.flatnonzero(self.counts >= MANY):
            pieces = self.posts[first[creator] : first[creator] + self.counts[creator]].sum(axis=0)
            if self.bio_rows[creator] >= 0:
                pieces += self.bio[self.bio_rows[creator]]
            whole[self.whole_rows[creator]] = pieces / np.linalg.norm(pieces)
        return replace(self, whole=whole)

    def views(self, creators: Rows) -> dict[str, View]:
        """Return the spaces for these creators [n], as an index would."""
        counts = self.counts[creators]
        first = (np.cumsum(self.counts) - self.counts)[creators]
        starts = np.repeat(first - (np.cumsum(counts) - counts), counts)
        return {
            "whole": OneEach(self.whole, self.whole_rows[creators]),
            "bio": OneEach(self.bio, self.bio_rows[creators]),
            "passages": BestOfMany(self.posts, starts + np.arange(counts.sum()), counts),
        }


def _rows_of(texts: Sequence[str]) -> Rows:
    known = np.array([bool(text) for text in texts])
    return np.where(known, np.cumsum(known) - 1, _NOTHING)
