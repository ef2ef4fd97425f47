"""Why somebody is not on the shortlist: one answer, the most final reason first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from agent.domain.creator import Creator
from agent.domain.errors import Unavailable
from agent.domain.filters import Filters, refusal
from agent.domain.fit import Against, Level
from agent.domain.ids import CampaignId, normal_handle
from agent.domain.outreach import Outreach
from agent.domain.taken import Because, Taken
from agent.domain.vetting import Kind, Signal
from agent.ports import CreatorColumns, Ports, Transaction
from agent.usecases.lookup import the_campaign
from agent.usecases.matching import Match, explained, rank
from agent.usecases.quieting import is_suppressed
from agent.usecases.taken import people_of
from agent.usecases.wishes import HABITS, Habits

_NAMED = 5
"""So many names are offered where the one asked for is not known, or not the only one."""


class Verdict(StrEnum):
    """What stands in the way, or nothing (RANKED)."""

    UNKNOWN = "unknown"
    SEVERAL = "several"
    SUPPRESSED = "suppressed"
    LISTED = "listed"
    REFUSED = "refused"
    ENGAGED = "engaged"
    RESTING = "resting"
    ON_A_LIST = "on_a_list"
    RULED_OUT = "ruled_out"
    UNAVAILABLE = "unavailable"
    NOT_INDEXED = "not_indexed"
    WORDLESS = "wordless"
    CONTRADICTION = "contradiction"
    CONCERN = "concern"
    BELOW_FLOOR = "below_floor"
    RANKED = "ranked"


_VERDICTS = {
    Because.REFUSED: Verdict.REFUSED,
    Because.ENDED: Verdict.RESTING,
    Because.TALKING: Verdict.ENGAGED,
    Because.RESTING: Verdict.RESTING,
    Because.LISTED: Verdict.ON_A_LIST,
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is known about somebody a person asked for; which fields are filled depends on the verdict.

    `people` are names that were perhaps meant. `rule` is what `refusal` says, `rules` the filters it is of.
    `outreach` is the row in this campaign (LISTED) or another (REFUSED to ON_A_LIST), `taken` what keeps
    them from a letter, and until when. From WORDLESS on, `match` has the place `rank` of `of`, and `score`s
    are those of the ranking. `floor` is the least probability that is asked for, `problem` what the index
    said.
    """

    verdict: Verdict
    asked: str
    people: tuple[str, ...] = ()
    creator: Creator | None = None
    rule: str = ""
    rules: Filters = field(default_factory=Filters)
    outreach: Outreach | None = None
    taken: Taken | None = None
    match: Match | None = None
    rank: int = 0
    of: int = 0
    against: Against | None = None
    concern: Signal | None = None
    floor: float = 0.0
    problem: str = ""


def why_not(
    ports: Ports,
    campaign_id: CampaignId,
    asked: str,
    *,
    rules: Filters | None = None,
    habits: Habits = HABITS,
) -> Answer:
    """Answer for `platform:handle`, or a handle alone, with or without its @.

    Other `rules` than the campaign's are a what-if. Raises NotFound for an unknown campaign.
    """
    name = asked.strip()
    with ports.store.read() as tx:
        campaign, _ = the_campaign(tx, campaign_id)
        creator = tx.creators.find(name) if ":" in name else None
        if creator is None:
            people = _called(tx.creators.columns(), normal_handle(name.rpartition(":")[2]))
            if len(people) != 1 or ":" in name:
                verdict = Verdict.SEVERAL if len(people) > 1 and ":" not in name else Verdict.UNKNOWN
                return Answer(
                    verdict=verdict,
                    asked=name,
                    people=people or _like(tx.creators.columns(), normal_handle(name)),
                )
            creator = tx.creators.find(people[0])
        if creator is None:
            return Answer(verdict=Verdict.UNKNOWN, asked=name)
        kept = rules if rules is not None else Filters.of(campaign)
        answer = _of_records(ports, tx, campaign_id, creator, name) or _of_rules(creator, kept, name)
    return answer or _of_ranking(ports, campaign_id, creator, kept, name, habits)


def _called(creators: Iterable[CreatorColumns], handle: str) -> tuple[str, ...]:
    return _first(creators, lambda known: known == handle.casefold())


def _like(creators: Iterable[CreatorColumns], handle: str) -> tuple[str, ...]:
    wanted = handle.casefold()
    return _first(creators, lambda known: wanted in known or known in wanted) if wanted else ()


def _first(creators: Iterable[CreatorColumns], fits: Callable[[str], bool]) -> tuple[str, ...]:
    found = (f"{each.platform}:{each.handle}" for each in creators if fits(each.handle.casefold()))
    return tuple(name for name, _ in zip(found, range(_NAMED), strict=False))


def _of_records(
    ports: Ports, tx: Transaction, campaign_id: CampaignId, creator: Creator, asked: str
) -> Answer | None:
    def answer(verdict: Verdict, outreach: Outreach | None = None) -> Answer:
        return Answer(verdict=verdict, asked=asked, creator=creator, outreach=outreach)

    if is_suppressed(ports, tx, creator):
        return answer(Verdict.SUPPRESSED)
    people = people_of(ports, tx, (creator.id,))
    known = (past.outreach for past in people.history(creator.id))
    here = next((o for o in known if o.campaign_id == campaign_id and o.creator_id == creator.id), None)
    if here is not None:
        own = people.taken(here, at=ports.clock.now())
        return replace(answer(Verdict.LISTED, here), taken=own)
    taken = people.taken_for_list(creator.id, at=ports.clock.now())
    if taken is None:
        return None
    return replace(answer(_VERDICTS[taken.because], taken.outreach), taken=taken)


def _of_rules(creator: Creator, rules: Filters, asked: str) -> Answer | None:
    rule = refusal(
        rules,
        language=creator.language,
        country=creator.country,
        followers=creator.followers,
        platform=creator.platform,
    )
    if not rule:
        return None
    return Answer(verdict=Verdict.RULED_OUT, asked=asked, creator=creator, rule=rule, rules=rules)


def _of_ranking(
    ports: Ports, campaign_id: CampaignId, creator: Creator, rules: Filters, asked: str, habits: Habits
) -> Answer:
    try:
        ranking = rank(ports, campaign_id, limit=None, rules=rules)
        place = next((n for n, each in enumerate(ranking.ranked) if each.creator_id == creator.id), None)
        found = ranking.ranked[place : place + 1] if place is not None else ()
        matches = explained(ports, ranking.brand, found) if found else ()
    except Unavailable as error:
        return Answer(verdict=Verdict.UNAVAILABLE, asked=asked, creator=creator, problem=str(error))
    if place is None or not matches:
        return Answer(verdict=Verdict.NOT_INDEXED, asked=asked, creator=creator)
    match = matches[0]
    against, concern = _gravest(match)
    return Answer(
        verdict=_weighed(match, against, concern, habits),
        asked=asked,
        creator=creator,
        match=match,
        rank=place + 1,
        of=len(ranking.ranked),
        against=against,
        concern=concern,
        floor=habits.floor,
    )


def _gravest(match: Match) -> tuple[Against | None, Signal | None]:
    against = next((each for each in match.fit.against if each.level is Level.CONCERN), None)
    # what the GDPR's art. 9 protects never ranks or excludes anybody, whatever its level
    concerns = (s for s in match.signals if s.level is Level.CONCERN and s.kind is not Kind.SENSITIVE)
    return against, next(concerns, None)


def _weighed(match: Match, against: Against | None, concern: Signal | None, habits: Habits) -> Verdict:
    probability = match.fit.probability
    if not match.fit.reasons:
        return Verdict.WORDLESS
    if against is not None:
        return Verdict.CONTRADICTION
    if concern is not None:
        return Verdict.CONCERN
    is_below = probability is not None and probability < habits.floor
    return Verdict.BELOW_FLOOR if is_below else Verdict.RANKED
