"""When a creator posts, in which languages, and how near to the brand's values."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from statistics import median

from agent.domain.creator import Creator
from agent.domain.fit import Level, Quotation, Reason
from agent.domain.vetting.lines import lines_of_post
from agent.domain.vetting.signal import Kind, Signal

Detect = Callable[[str], str | None]
"""Tells the language of a text (ISO 639-1), or None where it cannot."""

_QUIET, _GONE = 90, 365
_STALE = 365
_RHYTHM_POSTS, _RHYTHM_LAST = 4, 12
_TOLD, _SAME = 3, 0.6
_TOPIC_POSTS, _OFF = 5, 0.5
_EVIDENCE = 3


def activity(creator: Creator, *, today: date) -> Signal:
    """Tell when the creator last posted and how often; `today` is compared with the posts' dates."""
    dates = sorted({post.published_on for post in creator.posts if post.published_on is not None})
    if not dates:
        return Signal(kind=Kind.ACTIVITY, level=Level.FINE, key="activity.unknown")
    days = max(0, (today - dates[-1]).days)
    level = Level.CONCERN if days > _GONE else Level.LOOK if days > _QUIET else Level.FINE
    figures: dict[str, int | str] = {"last": dates[-1].isoformat(), "days": days}
    if len(dates) < _RHYTHM_POSTS:
        return Signal(kind=Kind.ACTIVITY, level=level, key="activity.recent", figures=figures)
    gaps = [(later - earlier).days for earlier, later in pairwise(dates[-_RHYTHM_LAST:])]
    figures["gap"] = round(median(gaps))
    return Signal(kind=Kind.ACTIVITY, level=level, key="activity.rhythm", figures=figures)


def stale(reasons: Iterable[Reason], *, today: date) -> Iterator[Signal]:
    """Tell how old the newest quoted words are, where the dates of any are known."""
    quoted = [
        quotation
        for reason in reasons
        for quotation in reason.quotations
        if quotation.published_on is not None
    ]
    ages = [(today - quotation.published_on).days for quotation in quoted if quotation.published_on]
    if ages:
        level = Level.LOOK if min(ages) > _STALE else Level.FINE
        yield Signal(kind=Kind.STALE, level=level, key="stale.quotes", figures={"days": max(0, min(ages))})


def languages(creator: Creator, detect: Detect) -> Iterator[Signal]:
    """Tell whether posts are in the language of the profile; nothing where too few can be told."""
    found = [detect(post.text) for post in creator.posts if post.is_quotable]
    told = Counter(language for language in found if language is not None)
    if creator.language is None or told.total() < _TOLD:
        return
    same = told[creator.language]
    if same >= _SAME * told.total():
        yield Signal(
            kind=Kind.LANGUAGE,
            level=Level.FINE,
            key="language.as_profile",
            figures={"profile": creator.language, "same": same, "told": told.total()},
        )
    else:
        mix = ", ".join(f"{language} {count}" for language, count in told.most_common())
        yield Signal(
            kind=Kind.LANGUAGE,
            level=Level.LOOK,
            key="language.mixed",
            figures={"profile": creator.language, "mix": mix},
        )


def off_topic(creator: Creator, cosines: Mapping[str, float], *, near: float) -> Iterator[Signal]:
    """Tell how many posts are near to none of the brand's values.

    `cosines` has each post's best cosine to a value, by the post's key; `near` is the cosine from which on a
    post counts as near. Posts that may not be quoted do not count, and fewer than five say nothing.
    """
    posts = [post for post in creator.posts if post.is_quotable and post.key in cosines]
    off = sorted((post for post in posts if cosines[post.key] < near), key=lambda post: cosines[post.key])
    if len(posts) < _TOPIC_POSTS:
        return
    yield Signal(
        kind=Kind.OFF_TOPIC,
        level=Level.LOOK if len(off) > _OFF * len(posts) else Level.FINE,
        key="off_topic.share",
        figures={"off": len(off), "posts": len(posts)},
        evidence=tuple(quotation for post in off[:_EVIDENCE] for quotation in _opening(post.key, creator)),
    )


def _opening(key: str, creator: Creator) -> tuple[Quotation, ...]:
    post = creator.post(key)
    lines = lines_of_post(post) if post is not None else ()
    return tuple(line.quotation(0, 1) for line in lines[:1])
