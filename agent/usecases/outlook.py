"""A campaign's ranking as a person looks at it: its rules, a page of creators with reasons, who is listed."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agent.domain.brand import Brand, Campaign
from agent.domain.errors import Unavailable
from agent.domain.filters import Filters
from agent.domain.ids import CampaignId, CreatorId
from agent.domain.imagined import Imagined
from agent.domain.outreach import Outreach
from agent.domain.taken import Taken
from agent.ports import CreatorColumns, Ports
from agent.usecases.expanding import query_text
from agent.usecases.lookup import the_campaign
from agent.usecases.matching import Match, Ranking, explained, rank
from agent.usecases.taken import People, people_of


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A creator in a ranking, with its outreach in this campaign and what keeps it from another letter."""

    rank: int
    match: Match
    here: Outreach | None
    taken: Taken | None


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What creators there are to filter for: codes, and how many creators have each, most common first."""

    languages: Mapping[str, int]
    countries: Mapping[str, int]
    platforms: Mapping[str, int]
    creators: int


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Somebody on the campaign's shortlist, by name."""

    person: str
    outreach: Outreach


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """One page of a ranking. `problem` is why nobody is ranked, where the index could not be asked.

    `query` is the text that is searched, `imagined` are texts of a model that count beside it, and `decided`
    is about how many creators the brand decided before, which moves the ranking. `rules` are the ones that
    were kept: the campaign's own unless `is_what_if`. `considered` creators pass them, `left_out` counts the
    others by the rule that binds.
    """

    campaign: Campaign
    brand: Brand
    query: str
    imagined: tuple[Imagined, ...] = ()
    decided: int = 0
    rules: Filters
    is_what_if: bool
    choices: Choices
    listed: tuple[Listed, ...]
    seats: tuple[Seat, ...] = ()
    considered: int = 0
    left_out: Mapping[str, int]
    page: int = 1
    last_page: int = 1
    has_index: bool = True
    problem: str = ""


DEEPEST = 1_000
"""So many creators can be paged through; who wants to know about one further down asks for it by name."""


def outlook(
    ports: Ports, campaign_id: CampaignId, *, rules: Filters | None = None, page: int = 1, size: int = 20
) -> Outlook:
    """Return a page of a campaign's ranking; other `rules` than its own are a what-if that nothing stores.

    Raises NotFound for an unknown campaign.
    """
    with ports.store.read() as tx:
        campaign, brand = the_campaign(tx, campaign_id)
        outreach = {each.creator_id: each for each in tx.outreach.of_campaign(campaign_id)}
        choices, listed = _survey(tx.creators.columns(), outreach)
    own = Filters.of(campaign)
    kept = rules if rules is not None else own
    known = Outlook(
        campaign=campaign,
        brand=brand,
        query=query_text(brand, campaign),
        rules=kept,
        is_what_if=kept != own,
        choices=choices,
        listed=listed,
        left_out={},
    )
    return _ranked(ports, known, page=page, size=size) if choices.creators else known


def _ranked(ports: Ports, known: Outlook, *, page: int, size: int) -> Outlook:
    wanted = min(max(page, 1), DEEPEST // size)
    try:
        ranking = rank(ports, known.campaign.id, limit=wanted * size, rules=known.rules)
        last = max(1, min(-(-ranking.considered // size), DEEPEST // size))
        shown = min(wanted, last)
        seats = _seats(ports, ranking, start=(shown - 1) * size, size=size)
    except Unavailable as error:
        return _with(known, has_index=ports.similarity.status().exists, problem=str(error))
    return _with(
        known,
        seats=seats,
        imagined=ranking.searched.expansions,
        decided=ranking.decisions.count,
        considered=ranking.considered,
        left_out=ranking.left_out,
        page=shown,
        last_page=last,
    )


def _with(known: Outlook, **found: object) -> Outlook:
    return Outlook(**{**vars(known), **found})


def _survey(
    creators: Iterable[CreatorColumns], outreach: Mapping[CreatorId, Outreach]
) -> tuple[Choices, tuple[Listed, ...]]:
    languages, countries, platforms = Counter[str](), Counter[str](), Counter[str]()
    names: dict[CreatorId, str] = {}
    count = 0
    for each in creators:
        count += 1
        platforms[each.platform] += 1
        if each.language is not None:
            languages[each.language] += 1
        if each.country is not None:
            countries[each.country] += 1
        if each.id in outreach:
            names[each.id] = f"{each.platform}:{each.handle}"
    choices = Choices(
        languages=dict(languages.most_common()),
        countries=dict(countries.most_common()),
        platforms=dict(platforms.most_common()),
        creators=count,
    )
    listed = tuple(
        Listed(person=names[name], outreach=row) for name, row in outreach.items() if name in names
    )
    return choices, listed


def _seats(ports: Ports, ranking: Ranking, *, start: int, size: int) -> tuple[Seat, ...]:
    window = ranking.ranked[start : start + size]
    places = {each.creator_id: place for place, each in enumerate(window, start=start + 1)}
    matches = explained(ports, ranking.brand, window)
    with ports.store.read() as tx:
        people = people_of(ports, tx, [each.creator.id for each in matches], known=(ranking.campaign,))
        at = ports.clock.now()
        return tuple(
            _seat(people, each, rank=places[each.creator.id], campaign_id=ranking.campaign.id, at=at)
            for each in matches
        )


def _seat(people: People, match: Match, *, rank: int, campaign_id: CampaignId, at: datetime) -> Seat:
    creator_id = match.creator.id
    known = (past.outreach for past in people.history(creator_id))
    here = next((o for o in known if o.campaign_id == campaign_id and o.creator_id == creator_id), None)
    taken = people.taken(here, at=at) if here is not None else people.taken_for_list(creator_id, at=at)
    return Seat(rank=rank, match=match, here=here, taken=taken)
