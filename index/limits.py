"""Where one way of searching or storing gives way to another: named figures, each with its reason.

Measured on one thread of an AVX-512 machine with 512 dimensions; `python -m bench index` measures them again.
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Sizes are counts of vectors unless they say something else."""

    compared_texts: int = 50_000
    """Up to so many texts of the candidates (whole, bio, passages) all candidates are ranked: some 50 ms."""
    pool: int = 300
    """Creators whom the first stage hands to the ranking: 3,000 posts are compared in 1.5 ms.

    nDCG@20 among 100,000 planted creators: 200 .947, 300 .953, 400 .955.
    """
    pool_per_hit: int = 4
    """The same per creator asked for, so that long lists are chosen from something."""
    lists_from: int = 20_000
    """Below it no compressed index is made: comparing all is two or three milliseconds."""
    gathered: int = 5_000
    """Up to so many vectors are picked one by one and compared (.7 ms), whatever their share."""
    gathered_share: float = 0.02
    """Up to this share of all vectors picking beats every walk past all the others."""
    walked_per_gathered: int = 20
    """It does not beat a visit to lists that hold less than so many vectors for each one that is picked.

    10,000 of a million: 1.7 ms (p95 3.4) picked, 1.4 ms (p95 1.8) in 128 lists of a thousand.
    """
    found_in_lists: float = 0.98
    """Share of the true neighbours that must lie in the lists that are visited; measured with them.

    What 256 vectors tell is give or take .006: the aim is .97.
    """
    proposed: int = 200
    """Compressed hits that are looked at in a round, beside those that `proposed_per_hit` asks for."""
    proposed_per_hit: int = 2
    """Compressed hits per wanted one."""
    widened: int = 6
    """How many times more are looked at where the filter keeps what is far from the query: all look alike."""
    doubt: float = 3.0
    """A compressed hit is compared exactly if so many times the usual error would make it a hit."""
    despair: float = 1.0
    """Where that much error would make a hit of one that was not proposed, all permitted are compared."""
    certain: int = 50
    """So many of the first hits are held to that; a first stage of 300 need not know its last one exactly."""
    tail: int = 5_000
    """Creators added or changed since the base was written; they are compared one by one in 5 ms."""
    dead_share: float = 0.1
    """Share of the base that may be deleted before everything is written anew."""
    rewritten: int = 20_000
    """Up to so many creators an index is always written whole: it takes a second or two."""


LIMITS = Limits()
