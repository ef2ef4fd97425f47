"""What decisions about letters say about creators, and what they do to the next ranking."""

import pytest

from agent.domain.draft import RejectionReason
from agent.domain.ids import BrandId
from agent.ports import Ports
from agent.usecases.indexing import build_index
from agent.usecases.learning import Decisions, decisions_of
from agent.usecases.matching import match
from agent.usecases.reviewing import reject
from tests.builders import a_brand, a_creator, a_post
from tests.unit.usecases.world import CAMPAIGN, READER, a_neighbour, a_world, approved, written


def decided(ports: Ports, brand: str = "savon-du-sud") -> Decisions:
    with ports.store.read() as tx:
        return decisions_of(tx, BrandId(brand))


def test_without_a_decision_there_is_nothing_to_learn() -> None:
    assert decided(a_world()).count == 0


def test_an_approved_letter_says_yes_to_its_creator() -> None:
    ports = a_world()
    approved(ports)
    assert decided(ports).liked == {a_neighbour("lison.sans.flacon").id}
    assert not decided(ports).disliked


@pytest.mark.parametrize("reason", RejectionReason)
def test_only_the_wrong_person_is_a_no_to_the_creator(reason: RejectionReason) -> None:
    ports = a_world()
    draft = written(ports)
    reject(ports, draft.id, reason=reason, note="", by=READER)
    is_about_the_person = reason is RejectionReason.WRONG_PERSON
    assert bool(decided(ports).disliked) == is_about_the_person
    assert not decided(ports).liked


def test_another_brand_learns_nothing_from_it() -> None:
    ports = a_world()
    approved(ports)
    assert decided(ports, "somebody-else").count == 0


def test_the_next_ranking_follows_and_can_be_asked_not_to() -> None:
    ports = a_world()
    brand = a_brand()
    alike = a_creator("alike", bio="", posts=(a_neighbour("lison.sans.flacon").posts[0],), address=None)
    near = a_creator("near", bio=brand.values[0].text, posts=(), address=None)
    with ports.store.write() as tx:
        tx.creators.save(alike)
        tx.creators.save(near)
        tx.creators.save(a_creator("far", bio="rien", posts=(a_post("p", "rien"),), address=None))
    build_index(ports, progress=lambda _done, _total: None)

    def place_of(handle: str, *, learn: bool) -> int:
        found = match(ports, CAMPAIGN, limit=10, learn=learn).matches
        return [each.creator.handle for each in found].index(handle)

    before = place_of("alike", learn=True)
    approved(ports)
    assert place_of("alike", learn=False) == before
    assert place_of("alike", learn=True) < before
