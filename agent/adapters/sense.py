"""What an answer sounds like, from pieces of words; `python -m bench.train_sense` writes what was learned."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from agent.domain.replies import ReplyKind

Floats = npt.NDArray[np.float32]

WEIGHTS = "sense.npz"
BUCKETS = 1 << 16
"""Pieces whose checksums meet share a weight; what was learned has some 40,000 different ones."""
_TOKEN = re.compile(r"[a-z0-9']+|[?!]|[^\sa-z0-9'?!.,;:]")
_SHORTEST, _LONGEST = 3, 5
"""Characters of a piece of a word, the space at its ends included."""
_WORDS = 3
"""Words of a piece of a sentence."""
_READ = 1500
"""Characters of an answer that are looked at: nobody learned anything from longer ones."""


class _Learned(NamedTuple):
    kinds: tuple[ReplyKind, ...]
    weights: Floats  # [kinds, buckets]
    bias: Floats  # [kinds]


def learned_sense(plain_text: str) -> Mapping[ReplyKind, float]:
    """Return how likely an answer, in one spelling, is each kind of `CALMING`, or OTHER."""
    learned = _learned()
    found = pieces(plain_text)
    scores = learned.bias + learned.weights[:, found].sum(axis=1) / np.sqrt(max(len(found), 1))
    shares = np.exp(scores - scores.max())
    return dict(zip(learned.kinds, (shares / shares.sum()).tolist(), strict=True))


def pieces(plain_text: str) -> list[int]:
    """Return the numbers of the different pieces of a text, each below `BUCKETS`, ascending."""
    tokens = _TOKEN.findall(plain_text[:_READ])
    return sorted({crc32(piece.encode()) % BUCKETS for piece in (*_of_words(tokens), *_of_sentence(tokens))})


def _of_words(tokens: list[str]) -> Iterator[str]:
    for token in tokens:
        spaced = f" {token} "
        for length in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(spaced) - length + 1):
                yield spaced[start : start + length]


def _of_sentence(tokens: list[str]) -> Iterator[str]:
    for count in range(1, _WORDS + 1):
        for start in range(len(tokens) - count + 1):
            yield "\n".join(tokens[start : start + count])


@cache
def _learned() -> _Learned:
    source = BytesIO(files("agent.adapters").joinpath(WEIGHTS).read_bytes())
    with np.load(source, allow_pickle=False) as kept:
        return _Learned(
            kinds=tuple(ReplyKind(str(kind)) for kind in kept["kinds"]),
            weights=kept["weights"].astype(np.float32),
            bias=kept["bias"].astype(np.float32),
        )
