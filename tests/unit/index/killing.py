"""Kills index operations with SIGKILL before every step they take on the disk, and at random moments.

Run as a program of its own, because it forks: `python -m tests.unit.index.killing FOLDER 1`. It prints one
line of JSON for each operation: how many moments were tried, and what was wrong afterwards.
"""

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import sleep

import numpy as np

from index import (
    Document,
    IndexUnavailable,
    Limits,
    RebuildNeeded,
    Searcher,
    build,
    compact,
    delete,
    forget,
    inspect,
    put,
)
from index.documents import digest
from tests.unit.index.fakes import WordEmbedder, creator, village

STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.mkdir", "os.link", "shutil.rmtree"}
EMBEDDER = WordEmbedder()
LIMITS = Limits(rewritten=0, tail=50, dead_share=0.9, lists_from=12)
BEFORE = village(20)
GONE = [each for each in BEFORE if each.key in {3, 7}]
KEPT = [each for each in BEFORE if each.key not in {3, 7}]
ADDED = [creator(99, "compost bread"), creator(4, "a new bio", "a new post")]
AFTER_PUT = [*(each for each in BEFORE if each.key != 4), *ADDED]
KEYS = np.array([3, 7], dtype=np.int64)

# name → what is built before, the operation, what is right afterwards
OPERATIONS: dict[str, tuple[list[Document], Callable[[Path], object], list[Document]]] = {
    "first build": ([], lambda folder: build(folder, BEFORE, EMBEDDER, batch=7, limits=LIMITS), BEFORE),
    "build": (BEFORE, lambda folder: build(folder, AFTER_PUT, EMBEDDER, limits=LIMITS), AFTER_PUT),
    "build without some": (BEFORE, lambda folder: build(folder, KEPT, EMBEDDER, limits=LIMITS), KEPT),
    "put": (BEFORE, lambda folder: put(folder, ADDED, EMBEDDER, limits=LIMITS), AFTER_PUT),
    "delete": (BEFORE, lambda folder: delete(folder, KEYS, limits=LIMITS), KEPT),
    "compact": (BEFORE, lambda folder: compact(folder, limits=LIMITS), BEFORE),
    "forget": (BEFORE, lambda folder: forget(folder, KEYS, limits=LIMITS), KEPT),
}


def main(home: Path, every: int) -> None:
    """Try each operation, killed before every n-th step; print what was found."""
    for name, (before, operation, after) in OPERATIONS.items():
        origin = home / "origin"
        shutil.rmtree(origin, ignore_errors=True)
        if before:
            build(origin, before, EMBEDDER, limits=LIMITS)
        else:
            origin.mkdir(parents=True)
        moments, wrong = 0, []
        while True:
            moments += every
            folder = fresh(origin, home / "copy")
            if not killed(partial(at_step, moments, folder, operation)):
                break
            wrong += [f"step {moments}: {fault}" for fault in faults(folder, before, operation, after)]
        for moment in range(4):
            folder = fresh(origin, home / "copy")
            killed_after(random.Random(moment).random() * 0.03, partial(operation, folder))
            wrong += [f"moment {moment}: {fault}" for fault in faults(folder, before, operation, after)]
        sys.stdout.write(json.dumps({"operation": name, "moments": moments, "wrong": wrong}) + "\n")
        sys.stdout.flush()  # a fork would print it once more


def fresh(origin: Path, copy: Path) -> Path:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(origin, copy)
    return copy


def at_step(at: int, folder: Path, operation: Callable[[Path], object]) -> None:
    """Run the operation and end this process, hard, before its n-th step in the folder."""
    steps = 0

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        if event in STEPS and any(str(folder) in str(argument) for argument in arguments):
            steps += 1
            if steps == at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    operation(folder)


def killed(work: Callable[[], None]) -> bool:
    """Do the work in a process of its own; return whether it was killed."""
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"The work failed with {os.WEXITSTATUS(status)}.")
    return os.WIFSIGNALED(status)


def killed_after(seconds: float, work: Callable[[], object]) -> None:
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def faults(
    folder: Path, before: list[Document], operation: Callable[[Path], object], after: list[Document]
) -> list[str]:
    """Return what is wrong with what the killed operation left, and with what running it again makes."""
    found = []
    states = [sorted(each.key for each in documents) for documents in (before, after)]
    try:
        inspect(folder)
        if creators(folder) not in states:
            found.append("neither the index before nor the one after")
    except IndexUnavailable:
        if before:
            found.append("no index although there was one")
    except RebuildNeeded as problem:
        found.append(f"not sound: {problem}")
    operation(folder)
    inspect(folder)
    if creators(folder) != states[1]:
        found.append("running it again did not finish it")
    if list(folder.rglob("*.new")) or len(list((folder / "snapshots").iterdir())) != 1:
        found.append("something half written is left")
    if after is KEPT and operation is not OPERATIONS["delete"][1] and is_anything_left(folder):
        found.append("something of the forgotten is left")
    return found


def creators(folder: Path) -> list[int]:
    searcher = Searcher.open(folder, EMBEDDER)
    hits = searcher.search("compost bread mer", limit=500)
    known: list[int] = searcher.place.creators.tolist()
    return known if sorted(hit.key for hit in hits) == known else []


def is_anything_left(folder: Path) -> bool:
    own = {text for each in GONE for text in (each.whole, each.bio)} - {each.whole for each in KEPT} - {""}
    own -= {each.bio for each in KEPT}
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    return any(digest(text) in content for text in own) or any(
        vector.tobytes() in content for vector in EMBEDDER.encode(sorted(own))
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
