"""Kills a drafting process at random, again and again, and looks what is lost or bought twice."""

import multiprocessing
import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agent.bootstrap import build
from agent.ports import Ports
from agent.usecases.drafting import draft_campaign
from bench.draft_home import CAMPAIGN, a_creator, settings, shortlist, stored
from bench.draft_stub import Plan, stub

AT_ONCE = 8
_LATENCY = 0.05
_LAST_RUNS = 3  # a loaded machine may leave a letter to be written by the next run; so would a person
_MODULES = ("bench.draft_kills", "langchain_openai", "lingua", "faiss", "agent.adapters.database.store")


def kills(count: int, *, drafts: int) -> dict[str, Any]:
    """Draft letters with so many kills between; return what was lost, double or bought twice."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(_MODULES))
    chance = random.Random(11)
    bought_again = in_flight_again = 0
    done = finishing = 0
    with TemporaryDirectory() as folder, stub(Plan(latency=_LATENCY)) as model:
        home = Path(folder)
        ports = build(settings(home, model.url))
        shortlist(ports, drafts)
        asked: set[str] = set()
        while True:
            known = _stored_questions(ports)
            worker = context.Process(target=write, args=(str(home), model.url))
            worker.start()
            worker.join(chance.uniform(0.4, 2.2) if done < count else None)
            killed = worker.is_alive()
            worker.kill()
            worker.join()
            time.sleep(_LATENCY)  # what it had sent arrives, and counts for this run
            seen = model.seen()["questions"]
            bought_again += len(known & seen.keys()) + sum(number > 1 for number in seen.values())
            in_flight_again += len(asked & seen.keys())
            asked |= seen.keys()
            done += killed
            if not killed and stored(ports)["with_one"] == drafts:
                break
            if not killed and done >= count:
                finishing += 1
                if finishing == _LAST_RUNS:
                    break
        found = stored(ports)
        ports.close()
    return {
        "kills": done,
        "letters_lost": drafts - found["with_one"] - found["with_several"],
        "letters_double": found["with_several"],
        "stored_answers_bought_twice": bought_again,
        "answers_in_flight_bought_again": in_flight_again,
    }


def write(home: str, url: str) -> None:
    """Draft the whole shortlist, as far as one gets."""
    ports = build(settings(Path(home), url))
    draft_campaign(ports, CAMPAIGN, concurrency=AT_ONCE, progress=lambda _done, _total: None)
    ports.close()


def _stored_questions(ports: Ports) -> set[str]:
    """Return the questions whose answers are stored: as a letter, or as an answer that waits for one."""
    found = set()
    with ports.store.read() as tx:
        for outreach in tx.outreach.of_campaign(CAMPAIGN):
            if tx.drafts.of_outreach(outreach.id) or tx.answers.of_outreach(outreach.id):
                found.add(a_creator(int(outreach.id.removeprefix("o-"))).posts[0].key)
    return found
