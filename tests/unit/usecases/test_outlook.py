"""A campaign's ranking, page by page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from agent.domain.draft import DraftStatus
from agent.domain.errors import Unavailable
from agent.domain.filters import Filters
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import OutreachStatus
from agent.ports import Ports
from agent.usecases.indexing import build_index
from agent.usecases.matching import match
from agent.usecases.outlook import DEEPEST, outlook
from tests.builders import a_brand, a_campaign, a_creator, a_draft, a_post, an_outreach
from tests.fakes import WordIndex, make_ports, quiet
from tests.unit.usecases.test_expanding import TEXTS, ScriptedExpander
from tests.unit.usecases.test_expanding import a_village as an_expanding_village

SPRING, AUTUMN = CampaignId("spring"), CampaignId("autumn")
PEOPLE = tuple(
    a_creator(f"person{n}", posts=(a_post(f"p{n}", f"Une salle de bain sans flacon, la {n}e."),))
    for n in range(7)
)
ENGLISH = a_creator("english", language="en", country="US")


def a_town(*, is_indexed: bool = True) -> Ports:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(SPRING))
        tx.brands.save_campaign(a_campaign(AUTUMN))
        for creator in (*PEOPLE, ENGLISH):
            tx.creators.save(creator)
    if is_indexed:
        build_index(ports, progress=quiet)
    return ports


def test_pages_together_are_the_ranking() -> None:
    ports = a_town()
    pages = [outlook(ports, SPRING, page=number, size=3) for number in (1, 2, 3)]
    seats = [seat for page in pages for seat in page.seats]
    assert [seat.rank for seat in seats] == [1, 2, 3, 4, 5, 6, 7]
    assert {seat.match.creator.id for seat in seats} == {creator.id for creator in PEOPLE}
    assert [page.last_page for page in pages] == [3, 3, 3]
    assert all(seat.match.fit.reasons for seat in seats)


def test_a_page_that_does_not_exist_is_the_nearest_one() -> None:
    ports = a_town()
    assert outlook(ports, SPRING, page=99, size=3).page == 3
    assert [seat.rank for seat in outlook(ports, SPRING, page=99, size=3).seats] == [7]
    assert outlook(ports, SPRING, page=-4, size=3).page == 1
    assert outlook(ports, SPRING, page=10**9, size=3).page == 3
    assert DEEPEST // 3 > 3


def test_what_is_searched_and_what_is_left_out_is_told() -> None:
    shown = outlook(a_town(), SPRING)
    assert shown.query.startswith("Faire essayer le savon")
    assert "Rien à jeter. Une salle de bain sans flacon" in shown.query
    assert (shown.considered, shown.left_out) == (7, {"language not asked for": 1})
    assert shown.choices.languages == {"fr": 7, "en": 1}
    assert shown.choices.countries == {"FR": 7, "US": 1}
    assert not shown.is_what_if


def test_other_rules_are_a_what_if_that_changes_nothing() -> None:
    ports = a_town()
    shown = outlook(ports, SPRING, rules=Filters(languages=frozenset({"en"})))
    assert shown.is_what_if
    assert [seat.match.creator.id for seat in shown.seats] == [ENGLISH.id]
    with ports.store.read() as tx:
        assert tx.brands.campaign(SPRING) == a_campaign(SPRING)
    assert not outlook(ports, SPRING, rules=Filters.of(a_campaign(SPRING))).is_what_if


def test_who_is_listed_or_busy_elsewhere_is_marked() -> None:
    ports = a_town()
    with ports.store.write() as tx:
        tx.outreach.save(an_outreach("o-1", creator_id=PEOPLE[0].id, campaign_id=SPRING))
        tx.outreach.save(
            an_outreach("o-2", creator_id=PEOPLE[1].id, campaign_id=AUTUMN, status=OutreachStatus.CONTACTED)
        )
        tx.outreach.save(
            an_outreach("o-3", creator_id=PEOPLE[2].id, campaign_id=AUTUMN, status=OutreachStatus.CLOSED)
        )
    shown = outlook(ports, SPRING)
    seats = {seat.match.creator.id: seat for seat in shown.seats}
    assert [each.person for each in shown.listed] == ["instagram:person0"]
    assert seats[PEOPLE[0].id].here is not None
    assert seats[PEOPLE[1].id].taken is not None
    assert seats[PEOPLE[2].id].taken is None
    assert seats[PEOPLE[3].id].here is None


class Broken(WordIndex):
    """An index that cannot be asked."""

    def search(self, *_: Any, **__: Any) -> Any:
        raise Unavailable("The index belongs to another model. Run: nanoreach index build")


def test_without_an_index_everything_else_is_still_told() -> None:
    shown = outlook(replace(a_town(is_indexed=False), similarity=Broken()), SPRING)
    assert (shown.has_index, shown.seats) == (False, ())
    assert "another model" in shown.problem
    assert shown.choices.creators == 8
    broken = Broken()
    broken.build((), source="some", progress=quiet)
    assert outlook(replace(a_town(), similarity=broken), SPRING).has_index


def test_without_creators_nothing_is_searched() -> None:
    ports = make_ports()
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        tx.brands.save_campaign(a_campaign(SPRING))
    shown = outlook(replace(ports, similarity=Broken()), SPRING)
    assert (shown.choices.creators, shown.problem, shown.seats) == (0, "", ())


def test_kept_texts_of_a_model_are_told_and_looking_asks_no_model(tmp_path: Path) -> None:
    expander = ScriptedExpander()
    ports = an_expanding_village(tmp_path, expander)
    assert outlook(ports, SPRING).imagined == ()
    assert expander.asked == []
    match(ports, SPRING, limit=3)
    assert {each.kind for each in outlook(ports, SPRING).imagined} == {each.kind for each in TEXTS}
    assert len(expander.asked) == 1


def test_earlier_decisions_are_counted() -> None:
    ports = a_town()
    assert outlook(ports, SPRING).decided == 0
    with ports.store.write() as tx:
        tx.outreach.save(an_outreach("o-1", creator_id=PEOPLE[0].id, campaign_id=AUTUMN))
        tx.drafts.save(a_draft("d-1", outreach_id=OutreachId("o-1"), status=DraftStatus.APPROVED))
    assert outlook(ports, SPRING).decided == 1
