"""Shares the embedding of many texts with worker processes, one thread each.

A worker runs the same model from the same files and says so before it gets any text. It ends by itself when
nothing has come for a while, and when the process that started it ends in whatever way: its pipe closes.
Only bytes cross the pipe: JSON one way, little-endian float32 the other.
"""

import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.protocol import Embedder

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_CHUNK = 128
_ENOUGH = 4096  # texts: a worker needs seconds to load its model, and is not worth it for less
_WORTH_SHARING = 2 * _CHUNK
_MOST_PROCESSES = 16
_IDLE_SECONDS = 60.0
_LOOK_AGAIN_SECONDS = 0.05
_QUOTA = Path("/sys/fs/cgroup/cpu.max")

Vectors = npt.NDArray[np.float32]
Load = Callable[[], Embedder]  # importable by name from another process


class ParallelEmbedder:
    """An Embedder that works alone on few texts and with helpers on many; the order of the texts is kept."""

    def __init__(self, own: Embedder, *, load: Load, processes: int, enough: int = _ENOUGH) -> None:
        """Share the work of `own` among so many processes, this one included; `load` gives them the model.

        Helpers start, without anybody waiting for them, after `enough` texts in calls of many.
        """
        self.identity = own.identity
        self.dimensions = own.dimensions
        self._own = own
        self._load = load
        self._helpers_wanted = min(processes, _MOST_PROCESSES) - 1
        self._left_alone = enough
        self._helpers: list[_Helper] = []
        self._sharing = Lock()

    @property
    def helping(self) -> int:
        """Return how many helpers have loaded the model and are at work."""
        return sum(helper.ready and helper.alive for helper in self._helpers)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, [n, d], in the order of the texts.

        Interrupted, it ends its helpers before it raises.
        """
        few = len(texts) < _WORTH_SHARING or self._helpers_wanted < 1
        if few or not self._sharing.acquire(blocking=False):
            return self._own.encode(texts)
        try:
            self._left_alone -= len(texts)
            if self._left_alone > 0:
                return self._own.encode(texts)
            self._start_missing()
            return self._share(texts)
        except BaseException:
            self.close()
            raise
        finally:
            self._sharing.release()

    def close(self) -> None:
        """End the helpers; the next call of many texts starts others."""
        for helper in self._helpers:
            helper.end()
        self._helpers = []

    def _start_missing(self) -> None:
        gone = [helper for helper in self._helpers if not helper.alive]
        self._helpers = [helper for helper in self._helpers if helper not in gone]
        for helper in gone:
            helper.end()
            if not helper.ready:  # the next one would not come to work either
                self._helpers_wanted = 0
        while len(self._helpers) < self._helpers_wanted:
            self._helpers.append(_Helper(self._load, self.identity))

    def _share(self, texts: Sequence[str]) -> Vectors:
        out = np.empty((len(texts), self.dimensions), dtype=np.float32)
        parts = deque(slice(start, start + _CHUNK) for start in range(0, len(texts), _CHUNK))
        threads = [
            Thread(target=helper.work, args=(texts, parts, out), daemon=True) for helper in self._helpers
        ]
        for thread in threads:
            thread.start()
        try:
            for part in _taken(parts):
                out[part] = self._own.encode(texts[part])
            for thread in threads:
                thread.join()
        except BaseException:
            for helper in self._helpers:
                helper.stop()
            for thread in threads:
                thread.join()
            raise
        for part in _taken(parts):  # what a helper gave back because it ended
            out[part] = self._own.encode(texts[part])
        return out


class _Helper:
    """One worker process, seen from the process that started it."""

    def __init__(self, load: Load, identity: str) -> None:
        self._identity = identity
        self.ready = False
        self._failed = False
        spawn = multiprocessing.get_context("spawn")  # a fork would copy locked BLAS threads
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_work, args=(theirs, load), name="embedder", daemon=True)
        with _interrupts_held():  # inherited: Ctrl-C is for the process that owns the work
            self._process.start()
        theirs.close()

    @property
    def alive(self) -> bool:
        return not self._failed and self._process.is_alive()

    def stop(self) -> None:
        """Stop the worker; whoever waits for it hears that its pipe is closed."""
        self._process.kill()  # it holds nothing that has to be put away

    def end(self) -> None:
        """Stop the worker and forget it; nobody may be waiting for it any more."""
        self.stop()
        self._process.join()
        self._pipe.close()

    def work(self, texts: Sequence[str], parts: deque[slice], out: Vectors) -> None:
        """Take parts until there are none; give back the part that the worker did not finish."""
        try:
            if not self._greeted(until=lambda: not parts):
                return
            for part in _taken(parts):
                try:
                    self._pipe.send_bytes(json.dumps(texts[part]).encode())
                    out[part] = np.frombuffer(self._pipe.recv_bytes(), dtype="<f4").reshape(-1, out.shape[1])
                except (OSError, EOFError, ValueError):
                    parts.append(part)
                    raise
        except (OSError, EOFError, ValueError):
            self._failed = True  # the others do its parts, the next call starts another

    def _greeted(self, *, until: Callable[[], bool]) -> bool:
        """Wait for the worker's first word, its model's identity; False when the work is done before."""
        while not self.ready:
            if not self._pipe.poll(_LOOK_AGAIN_SECONDS):
                if until():
                    return False
                continue
            if self._pipe.recv_bytes().decode() != self._identity:
                raise ValueError("the worker has another model")
            self.ready = True
        return True


def available_cores() -> int:
    """Return how many cores this process may use: its affinity, and the quota of its container."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = _QUOTA.read_text(encoding="ascii").split()
        return max(1, min(cores, int(quota) // int(period)))
    except (OSError, ValueError):  # no such file here, or the word `max`
        return cores


def _taken(parts: deque[slice]) -> Iterator[slice]:
    while parts:
        try:
            yield parts.popleft()
        except IndexError:  # another thread took the last one
            return


def _work(pipe: "Connection[bytes, bytes]", load: Load) -> None:
    """Embed what comes through the pipe until it closes or nothing comes for a while."""
    try:
        embedder = load()
        pipe.send_bytes(embedder.identity.encode())
        while pipe.poll(_IDLE_SECONDS):
            texts = json.loads(pipe.recv_bytes())
            pipe.send_bytes(embedder.encode(texts).astype("<f4").tobytes())
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the process that asked is gone


@contextmanager
def _interrupts_held() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
