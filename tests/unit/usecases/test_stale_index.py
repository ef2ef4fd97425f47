"""What the index knows may be older than the store: the store has the last word."""

from dataclasses import replace

from agent.domain.filters import Filters
from agent.domain.ids import CampaignId
from agent.ports import Ports
from agent.usecases.indexing import build_index
from agent.usecases.matching import rank
from tests.builders import a_brand
from tests.fakes import make_ports, quiet
from tests.unit.usecases.world import a_neighbour, the_campaign

SPRING = CampaignId("spring")
HANDLES = ("une", "deux", "trois", "quatre")


def a_village() -> Ports:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(replace(the_campaign(), id=SPRING))
        for handle in HANDLES:
            tx.creators.save(a_neighbour(handle))
    build_index(ports, progress=quiet)
    return ports


def handles(ports: Ports, *, limit: int | None = None) -> set[str]:
    names = {a_neighbour(handle).id: handle for handle in HANDLES}
    return {names[each.creator_id] for each in rank(ports, SPRING, limit=limit).ranked}


def test_whoever_moved_since_the_index_was_built_is_not_found() -> None:
    ports = a_village()
    assert handles(ports) == set(HANDLES)
    with ports.store.write() as tx:
        tx.creators.save(replace(a_neighbour("deux"), country="BE"))
        tx.creators.delete(a_neighbour("trois").id)
    assert handles(ports) == {"une", "quatre"}


def test_others_take_the_places_of_those_whom_the_store_refuses() -> None:
    ports = a_village()
    first = rank(ports, SPRING, limit=1).ranked[0].creator_id
    with ports.store.write() as tx:
        creator = tx.creators.get(first)
        assert creator is not None
        tx.creators.save(replace(creator, country="BE"))
    ranked = rank(ports, SPRING, limit=3).ranked
    assert len(ranked) == 3
    assert first not in {each.creator_id for each in ranked}


def test_other_rules_than_the_campaigns_reach_the_index() -> None:
    ports = a_village()
    nobody = rank(ports, SPRING, limit=5, rules=Filters(followers_min=10**9))
    assert (nobody.ranked, nobody.considered) == ((), 0)
    assert sum(nobody.left_out.values()) == len(HANDLES)
