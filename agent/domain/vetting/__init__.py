"""What speaks for care before writing to a creator: signals with evidence, and never one secret score."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from agent.domain.brand import Brand
from agent.domain.creator import Creator
from agent.domain.fit import Level, Reason
from agent.domain.vetting.competitors import competitors
from agent.domain.vetting.contradictions import against
from agent.domain.vetting.engagement import LEAST_PEERS, NO_PEERS, Peers, engagement, peers_of, rate_of
from agent.domain.vetting.habits import Detect, activity, languages, off_topic, stale
from agent.domain.vetting.safety import safety, sensitive
from agent.domain.vetting.signal import Kind, Signal
from agent.domain.vetting.sponsorship import Mention, Sponsored, sponsored_posts, sponsorship
from agent.domain.vetting.wording import about

__all__ = [
    "LEAST_PEERS",
    "NO_PEERS",
    "Detect",
    "Kind",
    "Known",
    "Mention",
    "Peers",
    "Signal",
    "Sponsored",
    "about",
    "against",
    "peers_of",
    "rate_of",
    "signals_of",
    "sponsored_posts",
]

_ORDER = (Level.CONCERN, Level.LOOK, Level.FINE)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What signals are made of beside the creator; what is missing leaves its signals out.

    `cosines` has the best cosine of each post to any value, by the post's key, and `near` the cosine from
    which on a post counts as near, None where none is known. `detect` costs a model of 180 MB.
    """

    today: date
    peers: Peers = NO_PEERS
    brand: Brand | None = None
    reasons: tuple[Reason, ...] = ()
    cosines: Mapping[str, float] = field(default_factory=dict)
    near: float | None = None
    detect: Detect | None = None


def signals_of(creator: Creator, known: Known) -> tuple[Signal, ...]:
    """Return all signals about a creator, the gravest first and else in a fixed order."""
    return tuple(sorted(_all(creator, known), key=lambda signal: _ORDER.index(signal.level)))


def _all(creator: Creator, known: Known) -> Iterator[Signal]:
    if known.brand is not None:
        yield from competitors(known.brand.competitors, creator)
    yield from safety(creator)
    yield from engagement(creator, known.peers)
    yield from sponsorship(creator)
    yield activity(creator, today=known.today)
    yield from stale(known.reasons, today=known.today)
    if known.near is not None:
        yield from off_topic(creator, known.cosines, near=known.near)
    if known.detect is not None:
        yield from languages(creator, known.detect)
    yield from sensitive(creator)
