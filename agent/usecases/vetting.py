"""Vetting a creator from what is held: nothing is fetched, nothing is stored, nobody is judged."""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from agent.domain.brand import Brand
from agent.domain.creator import Creator
from agent.domain.errors import NotFound, Unavailable
from agent.domain.fit import Against, Reason
from agent.domain.ids import CampaignId
from agent.domain.vetting import Known, Peers, Signal, against, peers_of, signals_of
from agent.ports import Ports, Transaction
from agent.usecases.explaining import Evidence, cosines_of, queries_of, reasons_of
from agent.usecases.lookup import the_campaign

_PEERS = 5_000
"""Creators that engagement is compared with: ids are hashes, so the first ones by id are a fair sample."""
PASSAGES = 200
"""Passages per value and creator that are looked at: more posts than most creators have on file."""
# Measured with the default model on posts of known subject: below it lie 5 of 100 English posts that fit
# the brand and 39 of 100 that do not. French posts do not separate (57 and 74 of 100): nothing is said.
_NEAR = {"en": 0.12}


@dataclass(frozen=True, kw_only=True)
class Vetting:
    """What is known about a creator, and beside a campaign what speaks for and against.

    `problem` says why there are no reasons, where the index could not be asked.
    """

    creator: Creator
    signals: tuple[Signal, ...]
    reasons: tuple[Reason, ...] = ()
    against: tuple[Against, ...] = ()
    problem: str = ""


def vet(ports: Ports, person: str, *, campaign_id: CampaignId | None = None) -> Vetting:
    """Return all signals about the creator named `platform:handle`, and the fit to a campaign's brand.

    Raises NotFound for an unknown creator or campaign.
    """
    today = ports.clock.now().date()
    with ports.store.read() as tx:
        creator = tx.creators.find(person)
        if creator is None:
            raise NotFound("creator", person, hint="Name one as platform:handle.")
        brand = the_campaign(tx, campaign_id)[1] if campaign_id is not None else None
        peers = peers_in(tx)
    evidence, problem = _evidence(ports, brand, creator)
    reasons = reasons_of(brand, creator, evidence) if brand is not None else ()
    known = Known(
        today=today,
        peers=peers,
        brand=brand,
        reasons=reasons,
        cosines=cosines_of(creator, evidence),
        near=near(creator),
        detect=ports.languages.detect,
    )
    return Vetting(
        creator=creator,
        signals=signals_of(creator, known),
        reasons=reasons,
        against=against(brand, creator) if brand is not None else (),
        problem=problem,
    )


def peers_in(tx: Transaction) -> Peers:
    """Return whom engagement is compared with, from at most 5,000 creators of the store."""
    return peers_of(islice(tx.creators.stream(), _PEERS))


def matched_signals(
    creator: Creator,
    *,
    brand: Brand,
    peers: Peers,
    reasons: tuple[Reason, ...],
    evidence: Evidence,
    today: date,
) -> tuple[Signal, ...]:
    """Return the signals about a creator in a ranking: all but the languages, which cost a model."""
    return signals_of(
        creator,
        Known(
            today=today,
            peers=peers,
            brand=brand,
            reasons=reasons,
            cosines=cosines_of(creator, evidence),
            near=near(creator),
        ),
    )


def near(creator: Creator) -> float | None:
    """Return the cosine from which on a post of this creator counts as near; None where none separates."""
    return _NEAR.get(creator.language or "")


def _evidence(ports: Ports, brand: Brand | None, creator: Creator) -> tuple[Evidence, str]:
    if brand is None:
        return (), ""
    try:
        found = ports.similarity.evidence(queries_of(brand), (creator.id,), limit=PASSAGES)
    except Unavailable as error:
        return (), str(error)  # the signals are worth having without an index
    return found.get(creator.id, ()), ""
