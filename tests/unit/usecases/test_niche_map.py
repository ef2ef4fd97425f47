"""Where creators stand on the map of niches."""

from math import hypot
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from agent.domain.filters import Filters
from agent.domain.ids import CampaignId, CreatorId
from agent.ports import NicheShare, Ports
from agent.usecases.indexing import build_index
from agent.usecases.niche_map import niche_map, place_of
from tests.builders import a_brand, a_campaign, a_creator, an_outreach
from tests.fakes import WordIndex, make_ports, quiet

SPRING = CampaignId("spring")
SOAP = NicheShare(id="soap", names={"en": "Soap", "fr": "Savon"}, share=0.75, x=0.2, y=0.2)
HERBS = NicheShare(id="herbs", names={"en": "Herbs", "fr": "Plantes"}, share=0.25, x=0.6, y=0.6)
PEOPLE = tuple(a_creator(f"person{number}") for number in range(9))
LARGE = a_creator("large", followers=90_000)


def a_town(*, with_niches: bool = True) -> Ports:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(SPRING))
        for creator in (*PEOPLE, LARGE):
            tx.creators.save(creator)
        tx.outreach.save(an_outreach("o-1", creator_id=PEOPLE[0].id, campaign_id=SPRING))
        tx.outreach.save(an_outreach("o-2", creator_id=LARGE.id, campaign_id=SPRING))
    build_index(ports, progress=quiet)
    if with_niches:
        known = cast("WordIndex", ports.similarity).known_niches
        known |= {creator.id: (SOAP, HERBS) for creator in (*PEOPLE[:6], LARGE)}
        known |= {creator.id: (HERBS,) for creator in PEOPLE[6:8]}
    return ports


SHARES = st.builds(
    NicheShare,
    id=st.just("n"),
    names=st.just({}),
    share=st.floats(0.05, 1),
    x=st.floats(0, 1),
    y=st.floats(0, 1),
)


@given(st.integers(0, 2**63 - 1), st.lists(SHARES, min_size=1, max_size=5))
def test_a_place_is_on_the_map_near_the_mean_and_always_the_same(
    number: int, niches: list[NicheShare]
) -> None:
    x, y = place_of(CreatorId(number), niches)
    total = sum(each.share for each in niches)
    mean = [sum(each.share * getattr(each, axis) for each in niches) / total for axis in ("x", "y")]
    assert 0 <= x <= 1
    assert 0 <= y <= 1
    assert hypot(x - mean[0], y - mean[1]) <= 0.0121
    assert place_of(CreatorId(number), niches) == (x, y)


def test_the_larger_niche_pulls_more() -> None:
    x, _ = place_of(CreatorId(0), (SOAP, HERBS))
    assert abs(x - 0.3) < 0.013


def test_everybody_listed_stands_on_the_map_also_against_the_rules() -> None:
    shown = niche_map(a_town(), SPRING)
    assert {spot.person for spot in shown.spots if spot.is_listed} == {
        "instagram:person0",
        "instagram:large",
    }
    assert shown.passing == 9
    assert (len(shown.spots), shown.unplaced, shown.is_sample) == (9, 1, False)


def test_niches_are_counted_by_what_somebody_is_about_most() -> None:
    shown = niche_map(a_town(), SPRING)
    assert [(area.id, area.creators, area.listed) for area in shown.areas] == [
        ("soap", 7, 2),
        ("herbs", 2, 0),
    ]
    assert {(area.x, area.y) for area in shown.areas} <= {(spot.x, spot.y) for spot in shown.spots}


def test_only_so_many_are_drawn_and_everybody_listed() -> None:
    shown = niche_map(a_town(), SPRING, most=2)
    assert shown.passing == 9
    assert shown.is_sample
    assert 2 <= len(shown.spots) <= 4
    assert sum(spot.is_listed for spot in shown.spots) == 2


def test_a_model_without_niches_gives_an_empty_map() -> None:
    shown = niche_map(a_town(with_niches=False), SPRING)
    assert (shown.spots, shown.areas, shown.passing) == ((), (), 9)


def test_other_rules_give_another_map() -> None:
    shown = niche_map(a_town(), SPRING, rules=Filters(followers_min=50_000))
    assert shown.is_what_if
    assert shown.passing == 1
    assert {spot.person for spot in shown.spots} == {"instagram:large", "instagram:person0"}
