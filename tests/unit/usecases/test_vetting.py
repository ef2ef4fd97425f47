"""What is known about a creator: reasons with several quotes, what speaks against, and signals."""

from dataclasses import replace
from typing import NoReturn

import pytest

from agent.domain.brand import Value
from agent.domain.creator import BIO, Post
from agent.domain.errors import NotFound, Unavailable
from agent.domain.fit import Reason
from agent.domain.ids import CampaignId
from agent.domain.vetting import Kind
from agent.ports import Passage, Ports
from agent.usecases.explaining import cosines_of, reasons_of
from agent.usecases.indexing import build_index
from agent.usecases.matching import match
from agent.usecases.vetting import vet
from tests.builders import a_brand, a_creator, a_post
from tests.fakes import WordIndex, make_ports, quiet
from tests.unit.usecases.world import a_neighbour, the_campaign

CAMPAIGN = CampaignId("second-evening")
VEGAN = Value(name="Sans animaux", text="Nos savons sont vegan.")
STEAK = a_post("steak", "Mon entrecôte préférée du dimanche 😍")


def a_village(*posts: Post) -> Ports:
    ports = make_ports()
    neighbour = a_neighbour("une")
    with ports.store.write() as tx:
        tx.brands.save(a_brand(values=(*a_brand().values, VEGAN)))
        tx.brands.save_campaign(the_campaign())
        tx.creators.save(replace(neighbour, posts=(*neighbour.posts, *posts)))
    build_index(ports, progress=quiet)
    return ports


def reasons(*scored: tuple[str, float], posts: tuple[Post, ...]) -> tuple[Reason, ...]:
    """Return the reasons for a brand of one value where the index found these passages."""
    creator = a_creator(posts=posts)
    passages = [Passage(number=creator.post_number(key), score=score) for key, score in scored]
    return reasons_of(a_brand(values=a_brand().values[:1]), creator, [passages])


POSTS = tuple(a_post(f"p-{n}", f"Un savon sans flacon, numéro {n}, posé sur le bord") for n in range(5))


def test_a_reason_has_three_quotes_at_most_the_best_first() -> None:
    scored = [(f"p-{n}", 0.6 - n / 100) for n in range(5)]
    (reason,) = reasons(*scored, posts=POSTS)
    assert [quotation.ref for quotation in reason.quotations] == ["p-0", "p-1", "p-2"]
    assert reason.score == reason.quotations[0].score == 0.6
    assert all(quotation.quote in POSTS[n].text for n, quotation in enumerate(reason.quotations))


def test_a_passage_that_is_far_behind_the_best_is_no_further_quote() -> None:
    (reason,) = reasons(("p-0", 0.6), ("p-1", 0.31), ("p-2", 0.29), posts=POSTS)
    assert [quotation.ref for quotation in reason.quotations] == ["p-0", "p-1"]


def test_the_same_words_posted_twice_are_one_quote() -> None:
    again = replace(POSTS[0], key="again")
    (reason,) = reasons(("p-0", 0.6), ("again", 0.6), ("p-1", 0.5), posts=(*POSTS, again))
    assert [quotation.ref for quotation in reason.quotations] == ["p-0", "p-1"]


def test_hashtags_gathered_by_a_directory_are_no_reason() -> None:
    tags = a_post("tags", "#savon #flacon", kind="top_hashtags")
    assert reasons(("tags", 0.9), posts=(tags,)) == ()


def test_a_posts_cosine_is_its_best_to_any_value_and_the_bio_has_none() -> None:
    creator = a_creator(posts=POSTS)
    numbers = {key: creator.post_number(key) for key in ("p-0", "p-1", BIO)}
    evidence = [
        [Passage(number=numbers["p-0"], score=0.1), Passage(number=numbers[BIO], score=0.9)],
        [Passage(number=numbers["p-0"], score=0.4), Passage(number=numbers["p-1"], score=-0.2)],
    ]
    assert cosines_of(creator, evidence) == {"p-0": 0.4, "p-1": -0.2}


def test_a_match_says_what_speaks_against_and_keeps_its_place() -> None:
    (plain,) = match(a_village(), CAMPAIGN, limit=5).matches
    (meaty,) = match(a_village(STEAK), CAMPAIGN, limit=5).matches
    assert plain.fit.against == ()
    assert [(found.kind, found.value, found.ref) for found in meaty.fit.against] == [
        ("vegan", VEGAN.name, "steak")
    ]
    assert meaty.fit.score == plain.fit.score  # told to people, and no secret part of the score


def test_a_match_carries_its_signals_without_the_languages() -> None:
    (each,) = match(a_village(), CAMPAIGN, limit=5).matches
    kinds = {signal.kind for signal in each.signals}
    assert {Kind.ENGAGEMENT, Kind.ACTIVITY, Kind.SAFETY, Kind.SPONSORED, Kind.STALE} <= kinds
    assert Kind.LANGUAGE not in kinds


def test_a_creator_is_vetted_without_a_campaign() -> None:
    found = vet(a_village(STEAK), "instagram:une")
    assert (found.reasons, found.against, found.problem) == ((), (), "")
    assert Kind.LANGUAGE in {signal.kind for signal in found.signals}


def test_a_creator_is_vetted_for_a_campaign() -> None:
    found = vet(a_village(STEAK), "instagram:une", campaign_id=CAMPAIGN)
    assert {reason.value for reason in found.reasons} == {"Rien à jeter", "Le temps de la cure", VEGAN.name}
    assert [each.ref for each in found.against] == ["steak"]


class NoIndex(WordIndex):
    """An index that was never built."""

    def evidence(self, *_: object, **__: object) -> NoReturn:
        raise Unavailable("There is no index yet.")


def test_without_an_index_the_signals_come_and_the_reasons_are_missed() -> None:
    ports = replace(a_village(STEAK), similarity=NoIndex())
    found = vet(ports, "instagram:une", campaign_id=CAMPAIGN)
    assert (found.reasons, found.problem) == ((), "There is no index yet.")
    assert found.against
    assert found.signals


@pytest.mark.parametrize(("person", "campaign"), [("instagram:nobody", None), ("instagram:une", "nothing")])
def test_unknown_names_are_said(person: str, campaign: str | None) -> None:
    with pytest.raises(NotFound, match=campaign or "nobody"):
        vet(a_village(), person, campaign_id=CampaignId(campaign) if campaign else None)
