"""The way to a model: tried again where that helps, within the budget, and nothing bought twice."""

import itertools
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime
from typing import Any

import pytest

from agent.adapters.llm import Busy, Endpoint, Line, OpenAIWriter, Patience, Silent
from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Usage
from agent.domain.errors import BudgetSpent
from agent.domain.ids import OutreachId
from agent.ports import Allowance, Ceiling, Ports, Reservation
from agent.usecases.drafting import DraftReport, draft_campaign, draft_letter
from agent.usecases.privacy_export import export
from agent.usecases.privacy_forget import forget
from agent.usecases.spending import StorePurse, day_scope
from tests.builders import NOW
from tests.fakes import make_ports, quiet
from tests.stub_llm import Reply, StubModel, completion, failing, good, slow, stub_model
from tests.unit.usecases.world import CAMPAIGN, a_world
from tests.unit.writers import assignments as made

HURRIED = Patience(first_wait=0.01, longest_wait=2.0)
PRICES: dict[str, Any] = {"input_price": Decimal("0.25"), "output_price": Decimal(2)}
TODAY = day_scope(NOW, "Europe/Paris")
LETTER = Usage(input_tokens=1200, output_tokens=300, cost=Decimal("0.0009"))


def a_line(stub: StubModel, **fields: Any) -> Line:
    endpoint = Endpoint(model="stub", base_url=stub.url, timeout=fields.pop("timeout", 20.0), **PRICES)
    return Line(endpoint, patience=fields.pop("patience", HURRIED), **fields)


def a_campaign_with(line_of: Any, *, count: int = 1, **ceiling: Any) -> Ports:
    """Return a world whose model is asked over a line with a purse."""
    ports = make_ports(writers={"offline": OfflineWriter()})
    purse = StorePurse(store=ports.store, clock=ports.clock, zone="Europe/Paris", per_day=Ceiling(**ceiling))
    line: Line = line_of(purse)
    ports = replace(ports, writers={"openai": OpenAIWriter(line)}, closers=(line.close,))
    return a_world(*(f"h{number:02}" for number in range(count)), ports=ports)


def drafted(ports: Ports, *, concurrency: int = 1) -> DraftReport:
    report = draft_campaign(ports, CAMPAIGN, concurrency=concurrency, progress=quiet)
    ports.close()
    return report


def in_turn(*replies: Reply) -> Any:
    """Return an answer that is the next of these each time, the last for ever."""
    left = list(replies)
    lock = threading.Lock()

    def answer(_request: dict[str, Any]) -> Reply:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return answer


# --- trying again ---------------------------------------------------------------------------------


@pytest.mark.parametrize("busy", [failing(429), failing(500), failing(503, Retry_After="0.02")])
def test_what_the_provider_turned_down_is_asked_again_unseen(busy: Reply) -> None:
    with stub_model(in_turn(busy, busy, good())) as stub, OpenAIWriter(a_line(stub)) as writer:
        written = writer.write(made.assignment("fr"))
    assert (written.attempts, len(stub.requests)) == (3, 3)


def test_tries_end_with_the_providers_problem_in_our_words() -> None:
    few = Patience(attempts=3, first_wait=0.01)
    with stub_model(failing(429)) as stub, OpenAIWriter(a_line(stub, patience=few)) as writer:
        with pytest.raises(Busy, match="too many requests") as caught:
            writer.write(made.assignment("fr"))
        assert (caught.value.attempts, len(stub.requests)) == (3, 3)


@pytest.mark.parametrize(
    "final",
    [
        failing(401),
        failing(404),
        failing(400),
        failing(429, code="insufficient_quota"),
        completion("no JSON"),
    ],
)
def test_what_stays_wrong_is_asked_once(final: Reply) -> None:
    with stub_model(final) as stub, OpenAIWriter(a_line(stub)) as writer:
        with pytest.raises(Exception, match=r"\.$"):
            writer.write(made.assignment("fr"))
        assert len(stub.requests) == 1


def test_a_provider_that_asks_for_hours_is_not_waited_for() -> None:
    with stub_model(failing(429, Retry_After="7200")) as stub, OpenAIWriter(a_line(stub)) as writer:
        with pytest.raises(Busy, match="wait 7200 seconds"):
            writer.write(made.assignment("fr"))
        assert len(stub.requests) == 1


def test_a_date_in_retry_after_is_measured_by_the_servers_own_clock() -> None:
    past = format_datetime(datetime.now(UTC) - timedelta(hours=5), usegmt=True)
    with (
        stub_model(in_turn(failing(503, Retry_After=past), good())) as stub,
        OpenAIWriter(a_line(stub)) as writer,
    ):
        assert writer.write(made.assignment("fr")).attempts == 2
    far = format_datetime(datetime.now(UTC) + timedelta(hours=5), usegmt=True)
    with stub_model(failing(503, Retry_After=far)) as stub, OpenAIWriter(a_line(stub)) as writer:
        with pytest.raises(Busy) as caught:
            writer.write(made.assignment("fr"))
        assert caught.value.retry_after is not None
        assert caught.value.retry_after > 4 * 3600


def test_silence_is_tried_again_less_often() -> None:
    few = Patience(silent_attempts=2, first_wait=0.01)
    with stub_model(slow(20)) as stub, OpenAIWriter(a_line(stub, timeout=0.2, patience=few)) as writer:
        with pytest.raises(Silent) as caught:
            writer.write(made.assignment("fr"))
        assert (caught.value.attempts, len(stub.requests)) == (2, 2)


def test_five_runs_in_one_process_ask_once_for_each_letter_and_try() -> None:
    with stub_model(_busy_every(5)) as stub:
        expected = 0
        for _ in range(5):
            report = drafted(a_campaign_with(lambda purse: a_line(stub, purse=purse), count=4), concurrency=4)
            assert report.written == 4
            expected += report.calls
        assert len(stub.requests) == expected


# --- pace and places ------------------------------------------------------------------------------


def test_no_more_calls_are_in_flight_than_there_are_places_whoever_asks() -> None:
    counts = _Counting()
    with stub_model(counts.answer) as stub:
        line = a_line(stub, slots=3)
        writers = [OpenAIWriter(line), OpenAIWriter(line)]
        threads = [
            threading.Thread(target=writers[number % 2].write, args=(made.assignment("fr"),))
            for number in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        line.close()
    assert len(stub.requests) == 12
    assert counts.most <= 3


# --- money ----------------------------------------------------------------------------------------


def test_the_day_knows_what_letters_cost_and_the_letter_too() -> None:
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse))
        report = drafted(ports)
    calls = report.calls
    assert report.usage == Usage(
        input_tokens=1200 * calls, output_tokens=300 * calls, cost=LETTER.cost * calls
    )
    with ports.store.read() as tx:
        spent = tx.spending.of(TODAY)
        assert (spent.calls, spent.usage) == (calls, report.usage)


def test_an_empty_purse_stops_before_the_call_with_one_sentence() -> None:
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse), count=9, tokens=14_000)
        report = drafted(ports)
        asked = len(stub.requests)
    assert report.stopped.startswith("Today's budget for models is used up (")
    assert report.failed == []
    assert report.left == 9 - report.written > 0
    assert asked == report.calls
    with ports.store.read() as tx:
        assert tx.spending.of(TODAY).usage.tokens <= 14_000


def test_a_call_that_nobody_answered_stays_counted_at_its_worst() -> None:
    once = Patience(silent_attempts=1)
    with stub_model(slow(20)) as stub:
        ports = a_campaign_with(
            lambda purse: a_line(stub, purse=purse, timeout=0.2, patience=once), tokens=50_000
        )
        with pytest.raises(Silent):
            draft_letter(ports, OutreachId("o-h00"), writer=ports.writers["openai"])
        ports.close()
    with ports.store.read() as tx:
        assert tx.spending.of(TODAY).usage.output_tokens == 1_500


def test_what_a_provider_read_before_is_told_and_priced() -> None:
    body = good().body.replace(
        b'"prompt_tokens": 1200', b'"prompt_tokens_details": {"cached_tokens": 1000}, "prompt_tokens": 1200'
    )
    with stub_model(Reply(body=body)) as stub:
        endpoint = Endpoint(model="stub", base_url=stub.url, cached_price=Decimal("0.025"), **PRICES)
        with OpenAIWriter(Line(endpoint)) as writer:
            usage = writer.write(made.assignment("fr")).usage
    assert usage.cached_tokens == 1000
    assert usage.cost == (200 * Decimal("0.25") + 1000 * Decimal("0.025") + 300 * 2) / 1_000_000


def test_the_shared_part_of_a_prompt_comes_first() -> None:
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse), count=2)
        drafted(ports)
        one, other = (request["messages"][1]["content"] for request in (stub.requests[0], stub.requests[-1]))
    shared = next(index for index, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1])
    assert "# La personne" in one[shared - 400 : shared]  # all that is the brand's stands before


def test_a_call_may_begin_while_the_answer_before_it_is_stored() -> None:
    second = threading.Event()

    class SlowPurse:
        def reserve(self, most: Usage, *, allowance: Allowance | None = None) -> Reservation:
            assert allowance is None or not allowance.ceiling.is_set
            return Reservation(scope="day", taken=most)

        def settle(self, *_: object, **__: object) -> None:
            assert second.wait(20), "the slot was held until the answer was stored"

    def answer(_request: dict[str, Any]) -> Reply:
        if len(stub.requests) == 2:
            second.set()
        return good()

    with stub_model(answer) as stub, OpenAIWriter(a_line(stub, purse=SlowPurse())) as writer:
        limited = writer.at_most(1)
        with ThreadPoolExecutor(2) as pool:
            letters = list(pool.map(lambda _: limited.write(made.assignment("fr")), range(2)))
    assert len(letters) == len(stub.requests) == 2


def test_no_more_calls_are_in_flight_than_a_writer_was_limited_to() -> None:
    lock, now, most = threading.Lock(), [0], [0]

    def answer(_request: dict[str, Any]) -> Reply:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        threading.Event().wait(0.02)
        with lock:
            now[0] -= 1
        return good()

    with stub_model(answer) as stub, OpenAIWriter(a_line(stub)) as writer:
        limited = writer.at_most(3)
        with ThreadPoolExecutor(10) as pool:
            list(pool.map(lambda _: limited.write(made.assignment("fr")), range(30)))
    assert most[0] <= 3
    assert len(stub.requests) == 30


# --- answers are bought once ----------------------------------------------------------------------


class Died(Exception):
    """Stands for the end of a process."""


class DyingStore:
    """A store whose process ends before a letter is stored; the purse has the store itself."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def write(self) -> Any:
        raise Died


@pytest.fixture
def interrupted() -> Iterator[tuple[Ports, StubModel]]:
    """A world in which an answer was bought, and the process ended before the letter was stored."""
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse))
        dying = replace(ports, store=DyingStore(ports.store))
        with pytest.raises(Died):
            draft_letter(dying, OutreachId("o-h00"), writer=ports.writers["openai"])
        yield ports, stub
        ports.close()


def test_an_answer_is_stored_before_anything_is_made_of_it(interrupted: tuple[Ports, StubModel]) -> None:
    ports, stub = interrupted
    bought = len(stub.requests)
    with ports.store.read() as tx:
        assert len(tx.answers.of_outreach(OutreachId("o-h00"))) == bought
    report = drafted(ports)
    assert (report.written, report.calls, report.bought_before) == (1, 0, 1)
    assert len(stub.requests) == bought
    with ports.store.read() as tx:
        assert tx.answers.of_outreach(OutreachId("o-h00")) == ()


def test_an_answer_to_another_question_is_not_used(interrupted: tuple[Ports, StubModel]) -> None:
    ports, stub = interrupted
    bought = len(stub.requests)
    with ports.store.write() as tx:
        campaign = tx.brands.campaign(CAMPAIGN)
        assert campaign is not None
        tx.brands.save_campaign(replace(campaign, objective="Quelque chose d’autre."))
    assert drafted(ports).calls > 0
    assert len(stub.requests) > bought


def test_a_stored_answer_is_exported_and_forgotten(interrupted: tuple[Ports, StubModel]) -> None:
    ports, _ = interrupted
    found = export(ports, "instagram:h00")
    assert [answer.model for answer in found.answers] == ["stub"] * len(found.answers) != []
    assert any("stub" in line for line in found.information.recipients)
    store = next(place for place in forget(ports, "instagram:h00", by="C").places if place.name == "store")
    assert store.removed["answers"] == len(found.answers)
    with ports.store.read() as tx:
        assert tx.answers.of_outreach(OutreachId("o-h00")) == ()


def test_a_trial_without_an_outreach_leaves_nothing_behind() -> None:
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse))
        ports.writers["openai"].write(made.assignment("fr"))
        ports.close()
    with ports.store.read() as tx:
        assert tx.spending.of(TODAY).calls == 1
        assert tx.answers.of_outreach(OutreachId("o-h00")) == ()


def test_an_empty_purse_is_told_to_whoever_asks_for_one_letter() -> None:
    with stub_model(good()) as stub:
        ports = a_campaign_with(lambda purse: a_line(stub, purse=purse), tokens=10)
        with pytest.raises(BudgetSpent, match="NANOREACH_TOKENS_PER_DAY"):
            draft_letter(ports, OutreachId("o-h00"), writer=ports.writers["openai"])
        ports.close()
    assert stub.requests == []


def _busy_every(number: int) -> Any:
    asked = itertools.count(1)
    return lambda _request: failing(429) if next(asked) % number == 0 else good()


class _Counting:
    """Answers, and counts how many it answers at once."""

    def __init__(self) -> None:
        self.most = self._now = 0
        self._lock = threading.Lock()

    def answer(self, _request: dict[str, Any]) -> Reply:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        threading.Event().wait(0.05)
        with self._lock:
            self._now -= 1
        return good()
