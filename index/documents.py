"""What the index is told about creators, and how it recognises a text that it has seen."""

import hashlib
from dataclasses import dataclass

DIGEST_BYTES = 32
LARGEST_KEY = 2**63 - 1
MANY = 3  # passages from which on their mean stands for the creator


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One text of a creator that can be shown as a reason: usually a post."""

    key: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A creator as the index knows it; keys are stable ids of the store, 0 to 2**63 - 1.

    Texts come cleaned (encoding repaired, Unicode NFKC). A blank text has no vector and is never found;
    `whole` is blank only where all texts are. None means that nobody knows.
    """

    key: int
    whole: str
    bio: str = ""
    passages: tuple[Passage, ...] = ()
    platform: str = ""
    language: str | None = None
    country: str | None = None
    followers: int | None = None


def is_averaged(document: Document) -> bool:
    """Return whether the mean of its texts stands for a document, so that its whole needs no vector."""
    return sum(bool(passage.text.strip()) for passage in document.passages) >= MANY


def digest(text: str) -> bytes:
    """Return the 32 bytes by which an unchanged text is recognised."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()
