"""A model's answers in a file, as they came, one line each: nothing need be asked twice to look at them."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from agent.domain.draft import Finding
from agent.domain.errors import NanoreachError
from agent.domain.letter import Receipt, ReceiptKind, Sentence, Words
from agent.ports import Assignment, Writer, Written


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of one question to a model. `words` is None where it was no letter, and `failure` says why.

    `repair` tells a second try, after the gate's findings, from a first one. `seconds` are of waiting.
    """

    to: str
    language: str
    repair: bool
    seconds: float
    model: str = ""
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    words: Words | None = None
    failure: str = ""


class Recording:
    """A writer that writes down what another one answers."""

    def __init__(self, writer: Writer, path: Path) -> None:
        self._writer = writer
        self._path = path
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The other writer's name."""
        return self._writer.name

    def write(
        self, assignment: Assignment, *, rejected: Words | None = None, findings: Sequence[Finding] = ()
    ) -> Written:
        """Return the other writer's words; raises what it raises."""
        to, language, repair = assignment.creator.handle, assignment.language, rejected is not None
        began = time.perf_counter()
        try:
            written = self._writer.write(assignment, rejected=rejected, findings=findings)
        except NanoreachError as error:
            seconds = round(time.perf_counter() - began, 2)
            self._keep(Answer(to=to, language=language, repair=repair, seconds=seconds, failure=str(error)))
            raise
        self._keep(
            Answer(
                to=to,
                language=language,
                repair=repair,
                seconds=round(time.perf_counter() - began, 2),
                model=written.origin.model,
                input_tokens=written.usage.input_tokens,
                cached_tokens=written.usage.cached_tokens,
                output_tokens=written.usage.output_tokens,
                words=written.words,
            )
        )
        return written

    def _keep(self, answer: Answer) -> None:
        line = json.dumps(asdict(answer), ensure_ascii=False, default=str)
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def read_answers(path: Path) -> Iterator[Answer]:
    """Return the answers of a file in the order in which they came; none where there is no file."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Answer(**row | {"words": _words(row["words"])})


def _words(row: dict[str, Any] | None) -> Words | None:
    if row is None:
        return None
    return Words(
        subject=row["subject"],
        opening=tuple(map(_sentence, row["opening"])),
        bridge=tuple(map(_sentence, row["bridge"])),
        ask=_sentence(row["ask"]),
    )


def _sentence(row: dict[str, Any]) -> Sentence:
    return Sentence(
        text=row["text"],
        receipts=tuple(
            Receipt(
                kind=ReceiptKind(each["kind"]),
                ref=each["ref"],
                quote=each["quote"],
                published_on=date.fromisoformat(each["published_on"]) if each["published_on"] else None,
            )
            for each in row["receipts"]
        ),
    )
