"""What the index is told about creators, and how it recognises a text that it has seen."""

import hashlib
from dataclasses import dataclass

DIGEST_BYTES = 32
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One text of a creator that can be shown as a reason: usually a post."""

    key: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A creator as the index knows it; keys are stable ids of the store, 0 to 2**63 - 1.

    Texts come cleaned (encoding repaired, Unicode NFKC). A blank text has no vector and is never found.
    """

    key: int
    whole: str
    bio: str = ""
    passages: tuple[Passage, ...] = ()


def digest(text: str) -> bytes:
    """Return the 32 bytes by which an unchanged text is recognised."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()
