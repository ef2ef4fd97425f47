"""What models may cost in a day: reserved before a call, corrected after it, for every process of a home."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from agent.adapters.clock import FixedClock
from agent.adapters.memory import MemoryStore
from agent.domain.draft import Usage
from agent.domain.errors import BudgetSpent
from agent.domain.ids import CampaignId, OutreachId
from agent.ports import Allowance, Ceiling, Reservation, Spent
from agent.usecases.spending import StorePurse, day_scope
from tests.unit.usecases.world import a_world

LATE = datetime(2026, 11, 22, 22, 50, tzinfo=UTC)  # ten to midnight in Paris
CALL = Usage(input_tokens=1_000, output_tokens=1_000, cost=Decimal("0.02"))
USED = Usage(input_tokens=800, output_tokens=200, cost=Decimal("0.01"))


@dataclass
class Home:
    """A store with a clock, as many processes see it."""

    store: MemoryStore
    clock: FixedClock

    def purse(self, **ceiling: object) -> StorePurse:
        per_day = Ceiling(**ceiling)  # type: ignore[arg-type]  # the tests' own keywords
        return StorePurse(store=self.store, clock=self.clock, zone="Europe/Paris", per_day=per_day)

    def spent(self, scope: str) -> Spent:
        with self.store.read() as tx:
            return tx.spending.of(scope)


@pytest.fixture
def home() -> Home:
    return Home(store=MemoryStore(), clock=FixedClock(LATE))


def test_a_call_is_counted_for_its_day(home: Home) -> None:
    purse = home.purse()
    purse.settle(purse.reserve(CALL), USED)
    assert home.spent("day 2026-11-22") == Spent(calls=1, usage=USED)


def test_the_worst_case_is_held_back_until_the_call_ends(home: Home) -> None:
    purse = home.purse(cost=Decimal("0.05"))
    first, second = purse.reserve(CALL), purse.reserve(CALL)
    with pytest.raises(BudgetSpent, match=r"0\.0400 of 0\.05, and a call may cost 0\.0200.*BUDGET_PER_DAY"):
        purse.reserve(CALL)
    purse.settle(first, USED)
    purse.settle(second, USED)
    assert home.spent("day 2026-11-22") == Spent(calls=2, usage=USED + USED)
    purse.reserve(CALL)


def test_tokens_are_a_ceiling_where_nothing_has_a_price(home: Home) -> None:
    purse = home.purse(tokens=3_000)
    purse.reserve(Usage(input_tokens=1_000, output_tokens=1_000))
    with pytest.raises(BudgetSpent, match=r"2000 of 3000 tokens.*NANOREACH_TOKENS_PER_DAY"):
        purse.reserve(Usage(input_tokens=1_000, output_tokens=1_000))


def test_processes_that_reserve_at_once_do_not_go_beyond_it_together(home: Home) -> None:
    def attempt(_: int) -> Reservation | None:
        try:
            return home.purse(cost=Decimal("0.1")).reserve(CALL)
        except BudgetSpent:
            return None

    with ThreadPoolExecutor(8) as pool:
        taken = [found for found in pool.map(attempt, range(40)) if found is not None]
    assert len(taken) == 5


def test_threads_that_reserve_together_stay_within_it_and_each_is_told(home: Home) -> None:
    purse = home.purse(cost=Decimal("0.1"))

    def attempt(_: int) -> bool:
        try:
            purse.reserve(CALL)
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(attempt, range(40))) == 5
    assert home.spent("day 2026-11-22").usage == CALL + CALL + CALL + CALL + CALL


def test_calls_that_end_together_are_all_counted_and_their_answers_kept() -> None:
    ports = a_world(*(f"h{number:02}" for number in range(20)))
    purse = StorePurse(store=ports.store, clock=ports.clock, zone="Europe/Paris", per_day=Ceiling())
    ids = [OutreachId(f"o-h{number:02}") for number in range(20)] + [OutreachId("o-gone")]
    reservations = [purse.reserve(CALL) for _ in ids]

    def settle(pair: tuple[OutreachId, Reservation]) -> None:
        name, reservation = pair
        purse.settle(reservation, USED, key=f"k-{name}", outreach_id=name, content="{}", model="m")

    with ThreadPoolExecutor(21) as pool:
        list(pool.map(settle, zip(ids, reservations, strict=True)))
    with ports.store.read() as tx:
        assert {answer.outreach_id for answer in tx.answers.of_outreach(*ids)} == set(ids[:-1])
        spent = tx.spending.of(day_scope(ports.clock.now(), "Europe/Paris"))
    assert (spent.calls, spent.usage.cost) == (21, 21 * USED.cost)


def test_after_midnight_there_is_money_again(home: Home) -> None:
    purse = home.purse(cost=Decimal("0.02"))
    purse.reserve(CALL)
    with pytest.raises(BudgetSpent, match="Europe/Paris"):
        purse.reserve(CALL)
    home.clock.move_to(LATE.replace(hour=23))
    assert purse.reserve(CALL).scope == "day 2026-11-23"


def test_a_call_that_ends_after_midnight_belongs_to_the_day_it_began(home: Home) -> None:
    purse = home.purse(cost=Decimal(1))
    reservation = purse.reserve(CALL)
    home.clock.move_to(LATE.replace(hour=23))
    purse.settle(reservation, USED)
    assert home.spent("day 2026-11-22") == Spent(calls=1, usage=USED)
    assert home.spent(day_scope(home.clock.now(), "Europe/Paris")) == Spent()


def test_an_answer_is_stored_with_its_price_in_one_go() -> None:
    ports = a_world("mina")
    purse = StorePurse(store=ports.store, clock=ports.clock, zone="Europe/Paris", per_day=Ceiling())
    outreach_id = OutreachId("o-mina")
    purse.settle(purse.reserve(CALL), USED, key="k", outreach_id=outreach_id, content="{}", model="m")
    with ports.store.read() as tx:
        (kept,) = tx.answers.of_outreach(outreach_id)
    assert (kept.key, kept.content, kept.usage, kept.model) == ("k", "{}", USED, "m")


def test_nothing_is_kept_of_a_person_who_was_erased_meanwhile(home: Home) -> None:
    purse = home.purse()
    gone = OutreachId("o-gone")
    purse.settle(purse.reserve(CALL), USED, key="k", outreach_id=gone, content="{}", model="m")
    with home.store.read() as tx:
        assert tx.answers.get("k") is None
    assert home.spent("day 2026-11-22").usage == USED  # and yet it was paid


def test_a_campaign_s_own_budget_stops_it_and_the_day_gets_back_what_was_taken(home: Home) -> None:
    purse = home.purse(cost=Decimal(1))
    mine = allowance(cost=Decimal("0.05"))
    for _ in range(2):
        purse.reserve(CALL, allowance=mine)
    with pytest.raises(BudgetSpent, match=r"campaign spring is used up \(0\.0400 of 0\.05, and a call may"):
        purse.reserve(CALL, allowance=mine)
    assert home.spent("day 2026-11-22").usage == CALL + CALL
    purse.reserve(CALL, allowance=replace(mine, campaign_id=CampaignId("autumn")))


def test_a_campaign_s_tokens_are_bounded_on_a_day_without_bounds(home: Home) -> None:
    purse = home.purse()
    purse.settle(purse.reserve(CALL, allowance=allowance(tokens=3_000)), USED)
    assert home.spent("campaign spring") == home.spent("day 2026-11-22") == Spent(calls=1, usage=USED)
    purse.reserve(CALL, allowance=allowance(tokens=3_000))
    with pytest.raises(BudgetSpent, match=r"3000 of 3000 tokens, and a call may take 2000\).*brand file"):
        purse.reserve(CALL, allowance=allowance(tokens=3_000))


def test_what_a_campaign_without_bounds_spends_is_counted_too(home: Home) -> None:
    purse = home.purse()
    purse.settle(purse.reserve(CALL, allowance=allowance()), USED)
    assert home.spent("campaign spring") == Spent(calls=1, usage=USED)


def test_a_bound_in_money_is_no_bound_for_a_model_without_a_price(home: Home) -> None:
    free = Usage(input_tokens=1_000, output_tokens=1_000)
    with pytest.raises(BudgetSpent, match=r"no price, so nothing was asked; set NANOREACH_INPUT_PRICE"):
        home.purse().reserve(free, allowance=allowance(cost=Decimal(5)))


def test_processes_that_write_for_one_campaign_do_not_go_beyond_its_budget_together(home: Home) -> None:
    def attempt(_: int) -> bool:
        try:
            home.purse().reserve(CALL, allowance=allowance(cost=Decimal("0.1")))
        except BudgetSpent:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 5


def allowance(**ceiling: object) -> Allowance:
    bounds = Ceiling(**ceiling)  # type: ignore[arg-type]  # the tests' own keywords
    return Allowance(campaign_id=CampaignId("spring"), ceiling=bounds)
