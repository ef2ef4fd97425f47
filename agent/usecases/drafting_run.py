"""One drafting run: so many calls to a model at once, from the first letter to the last.

Lanes write letters side by side. Records are read a few letters ahead of them, and whoever started the run
stores what they have finished, several letters in one transaction.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from enum import Enum
from itertools import islice
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Lock
from time import monotonic

from agent.domain.draft import Draft, Finding
from agent.domain.errors import BudgetSpent, NanoreachError, Unavailable
from agent.domain.ids import OutreachId
from agent.domain.letter import Words
from agent.domain.outreach import Outreach
from agent.ports import Assignment, LimitedWriter, Ports, Progress, Transaction, Writer, Written
from agent.usecases import making
from agent.usecases.drafting_report import DraftReport, Made, Undrafted
from agent.usecases.making import OFFLINE, Finished, Records

_ENOUGH_FAILURES = 3
_GATHERED = 0.5
"""Seconds for which finished letters are gathered; their answers are stored already."""
_MOST_AHEAD = 32
_FRESH = 2.0
"""Seconds for which records that were read ahead may be used; they are looked at again in storing."""


class _Ended(Enum):
    """What came to its end in a run without a letter."""

    FAILURE = "failure"
    LANE = "lane"


_Result = Finished | _Ended | BaseException


Told = Callable[[OutreachId, Draft | NanoreachError], None]
"""Hears what became of a letter: its draft, or why it could not be written."""


def _nobody(_id: OutreachId, _became: Draft | NanoreachError) -> None:
    """Hear nothing."""


class Run:
    """Writes and stores letters; counts in a report and tells of each, one after the other."""

    def __init__(
        self, ports: Ports, writer: Writer, report: DraftReport, *, at_once: int, tell: Told = _nobody
    ) -> None:
        self._ports = ports
        self._tell = tell
        self._writer = _at_most(writer, at_once)
        self._report = report
        # a few letters more than calls are in the making, so that a new call begins while others are gated
        self._lanes = 2 * at_once if at_once > 1 else 1
        self._seconds = _GATHERED if at_once > 1 else 0.0
        self._queue: deque[OutreachId] = deque()
        self._ahead = _Ahead(ports, self._queue, size=min(at_once, _MOST_AHEAD))
        self._ended: SimpleQueue[_Result] = SimpleQueue()
        self._lock = Lock()
        # Python runs one thread at a time: if all letters were judged side by side, a call that may begin
        # would wait for its turn among all of them
        self._desk = Lock()
        self._failures_in_a_row = 0

    def write(self, waiting: Sequence[OutreachId], *, progress: Progress) -> None:
        """Write a letter for each; stop after several failures of the writer in a row, or an empty purse."""
        self._queue.extend(waiting)
        with ThreadPoolExecutor(max_workers=self._lanes) as pool:
            lanes = [pool.submit(self._lane) for _ in range(self._lanes)]
            try:
                self._follow(lanes, total=len(waiting), progress=progress)
            finally:
                self._queue.clear()  # whatever ended this run, no lane begins another letter

    # --- storing ----------------------------------------------------------------------------------

    def _follow(self, lanes: Sequence[Future[None]], *, total: int, progress: Progress) -> None:
        for lane in lanes:
            lane.add_done_callback(lambda done: self._ended.put(done.exception() or _Ended.LANE))
        done, open_lanes = 0, len(lanes)
        while open_lanes:
            results = self._gathered(open_lanes)
            self._store([result for result in results if isinstance(result, Finished)])
            for result in results:
                if isinstance(result, BaseException):
                    raise result
                if result is _Ended.LANE:
                    open_lanes -= 1
                else:
                    done += 1
                    progress(done, total)

    def _gathered(self, open_lanes: int) -> list[_Result]:
        """Return what ended next, with all that ended within a moment after it."""
        results = [self._ended.get()]
        until = monotonic() + self._seconds
        while results.count(_Ended.LANE) < open_lanes and (left := until - monotonic()) > 0:
            with suppress(Empty):
                results.append(self._ended.get(timeout=left))
        return results

    def _store(self, letters: Sequence[Finished]) -> None:
        """Store letters together; each by itself where that fails, so that none suffers for another."""
        if not letters:
            return
        try:
            with self._ports.store.write() as tx:
                made = making.store(self._ports, tx, letters)
        except NanoreachError as error:
            if len(letters) > 1:
                for letter in letters:
                    self._store([letter])
                return
            with self._lock:
                self._report.count_attempts(letters[0].attempts)
            self._count_failure(letters[0].outreach.id, letters[0].records, error)
        else:
            self._count(made)

    # --- writing ----------------------------------------------------------------------------------

    def _lane(self) -> None:
        while (taken := self._ahead.take()) is not None:
            outreach_id, records = taken
            try:
                if isinstance(records, NanoreachError):
                    raise records
                finished = making.write(self._ports, records, writer=self._writer, desk=self._desk)
            except NanoreachError as error:
                self._count_failed_call(error)
                self._count_failure(outreach_id, records, error)
                self._ended.put(_Ended.FAILURE)
            else:
                self._ended.put(finished)

    # --- counting ---------------------------------------------------------------------------------

    def _count(self, made: Sequence[Made]) -> None:
        with self._lock:
            self._failures_in_a_row = 0
            for each in made:
                self._report.count(each)
                if each.draft is not None:
                    self._tell(each.draft.outreach_id, each.draft)

    def _count_failed_call(self, error: NanoreachError) -> None:
        if self._writer.name == OFFLINE or isinstance(error, BudgetSpent):
            return
        if isinstance(error, Unavailable):
            with self._lock:
                self._report.count_attempts((error.attempts,))

    def _count_failure(
        self, outreach_id: OutreachId, records: Records | NanoreachError, error: NanoreachError
    ) -> None:
        if isinstance(error, BudgetSpent):
            with self._lock:
                self._report.left += 1
                self._stop(str(error))
            return
        # somebody who was erased meanwhile has no name any more
        person = records.context.creator.person if isinstance(records, Records) else outreach_id
        with self._lock:
            self._tell(outreach_id, error)
            self._report.failed.append(Undrafted(person=person, reason=str(error)))
            if not isinstance(error, Unavailable):
                return
            self._failures_in_a_row += 1
            if self._failures_in_a_row >= _ENOUGH_FAILURES:
                self._stop(f"The writer failed {self._failures_in_a_row} times in a row, last with: {error}")

    def _stop(self, why: str) -> None:
        # here and not where the run is followed: the lanes are faster than anybody who watches them
        self._report.stopped = self._report.stopped or why
        while self._queue:
            with suppress(IndexError):  # a lane took it, and writes it yet
                self._queue.popleft()
                self._report.left += 1


class _Ahead:
    """Reads the records of the next letters, a few at a time and no longer ahead than they stay fresh."""

    def __init__(self, ports: Ports, queue: deque[OutreachId], *, size: int) -> None:
        self._ports = ports
        self._queue = queue
        self._size = size
        self._lock = Lock()
        self._records: Mapping[OutreachId, Records | NanoreachError] = {}
        self._read_at = 0.0
        self._places: Mapping[OutreachId, int] | None = None

    def take(self) -> tuple[OutreachId, Records | NanoreachError] | None:
        """Return the next letter with its records, or with why it cannot be begun; None after the last."""
        with self._lock:
            try:
                outreach_id = self._queue.popleft()
            except IndexError:
                return None
            if outreach_id not in self._records or monotonic() - self._read_at > _FRESH:
                self._read((outreach_id, *islice(tuple(self._queue), self._size - 1)))
            return outreach_id, self._records[outreach_id]

    def _read(self, some: Sequence[OutreachId]) -> None:
        self._read_at = monotonic()
        try:
            with self._ports.store.read() as tx:
                self._records = making.read(tx, some, place=self._place)
        except NanoreachError as error:
            self._records = dict.fromkeys(some, error)

    def _place(self, tx: Transaction, outreach: Outreach) -> int:
        # counted once: of two letters of one run none gets the other's forms, whoever is erased meanwhile
        if self._places is None:
            self._places = tx.outreach.places(outreach.campaign_id)
        place = self._places.get(outreach.id)
        return place if place is not None else tx.outreach.place(outreach)


# --- calls at once --------------------------------------------------------------------------------


def _at_most(writer: Writer, calls: int) -> Writer:
    return writer.at_most(calls) if isinstance(writer, LimitedWriter) else _Bounded(writer, calls)


class _Bounded:
    """A writer who is asked for so many letters at a time."""

    def __init__(self, writer: Writer, at_once: int) -> None:
        self._writer = writer
        self._slots = BoundedSemaphore(at_once)

    @property
    def name(self) -> str:
        """The writer's name."""
        return self._writer.name

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the writer's words, when it is this letter's turn."""
        with self._slots:
            return self._writer.write(assignment, rejected=rejected, findings=findings)
