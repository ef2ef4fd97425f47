"""An embedder that needs no model, and creators to index."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from index import Document, Passage

DIMENSIONS = 8


class WordEmbedder:
    """Each word has a fixed random direction; a text is the sum of its words, scaled to length one."""

    def __init__(self, identity: str = "words:1", dimensions: int = DIMENSIONS) -> None:
        self.identity = identity
        self.dimensions = dimensions
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.encoded += texts
        rows = [self._text(text) for text in texts]
        return np.array(rows, dtype=np.float32).reshape(len(rows), self.dimensions)

    def _text(self, text: str) -> npt.NDArray[np.float64]:
        total = sum((self._word(word) for word in text.lower().split()), start=self._word(""))
        return total / np.linalg.norm(total)

    def _word(self, word: str) -> npt.NDArray[np.float64]:
        seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
        return np.random.default_rng(seed).normal(size=self.dimensions)


def creator(key: int, bio: str = "", *posts: str) -> Document:
    passages = tuple(Passage(key=key * 1000 + place, text=text) for place, text in enumerate(posts))
    return Document(key=key, whole="\n".join(filter(None, (bio, *posts))), bio=bio, passages=passages)


def embedded(document: Document) -> set[str]:
    """The texts of a creator that get a vector of their own; many posts speak for the whole together."""
    posts = [post.text for post in document.passages]
    return {document.bio, *posts, *([document.whole] if len(posts) < 3 else [])} - {""}


def standing_for(document: Document, embedder: WordEmbedder) -> npt.NDArray[np.float32]:
    """The vector of a whole creator, worked out the slow way."""
    posts = [post.text for post in document.passages]
    if len(posts) < 3:
        return np.asarray(embedder.encode([document.whole])[0], dtype=np.float32)
    total = embedder.encode([text for text in (document.bio, *posts) if text]).sum(axis=0)
    return np.asarray(total / np.linalg.norm(total), dtype=np.float32)


def village(size: int = 12) -> list[Document]:
    """Creators with different words, some without a bio, some without posts."""
    words = ["compost", "yoga", "vélo", "sewing", "bread", "mer", "books", "jardin"]
    made = []
    for key in range(1, size + 1):
        bio = "" if key % 5 == 0 else f"{words[key % 8]} {words[key % 3]} number{key}"
        posts = [f"{words[(key + place) % 8]} post {key} {place}" for place in range(key % 4)]
        made.append(
            creator(key, bio or f"{words[key % 8]}", *posts) if not posts else creator(key, bio, *posts)
        )
    return made
