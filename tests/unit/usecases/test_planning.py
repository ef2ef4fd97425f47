"""Plans of shortlists: what excludes somebody, what a creator costs, what earlier lists change."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from agent.domain.brand import Campaign, Gift, Money, Offer
from agent.domain.creator import Tier
from agent.domain.errors import BadInput
from agent.domain.fit import Against, Level, Quotation, Reason
from agent.domain.ids import CampaignId, CreatorId
from agent.domain.portfolio import Pool, parse_quota
from agent.domain.vetting import Kind, Signal
from agent.usecases.candidacy import Ground, pool_of
from agent.usecases.matching import Match
from agent.usecases.planning import Plan, plan
from agent.usecases.wishes import Habits, Wishes
from tests.builders import NOW, a_brand, a_campaign, a_creator, a_fit, an_offer, an_outreach, euros
from tests.fakes import make_ports

GIFT = Offer(gift=Gift(name="un coffret", value=euros("38.50")))
SAFETY = Signal(
    kind=Kind.SAFETY,
    level=Level.CONCERN,
    key="irregular.constant",
    figures={"posts": 6, "spread": 1.0},
    evidence=(Quotation(ref="p-1", quote="les mots mêmes"),),
)
PARTLY_MEAT = Against(kind="vegan", value="Rien à jeter", level=Level.CONCERN, ref="p-7", quote="le gigot")


def a_match(handle: str, score: float, *, signals: tuple[Signal, ...] = (), **fields: Any) -> Match:
    creator = a_creator(
        handle, **{name: fields.pop(name) for name in ("followers", "country") if name in fields}
    )
    return Match(creator=creator, fit=a_fit(creator_id=creator.id, score=score, **fields), signals=signals)


def a_ground(
    *matches: Match, offer: Offer = GIFT, listed: Mapping[int, int] | None = None, **fields: Any
) -> Ground:
    given: dict[str, Any] = {
        "campaign": a_campaign(offer=offer),
        "brand": a_brand(),
        "obstacles": {},
        "pool": Pool(tiers={"nano": 100}, listed=listed or {}),
    }
    return Ground(matches=matches, **(given | fields))


def a_row_of(count: int, **fields: Any) -> list[Match]:
    return [a_match(f"no-{n}", 2 - n / 100, **fields) for n in range(count)]


def chosen(made: Plan) -> list[str]:
    return [each.match.creator.handle for each in made.chosen]


def reasons(made: Plan) -> dict[str, tuple[str, str]]:
    return {left.person.partition(":")[2]: (left.code, left.reason) for left in made.left_out}


def test_a_contradiction_excludes_with_the_words_that_show_it() -> None:
    against = a_match("viande", 9, against=(PARTLY_MEAT,))
    made = plan(a_ground(against, a_match("bon", 1)), limit=2)
    assert chosen(made) == ["bon"]
    code, reason = reasons(made)["viande"]
    assert code == "contradiction"
    assert "“Rien à jeter”: “le gigot” (p-7)" in reason
    assert any("--with-concerns" in note for note in made.notes)


def test_a_concern_excludes_with_its_sentence_and_its_words() -> None:
    made = plan(a_ground(a_match("doute", 9, signals=(SAFETY,)), a_match("bon", 1)), limit=2)
    code, reason = reasons(made)["doute"]
    assert code == "concern"
    assert reason == f"{SAFETY.text} “les mots mêmes” (p-1)"


def test_concerns_come_in_when_they_are_asked_for() -> None:
    ground = a_ground(a_match("viande", 9, against=(PARTLY_MEAT,)), a_match("doute", 8, signals=(SAFETY,)))
    made = plan(ground, limit=2, wishes=Wishes(with_concerns=True))
    assert set(chosen(made)) == {"viande", "doute"}
    assert made.notes == ()


@pytest.mark.parametrize("level", list(Level))
def test_what_the_law_protects_neither_excludes_nor_ranks(level: Level) -> None:
    sensitive = replace(SAFETY, kind=Kind.SENSITIVE, level=level)
    plain, touched = a_match("une", 1), a_match("une", 1, signals=(sensitive,))
    other = a_match("autre", 1)
    seeds = range(8)
    one = [chosen(plan(a_ground(plain, other), limit=1, wishes=Wishes(seed=seed))) for seed in seeds]
    two = [chosen(plan(a_ground(touched, other), limit=1, wishes=Wishes(seed=seed))) for seed in seeds]
    assert one == two
    assert len({handle for handles in one for handle in handles}) == 2


def test_nobody_below_the_floor_fills_a_list() -> None:
    sure = [a_match(f"sure-{n}", 2, probability=0.7) for n in range(2)]
    unsure = [a_match(f"unsure-{n}", 1, probability=0.11) for n in range(3)]
    made = plan(a_ground(*sure, *unsure), limit=4)
    assert len(made.chosen) == 2
    assert reasons(made)["unsure-0"] == (
        "floor",
        "fits with a probability of 11%, below the 20% that are asked for",
    )
    assert any(note.startswith("Only 2 of 4 reach the floor") for note in made.notes)
    assert len(plan(a_ground(*sure, *unsure), limit=4, habits=Habits(floor=0.1)).chosen) == 4


def test_a_budget_ends_a_list_and_the_next_one_is_told_what_is_missing() -> None:
    made = plan(a_ground(*a_row_of(5)), limit=5, wishes=Wishes(budget=euros("100")))
    assert len(made.chosen) == 2
    assert (made.figures.cost, made.currency) == (Decimal("77.00"), "EUR")
    assert set(reasons(made).values()) == {("budget", "over budget: 15.50 EUR more would be needed")}


def test_a_reviewers_time_ends_a_list() -> None:
    made = plan(a_ground(*a_row_of(5)), limit=5, wishes=Wishes(minutes=Decimal(10)))
    assert (len(made.chosen), made.figures.minutes) == (2, Decimal(8))
    assert {code for code, _ in reasons(made).values()} == {"minutes"}
    slow = Habits(minutes_per_letter=Decimal(10))
    assert (
        len(plan(a_ground(*a_row_of(5)), limit=5, wishes=Wishes(minutes=Decimal(10)), habits=slow).chosen)
        == 1
    )


@pytest.mark.parametrize(
    ("offer", "says"),
    [
        (Offer(gift=Gift(name="un coffret")), "the gift has no value"),
        (an_offer(cash=Money(amount=Decimal(50), currency="USD")), "the offer is in EUR and USD"),
        (Offer(cash=Money(amount=Decimal(50), currency="USD")), "write it in USD"),
    ],
)
def test_a_budget_needs_a_price_to_compare_with(offer: Offer, says: str) -> None:
    ground = a_ground(*a_row_of(2), offer=offer)
    with pytest.raises(BadInput, match=says):
        plan(ground, limit=2, wishes=Wishes(budget=euros("100")))
    assert len(plan(ground, limit=2).chosen) == 2


def test_a_price_that_nobody_knows_is_no_zero() -> None:
    assert (
        plan(a_ground(*a_row_of(2), offer=Offer(gift=Gift(name="un coffret"))), limit=2).figures.cost is None
    )
    assert plan(a_ground(*a_row_of(2), offer=Offer()), limit=2).figures.cost == 0


def test_a_list_dearer_than_the_years_programme_is_remarked() -> None:
    ground = a_ground(*a_row_of(3), offer=Offer(cash=euros("1000")))
    (note,) = plan(ground, limit=3).notes
    assert note == "This list costs 3000 EUR; the programme has 2500.00 for the whole year."
    assert plan(ground, limit=2).notes == ()


def test_a_quota_holds_and_its_text_is_the_reason() -> None:
    ground = a_ground(*a_row_of(6), a_match("liège", 0.5, country="BE"))
    quotas = (parse_quota("country:BE=1.."), parse_quota("country:FR=..2"))
    made = plan(ground, limit=5, wishes=Wishes(quotas=quotas))
    assert "liège" in chosen(made)
    assert len(made.chosen) == 3
    assert set(reasons(made).values()) == {("quota", "quota full: country:FR=..2")}
    assert not made.is_short_of_quotas


def test_a_quota_that_is_not_reached_is_told() -> None:
    made = plan(a_ground(*a_row_of(3)), limit=3, wishes=Wishes(quotas=(parse_quota("country:US=2.."),)))
    assert made.is_short_of_quotas
    assert made.notes == ("The quota country:US=2.. is not reached: there are 0.",)


def test_tiers_are_those_of_the_creators_own_market() -> None:
    habits = Habits(tiers={"US": (5_000, 100_000)})
    assert habits.tier(60_000, "US") is Tier.MICRO
    assert habits.tier(60_000, "FR") is Tier.LARGER
    assert habits.tier(6_000, "US") is Tier.MICRO
    assert habits.tier(6_000, None) is Tier.NANO


def test_somebody_from_earlier_lists_gives_way_to_who_fits_alike() -> None:
    row = a_row_of(40)
    first = {each.match.creator.id for each in plan(a_ground(*row), limit=10).chosen}
    made = plan(a_ground(*row, listed=dict.fromkeys(map(int, first), 3)), limit=10)
    again = {each.match.creator.id for each in made.chosen} & first
    assert len(again) < 10
    assert made.figures.repeated == len(again)


def test_niches_come_from_whoever_knows_them() -> None:
    row = [*a_row_of(12), a_match("loin", 0)]
    habits = Habits(
        niches_of=lambda each: {"laine" if each.creator.handle == "no-11" else "pain": 1.0}, give=0.1
    )
    made = plan(a_ground(*row), limit=6, habits=habits)
    assert "no-11" in chosen(made)
    assert made.figures.niches == 2
    assert plan(a_ground(*row), limit=6).figures.niches == 0


def test_a_value_that_only_one_carries_brings_that_one_in() -> None:
    both = [
        Reason(value=name, ref="bio", quote="…", score=0.5)
        for name in ("Rien à jeter", "Le temps de la cure")
    ]
    row = a_row_of(11, reasons=(both[0],))
    rare = a_match("lente", 1.88, reasons=(both[1],))
    made = plan(a_ground(*row, rare, a_match("loin", 0, reasons=())), limit=5)
    (adds,) = [each.gains for each in made.chosen if each.match.creator.handle == "lente"]
    assert set(adds.values) == {"Le temps de la cure"}
    assert made.figures.values_covered == 2


def test_the_pool_is_who_passes_the_rules_and_lists_of_the_last_months() -> None:
    ports = make_ports()
    people = [a_creator("une"), a_creator("deux", followers=9_000), a_creator("loin", country="BE")]
    campaign: Campaign = a_campaign("spring")
    with ports.store.write() as tx:
        tx.brands.save(a_brand())
        for name in ("spring", "autumn"):
            tx.brands.save_campaign(replace(campaign, id=CampaignId(name)))
        for creator in people:
            tx.creators.save(creator)
        for name, creator, age in (("new", people[0], 10), ("old", people[1], 400), ("far", people[2], 10)):
            tx.outreach.save(
                an_outreach(
                    name,
                    creator_id=creator.id,
                    campaign_id=CampaignId("autumn"),
                    created_at=NOW - timedelta(days=age),
                )
            )
    with ports.store.read() as tx:
        pool = pool_of(tx, campaign, now=NOW)
        long_ago = pool_of(tx, campaign, now=NOW, habits=Habits(months=24))
    assert pool.tiers == {"nano": 2}
    assert pool.listed == {people[0].id: 1}
    assert set(long_ago.listed) == {people[0].id, people[1].id}


def test_an_obstacle_comes_before_every_other_reason() -> None:
    match = a_match("viande", 9, against=(PARTLY_MEAT,))
    obstacles: dict[CreatorId, str] = {match.creator.id: "said no in spring"}
    made = plan(a_ground(match, obstacles=obstacles), limit=2)
    assert reasons(made) == {"viande": ("obstacle", "said no in spring")}
    assert made.chosen == ()
