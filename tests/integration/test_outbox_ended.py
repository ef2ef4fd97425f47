"""Real workers that are killed or stopped at every point of a letter's way out, on both databases."""

import os
import shutil
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent.adapters.clock import FixedClock
from agent.adapters.database import SqlStore
from agent.domain.delivery import Delivery, DeliveryState
from agent.ports import Ports
from agent.usecases.outbox import outbox
from agent.usecases.sending import send_due
from bench.outbox_home import fill, opened
from bench.outbox_worker import work
from tests.contract.conftest import empty
from tests.integration.ended_senders import Point, servers, wait_until_stopped, worker
from tests.integration.mail_servers import Sink, smtp_sink

HOUR = timedelta(hours=1)
_S = DeliveryState
_SENT_AFTERWARDS = (_S.HANDSHAKE, _S.SENT, {1})
_UNCERTAIN_UNSEEN = (_S.DATA, _S.UNCERTAIN, {0})
_UNCERTAIN_ARRIVED = (_S.DATA, _S.UNCERTAIN, {1})

# where the worker ends → the state it leaves, the state that recovery comes to, how often the server took it
OUTCOMES: dict[Point, tuple[DeliveryState, DeliveryState, set[int]]] = {
    Point.BEFORE_CLAIM: (_S.QUEUED, _S.SENT, {1}),
    Point.AFTER_CLAIM: _SENT_AFTERWARDS,
    Point.AFTER_MAIL: _SENT_AFTERWARDS,
    Point.AFTER_RCPT: _SENT_AFTERWARDS,
    Point.BEFORE_FENCE: _SENT_AFTERWARDS,
    Point.AFTER_FENCE: _UNCERTAIN_UNSEEN,
    Point.AFTER_DATA: _UNCERTAIN_UNSEEN,
    Point.IN_THE_TEXT: _UNCERTAIN_UNSEEN,
    # the last bytes may be on their way when the sender's end is torn down
    Point.AFTER_THE_DOT: (_S.DATA, _S.UNCERTAIN, {0, 1}),
    Point.AFTER_250: _UNCERTAIN_ARRIVED,
    Point.BEFORE_LAST_COMMIT: _UNCERTAIN_ARRIVED,
    Point.AFTER_LAST_COMMIT: (_S.SENT, _S.SENT, {1}),
}


@dataclass(frozen=True)
class Outbox:
    """A home with one approved letter, the server it goes to, and its database where it has another."""

    home: Path
    database: str | None
    ports: Ports
    sink: Sink

    @property
    def letter(self) -> Delivery:
        (delivery,) = outbox(self.ports)
        return delivery

    @property
    def accepted(self) -> int:
        return len(self.sink.accepted)

    def later(self, wait: timedelta) -> Ports:
        """Return another worker's ports, so much later."""
        return replace(self.ports, clock=FixedClock(self.ports.clock.now() + wait), worker=f"later by {wait}")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("outbox"), 1)


@pytest.fixture(scope="module")
def filled_with_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _filled(tmp_path_factory.mktemp("outbox"), 3)


def _filled(folder: Path, letters: int) -> Path:
    home = folder / "home"
    ports = opened(home, smtp_port=1)
    fill(ports, letters)
    ports.close()
    return home


@pytest.fixture(params=["sqlite", "postgresql"])
def letters(request: pytest.FixtureRequest, tmp_path: Path, filled: Path) -> Iterator[Outbox]:
    with _outbox(request, tmp_path, filled, 1) as outbox:
        yield outbox


@pytest.fixture(params=["sqlite", "postgresql"])
def three_letters(
    request: pytest.FixtureRequest, tmp_path: Path, filled_with_three: Path
) -> Iterator[Outbox]:
    with _outbox(request, tmp_path, filled_with_three, 3) as outbox:
        yield outbox


@contextmanager
def _outbox(request: pytest.FixtureRequest, tmp_path: Path, filled: Path, count: int) -> Iterator[Outbox]:
    home = tmp_path / "home"
    database: str | None = None
    if request.param == "sqlite":
        shutil.copytree(filled, home)
    else:
        database = request.getfixturevalue("postgres_url")
    with smtp_sink() as sink:
        ports = opened(home, smtp_port=sink.port, database=database, migrated=True)
        if database is not None:
            _fill_again(ports, count)
        yield Outbox(home, database, ports, sink)
        ports.mailer.close()
        _close(ports)


def _fill_again(ports: Ports, count: int) -> None:
    assert isinstance(ports.store, SqlStore)
    empty(ports.store)
    fill(ports, count)


def _close(ports: Ports) -> None:
    assert isinstance(ports.store, SqlStore)
    ports.store.close()
    ports.close()


def test_every_point_has_its_outcome() -> None:
    assert set(OUTCOMES) == set(Point)


@pytest.mark.parametrize("point", Point)
def test_a_worker_killed_anywhere_sends_no_letter_twice_and_loses_none(letters: Outbox, point: Point) -> None:
    left, settled, arrived = OUTCOMES[point]
    ended = worker(letters.home, letters.sink.port, letters.database, point)
    ended.join(60)
    assert ended.exitcode == -signal.SIGKILL
    assert letters.letter.state is left
    for wait in (HOUR, 2 * HOUR, timedelta(days=3)):
        send_due(letters.later(wait))
    assert letters.letter.state is settled
    assert letters.accepted in arrived


# where the worker ends at the second of three letters → the state that recovery comes to for each
SECOND_OF_THREE: dict[Point, tuple[DeliveryState, ...]] = {
    # the first one's 250 is not stored yet: that commit is the second one's fence
    Point.AFTER_MAIL: (_S.UNCERTAIN, _S.SENT, _S.SENT),
    Point.AFTER_RCPT: (_S.UNCERTAIN, _S.SENT, _S.SENT),
    Point.BEFORE_FENCE: (_S.UNCERTAIN, _S.SENT, _S.SENT),
    Point.AFTER_FENCE: (_S.SENT, _S.UNCERTAIN, _S.SENT),
    Point.AFTER_DATA: (_S.SENT, _S.UNCERTAIN, _S.SENT),
    Point.IN_THE_TEXT: (_S.SENT, _S.UNCERTAIN, _S.SENT),
    Point.AFTER_THE_DOT: (_S.SENT, _S.UNCERTAIN, _S.SENT),
    Point.AFTER_250: (_S.SENT, _S.UNCERTAIN, _S.SENT),
    Point.BEFORE_LAST_COMMIT: (_S.SENT, _S.UNCERTAIN, _S.SENT),
    Point.AFTER_LAST_COMMIT: (_S.SENT, _S.SENT, _S.UNCERTAIN),
}


def test_a_commit_that_settles_one_letter_and_fences_the_next_has_every_outcome() -> None:
    assert set(SECOND_OF_THREE) == set(Point) - {Point.BEFORE_CLAIM, Point.AFTER_CLAIM}


@pytest.mark.parametrize("point", SECOND_OF_THREE)
def test_a_worker_killed_between_two_letters_leaves_one_in_doubt_at_most(
    three_letters: Outbox, point: Point
) -> None:
    ended = worker(three_letters.home, three_letters.sink.port, three_letters.database, point, nth=2)
    ended.join(60)
    assert ended.exitcode == -signal.SIGKILL
    _assert_settled(three_letters, SECOND_OF_THREE[point])


def _assert_settled(three_letters: Outbox, expected: tuple[DeliveryState, ...]) -> None:
    for wait in (HOUR, timedelta(days=3)):
        send_due(three_letters.later(wait))
    letters = sorted(outbox(three_letters.ports), key=lambda each: (each.created_at, each.id))
    assert tuple(letter.state for letter in letters) == expected
    times = Counter(three_letters.sink.recipients)
    assert max(times.values()) == 1
    for letter in letters:
        assert letter.state is _S.UNCERTAIN or times[letter.envelope_to] == 1


# a server that takes groups hears of the third recipient behind the second letter's text
NAMED_BEHIND_A_TEXT: dict[tuple[Point, int], tuple[DeliveryState, ...]] = {
    (Point.IN_THE_TEXT, 2): (_S.SENT, _S.UNCERTAIN, _S.SENT),
    (Point.AFTER_THE_DOT, 2): (_S.SENT, _S.UNCERTAIN, _S.SENT),
    (Point.AFTER_250, 2): (_S.SENT, _S.UNCERTAIN, _S.SENT),
    (Point.BEFORE_FENCE, 3): (_S.SENT, _S.UNCERTAIN, _S.SENT),
    (Point.AFTER_FENCE, 3): (_S.SENT, _S.SENT, _S.UNCERTAIN),
}


@pytest.mark.parametrize(("point", "nth"), NAMED_BEHIND_A_TEXT)
def test_a_recipient_that_was_named_behind_a_text_is_in_no_doubt_before_its_fence(
    three_letters: Outbox, point: Point, nth: int
) -> None:
    three_letters.sink.pipelining = True
    ended = worker(three_letters.home, three_letters.sink.port, three_letters.database, point, nth=nth)
    ended.join(60)
    assert ended.exitcode == -signal.SIGKILL
    _assert_settled(three_letters, NAMED_BEHIND_A_TEXT[point, nth])


@pytest.mark.parametrize("point", [Point.AFTER_RCPT, Point.AFTER_FENCE])
def test_a_worker_that_sleeps_past_its_lease_and_wakes_sends_nothing_twice(
    letters: Outbox, point: Point
) -> None:
    sleeper = worker(letters.home, letters.sink.port, letters.database, point, signal.SIGSTOP)
    try:
        wait_until_stopped(sleeper)
        send_due(letters.later(HOUR))
        before = letters.accepted
        assert sleeper.pid is not None
        os.kill(sleeper.pid, signal.SIGCONT)
        sleeper.join(60)
        assert sleeper.exitcode == 0
    finally:
        sleeper.kill()
    assert before == (0 if point is Point.AFTER_FENCE else 1)
    assert letters.accepted == 1
    # behind the fence nobody else may send it; the sleeper's own 250 then says that it went
    assert letters.letter.state is DeliveryState.SENT


def test_workers_of_two_hosts_share_a_database_and_send_each_letter_once(
    tmp_path: Path, postgres_url: str
) -> None:
    homes = [tmp_path / "one", tmp_path / "two"]
    with smtp_sink() as sink:
        ports = opened(homes[0], smtp_port=sink.port, database=postgres_url, migrated=True)
        _fill_again(ports, 8)
        homes[1].mkdir()
        shutil.copy(homes[0] / "secret.key", homes[1])
        workers = [servers().Process(target=work, args=(home, sink.port, postgres_url)) for home in homes]
        for each in workers:
            each.start()
        for each in workers:
            each.join(120)
        assert [each.exitcode for each in workers] == [0, 0]
        assert Counter(delivery.state for delivery in outbox(ports)) == {DeliveryState.SENT: 8}
        assert Counter(sink.recipients) == {delivery.envelope_to: 1 for delivery in outbox(ports)}
        _close(ports)
