"""Creators on the map of niches: where each stands by what it is about, and who of them is listed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt

from agent.domain.brand import Brand, Campaign
from agent.domain.filters import Filters, refusal
from agent.domain.ids import CampaignId, CreatorId
from agent.ports import CreatorColumns, NicheShare, Ports
from agent.usecases.lookup import the_campaign

MOST_DRAWN = 600
"""Dots on one picture: more hide each other."""
_JITTER = 0.012
"""How far two creators with the same niches may stand apart, in the unit of the map."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One creator on the map: its place in [0, 1], its largest niche by names, and whether it is listed."""

    person: str
    x: float
    y: float
    niche: NicheShare
    is_listed: bool


@dataclass(frozen=True, kw_only=True)
class Area:
    """The creators of the map whose largest niche is the same: how many, and the place of the middlemost."""

    id: str
    names: Mapping[str, str]
    x: float
    y: float
    creators: int
    listed: int


@dataclass(frozen=True, kw_only=True)
class NicheMap:
    """A picture in numbers. `areas` has those with most creators first; `spots` is empty without niches.

    `passing` creators pass the rules; of these at most `MOST_DRAWN` stand on the map (`is_sample` where there
    are more), and everybody listed; for `unplaced` of them no niches are known.
    """

    campaign: Campaign
    brand: Brand
    rules: Filters
    is_what_if: bool
    spots: tuple[Spot, ...]
    areas: tuple[Area, ...]
    passing: int
    is_sample: bool
    unplaced: int


def niche_map(
    ports: Ports, campaign_id: CampaignId, *, rules: Filters | None = None, most: int = MOST_DRAWN
) -> NicheMap:
    """Return the map of a campaign's creators.

    Raises NotFound for an unknown campaign, and what the index raises where it has to be built first.
    """
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
        own = Filters.of(campaign)
        kept = rules if rules is not None else own
        listed = {each.creator_id for each in tx.outreach.of_campaign(campaign_id)}
        columns = tuple(tx.creators.columns())
    passing = [each for each in columns if _passes(kept, each)]
    # ids are hashes, so the first ones by id are a fair sample
    drawn = {each.id: each for each in passing[:most]} | {
        each.id: each for each in columns if each.id in listed
    }
    niches = ports.similarity.niches(tuple(drawn)) if drawn else {}
    spots = tuple(_spots(drawn, niches, listed))
    return NicheMap(
        campaign=campaign,
        brand=brand,
        rules=kept,
        is_what_if=kept != own,
        spots=spots,
        areas=_areas(spots),
        passing=len(passing),
        is_sample=len(passing) > most,
        unplaced=len(drawn) - len(spots),
    )


def place_of(creator_id: CreatorId, niches: Sequence[NicheShare]) -> tuple[float, float]:
    """Return the mean place of a creator's niches by their shares, a little apart from others of the same."""
    total = sum(each.share for each in niches)
    x = sum(each.share * each.x for each in niches) / total
    y = sum(each.share * each.y for each in niches) / total
    angle = (creator_id & 0xFFFF) / 0x10000 * 2 * pi
    reach = sqrt(((creator_id >> 16) & 0xFFFF) / 0x10000) * _JITTER
    return _within(x + reach * cos(angle)), _within(y + reach * sin(angle))


def _within(place: float) -> float:
    return min(max(place, 0.0), 1.0)


def _passes(rules: Filters, creator: CreatorColumns) -> bool:
    return not refusal(
        rules,
        language=creator.language,
        country=creator.country,
        followers=creator.followers,
        platform=creator.platform,
    )


def _spots(
    drawn: Mapping[CreatorId, CreatorColumns],
    niches: Mapping[CreatorId, Sequence[NicheShare]],
    listed: set[CreatorId],
) -> Iterator[Spot]:
    for creator_id, columns in drawn.items():
        own = niches.get(creator_id, ())
        if own:
            x, y = place_of(creator_id, own)
            yield Spot(
                person=f"{columns.platform}:{columns.handle}",
                x=x,
                y=y,
                niche=own[0],
                is_listed=creator_id in listed,
            )


def _areas(spots: Sequence[Spot]) -> tuple[Area, ...]:
    groups: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        groups[spot.niche.id].append(spot)
    areas = (_area(name, group) for name, group in groups.items())
    return tuple(sorted(areas, key=lambda area: (-area.creators, area.id)))


def _area(name: str, group: Sequence[Spot]) -> Area:
    x = sum(spot.x for spot in group) / len(group)
    y = sum(spot.y for spot in group) / len(group)
    middle = min(group, key=lambda spot: (hypot(spot.x - x, spot.y - y), spot.person))
    return Area(
        id=name,
        names=middle.niche.names,
        x=middle.x,
        y=middle.y,
        creators=len(group),
        listed=sum(spot.is_listed for spot in group),
    )
