"""A campaign's letters are written side by side; nothing is written twice, bought twice or lost."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace

import pytest

from agent.adapters.offline import OfflineWriter
from agent.domain.draft import Draft, DraftStatus, Finding, Origin, Usage
from agent.domain.errors import BadInput, BudgetSpent, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.letter import Words
from agent.domain.outreach import OutreachStatus
from agent.ports import Assignment, Ports, Store, Transaction, Written
from agent.usecases import drafting_run
from agent.usecases.drafting import DraftReport, draft_campaign, draft_letter
from agent.usecases.quieting import never_again, person_objected
from tests.builders import a_draft, a_kept_answer
from tests.fakes import ScriptedWriter, make_ports, quiet
from tests.unit.usecases.world import CAMPAIGN, GOOD_WORDS, a_neighbour, a_world


@dataclass
class CrowdWriter:
    """Writes good words and remembers how many letters were asked for at once.

    `meet` is how many must be asked for before the first is answered; `answers` says what else happens to a
    handle.
    """

    meet: int = 1
    answers: dict[str, Callable[[], Written]] = field(default_factory=dict)
    name: str = "openai"
    asked: list[str] = field(default_factory=list)
    most: int = 0
    _now: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _met: threading.Event = field(default_factory=threading.Event)

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        with self._lock:
            self.asked.append(assignment.creator.handle)
            self._now += 1
            self.most = max(self.most, self._now)
            if len(self.asked) >= self.meet:
                self._met.set()
        assert self._met.wait(20), "the calls did not run at the same time"
        with self._lock:
            self._now -= 1
        answer = self.answers.get(assignment.creator.handle)
        return answer() if answer is not None else words(attempts=1)


def words(*, attempts: int) -> Written:
    return Written(
        words=GOOD_WORDS,
        origin=Origin(writer="openai", model="crowd", prompt="model/first_touch.fr@000000000000"),
        usage=Usage(input_tokens=100, output_tokens=50),
        attempts=attempts,
    )


def failing(error: Exception) -> Callable[[], Written]:
    def fail() -> Written:
        raise error

    return fail


def a_crowd(writer: CrowdWriter | ScriptedWriter, *, count: int) -> Ports:
    ports = make_ports(writers={"openai": writer, "offline": OfflineWriter()})
    return a_world(*(f"h{number:02}" for number in range(count)), ports=ports)


def drafted(ports: Ports, *, concurrency: int = 4, limit: int | None = None) -> DraftReport:
    return draft_campaign(ports, CAMPAIGN, concurrency=concurrency, limit=limit, progress=quiet)


def test_so_many_calls_are_in_flight_and_never_more() -> None:
    writer = CrowdWriter(meet=6)
    report = drafted(a_crowd(writer, count=20), concurrency=6)
    assert (report.written, report.calls, report.retries, report.left) == (20, 20, 0, 0)
    assert writer.most == 6
    assert sorted(writer.asked) == sorted(set(writer.asked))


def test_a_slow_letter_holds_up_nobody() -> None:
    rest = threading.Event()
    writer = CrowdWriter()
    ports = a_crowd(writer, count=12)

    def last() -> Written:
        assert rest.wait(20), "the others waited for the slow one"
        return words(attempts=1)

    def seen(done: int, _total: int) -> None:
        if done == 11:
            rest.set()

    writer.answers["h00"] = last
    report = draft_campaign(ports, CAMPAIGN, concurrency=3, progress=seen)
    assert report.written == 12


def test_progress_counts_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    ports = a_crowd(CrowdWriter(), count=9)
    draft_campaign(ports, CAMPAIGN, concurrency=4, progress=lambda *pair: told.append(pair))
    assert told == [(number, 9) for number in range(1, 10)]


def test_one_bad_row_blocks_no_other() -> None:
    writer = CrowdWriter(answers={"h03": failing(BadInput("Model “x” refuses this letter."))})
    report = drafted(a_crowd(writer, count=8))
    assert report.written == 7
    assert [(one.person, one.reason) for one in report.failed] == [
        ("instagram:h03", "Model “x” refuses this letter.")
    ]


def test_second_tries_are_told_and_the_rows_are_written() -> None:
    writer = CrowdWriter(answers={"h01": lambda: words(attempts=4), "h02": lambda: words(attempts=2)})
    report = drafted(a_crowd(writer, count=5))
    assert (report.written, report.calls, report.retries) == (5, 9, 4)


def test_a_writer_that_fails_again_and_again_is_left_alone() -> None:
    error = Unavailable("The endpoint cannot be reached.")
    writer = ScriptedWriter([error])
    report = drafted(a_crowd(writer, count=40), concurrency=1)
    assert (len(report.failed), report.left, len(writer.asked)) == (3, 37, 3)
    assert report.stopped.startswith("The writer failed 3 times in a row, last with: The endpoint")


def test_an_empty_purse_stops_the_run_with_one_sentence() -> None:
    spent = BudgetSpent("Today's budget for models is used up.")
    good = [GOOD_WORDS] * 3
    writer = ScriptedWriter([*good, spent])
    report = drafted(a_crowd(writer, count=10), concurrency=1)
    assert (report.written, report.left, report.failed) == (3, 7, [])
    assert report.stopped == "Today's budget for models is used up."


def test_a_mistake_of_the_program_is_not_swallowed() -> None:
    writer = CrowdWriter(answers={"h02": failing(ZeroDivisionError("a mistake"))})
    with pytest.raises(ZeroDivisionError):
        drafted(a_crowd(writer, count=6))


def test_running_again_writes_only_what_is_missing() -> None:
    writer = CrowdWriter()
    ports = a_crowd(writer, count=7)
    assert drafted(ports, limit=3).written == 3
    assert drafted(ports).written == 4
    assert drafted(ports).written == 0
    assert len(writer.asked) == 7


def test_two_runs_at_once_leave_one_letter_for_each() -> None:
    writer = CrowdWriter(meet=8)
    ports = a_crowd(writer, count=4)
    reports: list[DraftReport] = []
    runs = [threading.Thread(target=lambda: reports.append(drafted(ports))) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(20)
    assert sum(report.written for report in reports) == 4
    with ports.store.read() as tx:
        assert tx.drafts.count(statuses=tuple(DraftStatus)) == 4


def test_answers_of_a_person_go_when_the_letter_is_stored() -> None:
    ports = a_crowd(CrowdWriter(), count=2)
    mine, other = OutreachId("o-h00"), OutreachId("o-h01")
    with ports.store.write() as tx:
        tx.answers.keep(a_kept_answer("k-1", outreach_id=mine))
        tx.answers.keep(a_kept_answer("k-2", outreach_id=other))
    assert draft_letter(ports, mine, writer=ports.writers["openai"]) is not None
    with ports.store.read() as tx:
        assert tx.answers.of_outreach(mine) == ()
        assert len(tx.answers.of_outreach(other)) == 1


def test_an_answer_that_was_bought_before_costs_no_call() -> None:
    writer = CrowdWriter(answers={"h01": lambda: words(attempts=0)})
    report = drafted(a_crowd(writer, count=3))
    assert (report.written, report.calls, report.retries, report.bought_before) == (3, 2, 0, 1)
    assert report.usage.input_tokens == 300  # what a letter cost is told, whenever it was paid


def test_a_blocked_letter_goes_back_once_and_both_answers_count() -> None:
    bad = replace(GOOD_WORDS, subject="Voir https://evil.example")
    writer = ScriptedWriter([bad, GOOD_WORDS])
    report = drafted(a_crowd(writer, count=1))
    assert (report.pending, report.blocked) == (1, 0)
    assert report.usage == Usage(input_tokens=200, output_tokens=100)
    assert writer.asked[1][1] == bad


def test_the_offline_writer_asks_nobody() -> None:
    ports = a_world("lison.sans.flacon")
    report = draft_campaign(ports, CAMPAIGN, writer_name="offline", progress=quiet)
    assert (report.written, report.calls, report.usage) == (1, 0, Usage())


# --- what comes between -----------------------------------------------------------------------------


def a_crowd_with(between: Callable[[Ports], None], *, count: int = 3) -> tuple[Ports, DraftReport]:
    """Draft a campaign while something happens in the store, as the model writes the letter to h01."""
    writer = CrowdWriter()
    ports = a_crowd(writer, count=count)

    def meanwhile() -> Written:
        between(ports)
        return words(attempts=1)

    writer.answers["h01"] = meanwhile
    return ports, drafted(ports)


def drafts_of(ports: Ports, handle: str) -> tuple[Draft, ...]:
    with ports.store.read() as tx:
        return tx.drafts.of_outreach(OutreachId(f"o-{handle}"))


def objected(ports: Ports) -> None:
    with ports.store.write() as tx:
        person_objected(ports, tx, a_neighbour("h01"), at=ports.clock.now(), why="said no")


def opted_out(ports: Ports) -> None:
    address = a_neighbour("h01").address
    assert address is not None
    with ports.store.write() as tx:
        never_again(ports, tx, address.email, at=ports.clock.now(), why="said no")


def erased(ports: Ports) -> None:
    with ports.store.write() as tx:
        tx.creators.delete(a_neighbour("h01").id)


def moved_on(ports: Ports) -> None:
    with ports.store.write() as tx:
        outreach = tx.outreach.get(OutreachId("o-h01"))
        assert outreach is not None
        tx.outreach.save(outreach.advance(OutreachStatus.CLOSED, at=ports.clock.now(), reason="taken"))


def drafted_elsewhere(ports: Ports) -> None:
    with ports.store.write() as tx:
        tx.drafts.save(a_draft("d-elsewhere", outreach_id=OutreachId("o-h01"), status=DraftStatus.PENDING))


@pytest.mark.parametrize("between", [objected, opted_out, erased, moved_on])
def test_who_may_not_be_written_to_any_more_gets_no_draft(between: Callable[[Ports], None]) -> None:
    ports, report = a_crowd_with(between)
    assert (report.written, report.calls, report.failed) == (2, 3, [])
    assert drafts_of(ports, "h01") == ()
    assert len(drafts_of(ports, "h00")) == len(drafts_of(ports, "h02")) == 1


def test_a_letter_that_another_worker_wrote_meanwhile_is_the_only_one() -> None:
    ports, report = a_crowd_with(drafted_elsewhere)
    assert report.written == 2
    assert [draft.id for draft in drafts_of(ports, "h01")] == ["d-elsewhere"]


def test_a_letter_is_judged_anew_where_its_proof_went_meanwhile() -> None:
    def without_posts(ports: Ports) -> None:
        with ports.store.write() as tx:
            tx.creators.save(replace(a_neighbour("h01"), posts=()))

    ports, report = a_crowd_with(without_posts)
    (draft,) = drafts_of(ports, "h01")
    assert (report.pending, report.blocked) == (2, 1)
    assert draft.status is DraftStatus.BLOCKED
    assert draft.findings


def test_who_was_erased_before_their_turn_is_told_without_a_name_and_blocks_nobody() -> None:
    writer = CrowdWriter()
    ports = a_crowd(writer, count=4)

    def erase_the_last() -> Written:
        with ports.store.write() as tx:
            tx.creators.delete(a_neighbour("h03").id)
        return words(attempts=1)

    writer.answers["h00"] = erase_the_last
    report = drafted(ports, concurrency=1)
    assert (report.written, sorted(writer.asked)) == (3, ["h00", "h01", "h02"])
    assert [one.person for one in report.failed] == ["o-h03"]


def test_records_that_were_read_long_ago_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting_run, "_FRESH", 0.0)
    writer = CrowdWriter()
    ports = a_crowd(writer, count=12)

    def erase_the_last() -> Written:
        with ports.store.write() as tx:
            tx.creators.delete(a_neighbour("h11").id)
        return words(attempts=1)

    writer.answers["h00"] = erase_the_last
    report = drafted(ports, concurrency=2)
    assert report.written == 11
    assert "h11" not in writer.asked


def test_letters_that_cannot_be_stored_are_told_and_the_run_stops() -> None:
    ports = a_crowd(CrowdWriter(), count=30)
    broken = replace(ports, store=FullDisk(ports.store))
    report = drafted(broken)
    assert report.written == 0
    assert len(report.failed) >= 3
    assert report.stopped.endswith("last with: There is no room left.")
    assert drafted(ports).written == 30


@dataclass
class FullDisk:
    """A store that can be read only."""

    behind: Store

    def read(self) -> AbstractContextManager[Transaction]:
        return self.behind.read()

    def write(self) -> AbstractContextManager[Transaction]:
        raise Unavailable("There is no room left.")

    def compact(self) -> None:
        self.behind.compact()
