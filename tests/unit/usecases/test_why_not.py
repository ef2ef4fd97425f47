"""Why somebody is not on the shortlist: one answer for each reason."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agent.domain.brand import Value
from agent.domain.creator import Creator
from agent.domain.errors import NotFound, Unavailable
from agent.domain.filters import Filters
from agent.domain.ids import CampaignId
from agent.domain.outreach import OutreachStatus
from agent.domain.people import Entry
from agent.ports import Ports
from agent.usecases.indexing import build_index
from agent.usecases.matching import Match
from agent.usecases.why_not import Answer, Verdict, _weighed, why_not
from agent.usecases.wishes import HABITS
from tests.builders import NOW, a_brand, a_campaign, a_creator, a_post, an_address, an_outreach
from tests.fakes import WordIndex, make_ports, quiet

SPRING, AUTUMN = CampaignId("spring"), CampaignId("autumn")


def a_neighbour(handle: str, text: str = "Une salle de bain sans flacon.", **fields: Any) -> Creator:
    return a_creator(handle, posts=(a_post(f"{handle}-1", text),), bio="", bio_original="", **fields)


VILLAGE = (
    a_neighbour("lison"),
    a_neighbour("solene", "Le romarin, et une salle de bain sans film plastique."),
    a_neighbour("solene", platform="tiktok"),
    a_neighbour("large", followers=80_000),
    a_neighbour("english", language="en"),
    a_neighbour("somewhere", country=None),
    a_neighbour("steak", "Mon entrecôte préférée du dimanche 😍"),
)


def a_village(*creators: Creator, is_indexed: bool = True, **brand: Any) -> Ports:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(a_brand(**brand))
        tx.brands.save_campaign(a_campaign(SPRING))
        tx.brands.save_campaign(a_campaign(AUTUMN))
        for creator in creators or VILLAGE:
            tx.creators.save(creator)
    if is_indexed:
        build_index(ports, progress=quiet)
    return ports


def ask(ports: Ports, who: str, **options: Any) -> Answer:
    return why_not(ports, SPRING, who, **options)


@pytest.mark.parametrize("who", ["lison", "@Lison", " instagram:lison "])
def test_a_handle_is_enough_and_its_place_in_the_ranking_is_told(who: str) -> None:
    answer = ask(a_village(), who)
    assert answer.verdict is Verdict.RANKED
    assert answer.match is not None
    assert answer.match.creator.person == "instagram:lison"
    assert 1 <= answer.rank <= answer.of == 4
    assert answer.match.fit.reasons


def test_a_handle_on_two_platforms_asks_which() -> None:
    answer = ask(a_village(), "solene")
    assert answer.verdict is Verdict.SEVERAL
    assert set(answer.people) == {"instagram:solene", "tiktok:solene"}
    assert ask(a_village(), "tiktok:solene").creator == VILLAGE[2]


def test_an_unknown_name_offers_what_is_near() -> None:
    answer = ask(a_village(), "@lison.sans.flacon")
    assert (answer.verdict, answer.people) == (Verdict.UNKNOWN, ("instagram:lison",))
    assert ask(a_village(), "youtube:solene").verdict is Verdict.UNKNOWN
    assert ask(a_village(), "nobody-at-all").people == ()
    assert ask(a_village(), "@").people == ()


@pytest.mark.parametrize(
    ("who", "rule"),
    [
        ("large", "more followers than asked for"),
        ("english", "language not asked for"),
        ("somewhere", "country unknown"),
    ],
)
def test_a_rule_is_named_with_what_it_asks_for(who: str, rule: str) -> None:
    answer = ask(a_village(), who)
    assert (answer.verdict, answer.rule) == (Verdict.RULED_OUT, rule)
    assert answer.rules == Filters.of(a_campaign(SPRING))


def test_other_rules_give_another_answer() -> None:
    ports = a_village()
    assert ask(ports, "english", rules=Filters(languages=frozenset({"en"}))).verdict is Verdict.RANKED
    assert ask(ports, "lison", rules=Filters(languages=frozenset({"en"}))).verdict is Verdict.RULED_OUT


def test_an_objection_comes_before_every_other_reason() -> None:
    ports = a_village()
    with ports.store.write() as tx:
        tx.suppressions.add(ports.fingerprints.of("large@creator.example"), reason="asked", at=NOW)
        tx.outreach.save(an_outreach("o-1", creator_id=VILLAGE[3].id, campaign_id=SPRING))
        tx.journal.add(Entry(at=NOW, who="a test", what="shortlisted", subject="o-1"))
    assert ask(ports, "large").verdict is Verdict.SUPPRESSED


@pytest.mark.parametrize("status", list(OutreachStatus))
def test_who_is_in_this_campaign_is_told_with_its_state(status: OutreachStatus) -> None:
    ports = a_village()
    with ports.store.write() as tx:
        tx.outreach.save(
            an_outreach("o-1", creator_id=VILLAGE[0].id, campaign_id=SPRING, status=status, updated_at=NOW)
        )
    answer = ask(ports, "lison")
    assert answer.verdict is Verdict.LISTED
    assert answer.outreach is not None
    assert answer.outreach.status is status


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (OutreachStatus.DECLINED, Verdict.REFUSED),
        (OutreachStatus.STOPPED, Verdict.REFUSED),
        (OutreachStatus.CONTACTED, Verdict.ENGAGED),
        (OutreachStatus.CLOSED, Verdict.RANKED),
    ],
)
def test_another_campaign_counts_also_under_another_profile(status: OutreachStatus, verdict: Verdict) -> None:
    same = an_address("one@person.example")
    other = a_neighbour("elsewhere", platform="youtube", address=same)
    ports = a_village(replace(VILLAGE[0], address=same), other, VILLAGE[1])
    with ports.store.write() as tx:
        tx.outreach.save(an_outreach("o-1", creator_id=other.id, campaign_id=AUTUMN, status=status))
    assert ask(ports, "lison").verdict is verdict


def test_who_came_after_the_index_was_built_is_not_in_it() -> None:
    ports = a_village()
    with ports.store.write() as tx:
        tx.creators.save(a_neighbour("fresh"))
    assert ask(ports, "fresh").verdict is Verdict.NOT_INDEXED


def test_whose_words_may_not_be_quoted_is_told() -> None:
    silent = replace(VILLAGE[0], posts=(a_post("t", "#savon #bain", kind="top_hashtags"),))
    assert ask(a_village(silent), "lison").verdict is Verdict.WORDLESS


def test_words_against_the_brand_are_told_with_the_quote() -> None:
    ports = a_village(values=(*a_brand().values, Value(name="Sans animaux", text="Nos savons sont vegan.")))
    answer = ask(ports, "steak")
    assert answer.verdict is Verdict.CONTRADICTION
    assert answer.against is not None
    assert "entrecôte" in answer.against.quote
    assert answer.rank > 0


def test_somebody_who_went_silent_long_ago_is_a_concern_with_its_sentence() -> None:
    silent = replace(
        VILLAGE[0], posts=tuple(replace(p, published_on=date(2023, 1, 1)) for p in VILLAGE[0].posts)
    )
    answer = ask(a_village(silent), "lison")
    assert answer.verdict is Verdict.CONCERN
    assert answer.concern is not None
    assert answer.concern.said("fr") != answer.concern.said("en")


def test_too_small_a_probability_is_below_the_floor() -> None:
    found = ask(a_village(), "lison").match
    assert found is not None

    def verdict(probability: float | None) -> Verdict:
        fit = replace(found.fit, probability=probability)
        return _weighed(Match(creator=found.creator, fit=fit), None, None, HABITS)

    assert verdict(HABITS.floor - 0.01) is Verdict.BELOW_FLOOR
    assert verdict(HABITS.floor) is Verdict.RANKED
    assert verdict(None) is Verdict.RANKED


class NoIndex(WordIndex):
    """An index that was never built."""

    def search(self, *_: Any, **__: Any) -> Any:
        raise Unavailable("There is no index. Run: nanoreach index build")


def test_without_an_index_the_records_still_answer() -> None:
    ports = replace(a_village(is_indexed=False), similarity=NoIndex())
    assert ask(ports, "large").verdict is Verdict.RULED_OUT
    answer = ask(ports, "lison")
    assert answer.verdict is Verdict.UNAVAILABLE
    assert "index build" in answer.problem


def test_an_unknown_campaign_is_an_error() -> None:
    with pytest.raises(NotFound):
        why_not(a_village(), CampaignId("none"), "lison")
