"""Runs one measurement by name: a table for people on stderr, one JSON document as stdout's last line."""

import argparse
import importlib
import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

# name → module with `run(full: bool) -> dict`, and what it measures
BENCHES: Mapping[str, tuple[str, str]] = {
    "desk": (
        "bench.desk",
        "the desk where very many letters wait: queue, letter, decision; one and twenty readers",
    ),
    "draft": ("bench.draft", "letters by a model, side by side: pace, failures, rates, kills, beside rivals"),
    "embed": ("bench.embed", "texts per second of the default embedder beside its package's own"),
    "expansion": ("bench.expansion", "matching with and without what a model imagines creators to write"),
    "followups": ("bench.followups", "due follow-ups: a look with nothing due, a backlog, several processes"),
    "gate": ("bench.gate", "attacks that a model obeys, planted lies, honest letters wrongly blocked"),
    "learning": ("bench.learning", "rankings with and without what reviewers decided, simulated"),
    "letters": ("bench.letters", "a thousand offline letters: how alike they are, and what the gate says"),
    "mail": (
        "bench.mail",
        "answers, bounces and broken mails: what is made of them, how fast",
    ),
    "match": ("bench.match", "nDCG on labelled creators: plain cosine, the product, niches it never saw"),
    "reality": ("bench.reality", "a real small model writes to real creators: what the gate makes of it"),
    "rehearse": ("bench.rehearse", "a campaign of 200 people, played twenty times over: seconds"),
    "outbox": (
        "bench.outbox",
        "workers killed while they send: twice, lost, uncertain; beside rivals",
    ),
    "scaling": ("bench.scaling", "Milvus beside files and Ray beside one process: the same results"),
    "index": (
        "bench.index",
        "search at size, filters near and far, creators by their posts: beside bare FAISS",
    ),
    "templates": ("bench.templates", "attacks on templates: refused or not, how fast; what fair ones cost"),
    "register": ("bench.register", "tu and vous, gender, typography: labelled captions and letters"),
    "send": ("bench.send", "letters per second to a local server, beside a bare loop of smtplib"),
    "shortlist": ("bench.shortlist", "shortlists as portfolios beside the k best, at equal mean fit"),
}
USAGE = 2


def main(arguments: Sequence[str]) -> int:
    """Run the bench that the arguments name; return 0 (passed), 1 (did not) or 2 (there is no such bench)."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", help=", ".join(BENCHES))
    parser.add_argument("--json", action="store_true", help="no table, only the JSON document")
    parser.add_argument("--full", action="store_true", help="longer and steadier: more texts, more repeats")
    chosen = parser.parse_args(arguments)
    if chosen.name not in BENCHES:
        print(f"There is no bench named {chosen.name}. There are:", file=sys.stderr)
        for name, (_, about) in BENCHES.items():
            print(f"  {name:12s} {about}", file=sys.stderr)
        return USAGE
    module, _ = BENCHES[chosen.name]
    result: dict[str, Any] = importlib.import_module(module).run(full=chosen.full)
    if not chosen.json:
        for name, value in result.items():
            print(f"{name:32s} {value}", file=sys.stderr)
    print(json.dumps({"bench": chosen.name} | result, ensure_ascii=False))
    return 0 if result.get("pass", True) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
