"""Worker processes beside this one: the same vectors in the same order, and nobody left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index import Embedder, load_embedder
from index.embedder import UseEmbedder
from index.pool import ParallelEmbedder, available_cores

ROOT = Path(__file__).parents[3]
PATIENCE = 120.0
TEXTS = [
    f"Texte numéro {number}, {'encore ' * (number % 5)}et puis {number * 37 % 101} \U0001f331"
    for number in range(700)
]


@pytest.fixture(scope="module")
def own() -> Embedder:
    return UseEmbedder()


@pytest.fixture
def pair(own: Embedder) -> Iterator[ParallelEmbedder]:
    pair = ParallelEmbedder(own, load=UseEmbedder, processes=2, enough=0)
    yield pair
    pair.close()


def until(done: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        time.sleep(0.05)


def helped(pair: ParallelEmbedder) -> int:
    """Work until a helper is ready; return the helper's process id."""
    until(lambda: len(pair.encode(TEXTS)) and pair.helping)
    return helper_ids(pair)[0]


def helper_ids(pair: ParallelEmbedder) -> list[int]:
    return [helper._process.pid or 0 for helper in pair._helpers]


def running(process: int) -> bool:
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text("ascii")
    except FileNotFoundError:
        return False


def test_two_processes_give_the_vectors_of_one_in_the_same_order(
    own: Embedder, pair: ParallelEmbedder
) -> None:
    helped(pair)
    vectors = pair.encode(TEXTS)
    assert pair.helping == 1
    assert (pair.identity, pair.dimensions, vectors.dtype.name) == (own.identity, own.dimensions, "float32")
    np.testing.assert_allclose(vectors, own.encode(TEXTS), atol=2e-5)


def test_broken_characters_reach_a_helper_too(own: Embedder, pair: ParallelEmbedder) -> None:
    helped(pair)
    broken = [f"{text} \ud83c" for text in TEXTS]
    np.testing.assert_allclose(pair.encode(broken), own.encode(broken), atol=2e-5)


def test_a_helper_that_dies_costs_nothing_but_time(own: Embedder, pair: ParallelEmbedder) -> None:
    first = helped(pair)
    os.kill(first, signal.SIGKILL)
    np.testing.assert_allclose(pair.encode(TEXTS), own.encode(TEXTS), atol=2e-5)
    assert helped(pair) != first


def test_few_texts_start_nobody(own: Embedder) -> None:
    alone = ParallelEmbedder(own, load=UseEmbedder, processes=2, enough=len(TEXTS) + 1)
    alone.encode(TEXTS)
    for text in TEXTS[:50]:
        alone.encode([text])
    assert helper_ids(alone) == []


def test_a_helper_with_another_model_gets_no_text(own: Embedder) -> None:
    class Renamed:
        identity = "another:model:512"
        dimensions = own.dimensions

        def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            return own.encode(texts)

    pair = ParallelEmbedder(Renamed(), load=UseEmbedder, processes=2, enough=0)
    pair.encode(TEXTS)
    (helper,) = pair._helpers
    until(lambda: len(pair.encode(TEXTS)) and not helper.alive)
    assert len(pair.encode(TEXTS)) == len(TEXTS)
    assert pair._helpers == []  # and nobody else is started in vain


def test_an_interruption_ends_the_helpers(own: Embedder) -> None:
    class Interrupted:
        identity, dimensions = own.identity, own.dimensions
        pressed = False

        def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            if self.pressed:
                raise KeyboardInterrupt
            return own.encode(texts)

    inner = Interrupted()
    pair = ParallelEmbedder(inner, load=UseEmbedder, processes=2, enough=0)
    process = helped(pair)
    inner.pressed = True
    with pytest.raises(KeyboardInterrupt):
        pair.encode(TEXTS)
    assert not running(process)
    inner.pressed = False
    assert len(pair.encode(TEXTS)) == len(TEXTS)
    pair.close()


PROGRAM = """
import sys
from index.embedder import UseEmbedder
from index.pool import ParallelEmbedder

pair = ParallelEmbedder(UseEmbedder(), load=UseEmbedder, processes=2, enough=0)
texts = [f"texte {number}" for number in range(600)]
while True:
    pair.encode(texts)
    print(pair.helping, *(helper._process.pid for helper in pair._helpers), flush=True)
"""


@pytest.mark.parametrize(
    ("how", "ready"),
    [(signal.SIGKILL, "0"), (signal.SIGKILL, "1"), (signal.SIGINT, "1")],
    ids=["killed while they load", "killed while they work", "interrupted"],
)
def test_helpers_end_with_the_process_that_started_them(how: signal.Signals, ready: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as parent:
        assert parent.stdout is not None
        line = next(line for line in parent.stdout if line.startswith(ready))
        helper = int(line.split()[1])
        parent.send_signal(how)
        parent.wait(PATIENCE)
    until(lambda: not running(helper))


def test_one_process_is_no_pool() -> None:
    assert not isinstance(load_embedder(), ParallelEmbedder)
    assert isinstance(load_embedder(processes=2), ParallelEmbedder)


def test_cores_are_counted_by_affinity_and_by_the_quota_of_the_container(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    quota = tmp_path / "cpu.max"
    monkeypatch.setattr("index.pool._QUOTA", quota)
    allowed = len(os.sched_getaffinity(0))
    assert available_cores() == allowed
    for line, cores in (("max 100000", allowed), ("150000 100000", 1), ("50000 100000", 1)):
        quota.write_text(line, "ascii")
        assert available_cores() == cores
