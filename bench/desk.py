"""How long the desk takes where very many letters wait: queue, letter and decision, for one and for twenty.

A server in a process of its own, the product's application, a file of SQLite. Every page is asked for in
turns with a route of the same desk that does nothing, behind the same door. A decision is an approval: seal,
gate, outbox.
"""

import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from json import loads
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from agent.bootstrap import build
from agent.domain.draft import DraftStatus
from agent.domain.ids import DraftId
from bench.desk_home import fill, settings

REVIEWERS = tuple(f"reviewer-{number}@bench.example" for number in range(20))
OVER_NOTHING = 6
MOST_MS = 100
MOST_KB = 100
DEEPEST_OVER_FIRST = 1.3
LARGE_OVER_SMALL = 1.3
PAUSE = (0.5, 1.5)
"""Seconds between two pages of one of twenty reviewers: about twenty pages a second together."""

_WRITTEN = 40
_PAGE = 50
_FOR_CPU = 40
_END = datetime.max.replace(tzinfo=UTC)
_PENDING = frozenset({DraftStatus.PENDING})
_Times = dict[str, list[float]]


@dataclass(frozen=True, kw_only=True)
class Served:
    """A desk that answers, a cookie for each reviewer, letters to decide, and the last page's address."""

    process: int
    port: int
    cookies: Sequence[str]
    letters: Sequence[str]
    deepest: str


def run(*, full: bool) -> dict[str, Any]:
    """Return the paces at both sizes, in ms of the clock, and what must hold."""
    sizes = (10_000, 100_000) if full else (1_000, 10_000)
    small, large = (_measured(size, rounds=40 if full else 20, at_once=10 if full else 3) for size in sizes)
    told = {
        f"{size}_{name}": value
        for size, of in zip(sizes, (small, large), strict=True)
        for name, value in of.items()
    }
    pages = ("queue", "filtered", "deepest", "letter", "decision")
    passes = {
        "pass_page_kb": max(large["queue_kb"], large["deepest_kb"]) <= MOST_KB,
        "pass_p95": all(large[f"{page}_p95"] <= MOST_MS for page in pages),
        "pass_p95_of_twenty": all(large[f"twenty_{page}_p95"] <= MOST_MS for page in pages),
        "pass_over_nothing": all(large[f"{page}_over_nothing"] <= OVER_NOTHING for page in pages),
        "pass_deepest": large["deepest_median"] <= DEEPEST_OVER_FIRST * large["queue_median"],
        "pass_not_growing": all(
            large[f"{page}_median"] <= LARGE_OVER_SMALL * small[f"{page}_median"] for page in pages
        ),
    }
    return told | passes | {"pass": all(passes.values())}


def _measured(letters: int, *, rounds: int, at_once: int) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        fill(Path(folder), letters, written=_WRITTEN, reviewers=REVIEWERS)
        filled = round(time.perf_counter() - began, 1)
        with _serving(Path(folder)) as desk:
            share = [desk.letters[number :: len(REVIEWERS)] for number in range(len(REVIEWERS))]
            first = Reviewer(desk, desk.cookies[0])
            first.rounds(share[0][:5], pause=None)  # a process that has just begun reads its tables first
            alone = first.rounds(share[0][5 : 5 + rounds], pause=None)
            cpu = {
                f"{name}_cpu_ms": first.cpu_ms(name, path) for name, path in first.pages(share[1][0]).items()
            }
            twenty = _twenty(desk, [mine[-at_once:] for mine in share])
            sizes = {f"{name}_kb": round(size / 1000, 1) for name, size in first.sizes.items()}
    told = {"filled_s": filled} | sizes | cpu
    told |= _figures(alone) | {f"twenty_{name}": value for name, value in _figures(twenty).items()}
    for name in alone:
        told[f"{name}_over_nothing"] = round(_p95(alone[name]) / _p95(alone["nothing"]), 2)
    return told


class Reviewer:
    """Somebody with a session and one connection, who keeps how long each page took."""

    def __init__(self, desk: Served, cookie: str) -> None:
        self._desk = desk
        self._cookie = cookie
        self._line = HTTPConnection("127.0.0.1", desk.port, timeout=60)
        self.sizes: dict[str, int] = {}

    def pages(self, letter: str) -> Mapping[str, str]:
        """Return the address of each page; the letter's is the last."""
        return {
            "nothing": "/nothing",
            "queue": "/",
            "filtered": "/?risk=without&kind=first",
            "deepest": self._desk.deepest,
            "letter": f"/drafts/{letter}",
        }

    def cpu_ms(self, name: str, path: str) -> float:
        """Return the processor time that the server takes for one page: others' load is not in it."""
        before = _cpu_seconds(self._desk.process)
        for _ in range(_FOR_CPU):
            self._page({}, name, path, None)
        return round(1000 * (_cpu_seconds(self._desk.process) - before) / _FOR_CPU, 1)

    def rounds(self, letters: Sequence[str], *, pause: tuple[float, float] | None) -> _Times:
        """Ask for every page once for each of these letters, and approve it."""
        took: _Times = {}
        for letter in letters:
            for name, path in self.pages(letter).items():
                html = self._page(took, name, path, pause)
            form = {name: _hidden(html, name) for name in ("token", "seal")}
            self._page(took, "decision", f"/drafts/{letter}/approval", pause, form=form)
        return took

    def _page(
        self,
        took: _Times,
        name: str,
        path: str,
        pause: tuple[float, float] | None,
        *,
        form: Mapping[str, str] | None = None,
    ) -> str:
        if pause is not None:
            time.sleep(random.uniform(*pause))
        headers = {"Cookie": self._cookie, "Accept-Language": "en"}
        began = time.perf_counter()
        if form is None:
            self._line.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self._line.request("POST", path, body=urlencode(form), headers=headers)
        answer = self._line.getresponse()
        body = answer.read()
        took.setdefault(name, []).append(1000 * (time.perf_counter() - began))
        _require(answer, path, 200 if form is None else 303)
        self.sizes[name] = len(body)
        return body.decode()


def _twenty(desk: Served, letters: Sequence[Sequence[str]]) -> _Times:
    found: list[_Times] = []

    def read(cookie: str, mine: Sequence[str]) -> None:
        found.append(Reviewer(desk, cookie).rounds(mine, pause=PAUSE))

    threads = [threading.Thread(target=read, args=pair) for pair in zip(desk.cookies, letters, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) != len(threads):
        raise RuntimeError("a reviewer was not served to the end")
    return {name: [each for times in found for each in times[name]] for name in found[0]}


@contextmanager
def _serving(home: Path) -> Iterator[Served]:
    ports = build(settings(home))
    with ports.store.read() as tx:
        oldest = tx.drafts.page(statuses=_PENDING, limit=2_000)
        newest = tx.drafts.page(statuses=_PENDING, before=(_END, DraftId("")), limit=_PAGE + 1)
    ports.close()
    command = [sys.executable, "-m", "bench.desk_server", str(home), *REVIEWERS]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            told = loads(server.stdout.readline())
            place = urlencode({"after": f"{newest[0].created_at.isoformat()}_{newest[0].id}"})
            yield Served(
                process=server.pid,
                port=told["port"],
                cookies=told["cookies"],
                letters=[draft.id for draft in oldest],
                deepest=f"/?{place}",
            )
        finally:
            server.terminate()


def _cpu_seconds(process: int) -> float:
    # proc(5): the fields after the name in parentheses; utime and stime are the 14th and 15th of all
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', html)
    if found is None:
        raise RuntimeError(f"the letter's page has no {name}")
    return found.group(1)


def _require(answer: HTTPResponse, path: str, status: int) -> None:
    if answer.status != status:
        raise RuntimeError(f"{path} was answered with {answer.status}")


def _figures(took: _Times) -> dict[str, float]:
    medians = {f"{name}_median": round(statistics.median(times), 1) for name, times in took.items()}
    return medians | {f"{name}_p95": round(_p95(times), 1) for name, times in took.items()}


def _p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
