"""From passages that carry a value to reasons with quotes."""

from collections.abc import Mapping, Sequence

from agent.domain.brand import Brand, Value
from agent.domain.creator import BIO, Creator
from agent.domain.fit import MOST_QUOTES, Quotation, Reason
from agent.domain.quoting import best_quote
from agent.ports import Passage

_SHARE = 0.5
"""How near to the best passage a further one must be to say the same: half of its cosine."""

Evidence = Sequence[Sequence[Passage]]
"""A creator's passages for each value of the brand, best first."""


def queries_of(brand: Brand) -> tuple[str, ...]:
    """Return what each value is looked for by."""
    return tuple(f"{value.name}. {value.text}" for value in brand.values)


def reasons_of(brand: Brand, creator: Creator, evidence: Evidence) -> tuple[Reason, ...]:
    """Return for each value the passages that carry it, at most three, the strongest reason first."""
    refs = _refs(creator)
    weighed: list[tuple[float, Reason]] = []
    for value, passages in zip(brand.values, evidence, strict=False):
        reason = _reason(creator, value, passages, refs)
        if reason is not None:
            weighed.append((reason.score * value.weight, reason))
    weighed.sort(key=lambda pair: -pair[0])
    return tuple(reason for _, reason in weighed)


def cosines_of(creator: Creator, evidence: Evidence) -> Mapping[str, float]:
    """Return each post's best cosine to any value, by the post's key."""
    refs = _refs(creator)
    best: dict[str, float] = {}
    for passage in (passage for passages in evidence for passage in passages):
        ref = refs.get(passage.number)
        if ref is not None and ref != BIO:
            best[ref] = max(passage.score, best.get(ref, passage.score))
    return best


def _refs(creator: Creator) -> dict[int, str]:
    refs: dict[int, str] = {creator.post_number(post.key): post.key for post in creator.posts}
    refs[creator.post_number(BIO)] = BIO
    return refs


def _reason(
    creator: Creator, value: Value, passages: Sequence[Passage], refs: Mapping[int, str]
) -> Reason | None:
    found: dict[str, Quotation] = {}
    best: float | None = None
    for passage in passages:
        ref = refs.get(passage.number)
        quotable = creator.evidence_text(ref) if ref is not None else None
        if ref is None or quotable is None:
            continue
        best = passage.score if best is None else best
        if len(found) == MOST_QUOTES or (found and passage.score < max(_SHARE * best, 0.0)):
            break
        quotation = _quotation(creator, ref, best_quote(quotable, about=value.text), passage.score)
        found.setdefault(quotation.quote, quotation)  # people post the same twice
    if best is None:
        return None
    first, *more = found.values()
    return Reason(
        value=value.name,
        ref=first.ref,
        quote=first.quote,
        score=best,
        published_on=first.published_on,
        more=tuple(more),
    )


def _quotation(creator: Creator, ref: str, quote: str, score: float) -> Quotation:
    post = creator.post(ref)
    return Quotation(
        ref=ref, quote=quote, published_on=post.published_on if post is not None else None, score=score
    )
