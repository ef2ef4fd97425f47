"""Learns what answers sound like: `python -m bench.train_sense` writes `agent/adapters/sense.npz`.

It learns from `bench/answers.*.txt`, written for it, and from the answers of the tests, which the rules were
made with. The same answers give the same weights up to rounding.
"""

from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import agent.adapters
from agent.adapters.sense import BUCKETS, WEIGHTS, Floats, pieces
from agent.domain.reading.language import plain
from agent.domain.reading.spelling import written_out
from agent.domain.replies import CALMING, ReplyKind

HERE = Path(__file__).parent
OWN = HERE.parent / "tests" / "unit" / "mail"
STRENGTH = 40.0
"""Inverse of the penalty on large weights, chosen on sets that were left out of the learning in turn."""


class Example(NamedTuple):
    """An answer with its kind."""

    kind: ReplyKind
    text: str


def examples(*, without: Collection[str] = ()) -> Iterator[Example]:
    """Yield every answer but those of the named sets: what is measured on a set must not have heard it."""
    for file in (*sorted(HERE.glob("answers.*.txt")), *sorted(OWN.glob("answers*.txt"))):
        if file.stem not in without:
            yield from in_file(file)


def in_file(file: Path) -> Iterator[Example]:
    """Yield the answers of a file: a line is `kind | text`, a line break is a backslash and an n."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, text, *_ = (cell.strip() for cell in line.split(" | "))
            yield Example(ReplyKind(kind), text.replace("\\n", "\n"))


def features(texts: Collection[str]) -> csr_matrix:
    """Return the pieces of each text, [texts, buckets], each row of length one."""
    found = [pieces(written_out(plain(text))) or [0] for text in texts]
    counts = [len(each) for each in found]
    values = np.concatenate([np.full(count, count**-0.5) for count in counts])
    return csr_matrix((values, np.concatenate(found), np.cumsum([0, *counts])), shape=(len(found), BUCKETS))


def learn(lessons: Collection[Example]) -> LogisticRegression:
    """Return a model of the kinds that calm, and OTHER for all the rest; each kind weighs the same."""
    kinds = [kind.value if kind in CALMING else ReplyKind.OTHER.value for kind, _ in lessons]
    model = LogisticRegression(C=STRENGTH, max_iter=5000, class_weight="balanced")
    return model.fit(features([text for _, text in lessons]), kinds)


def main() -> None:
    """Learn from everything and write the weights."""
    model = learn(list(examples()))
    weights: Floats = model.coef_
    kept = BytesIO()
    np.savez_compressed(
        kept, kinds=model.classes_.astype(str), weights=weights.astype(np.float16), bias=model.intercept_
    )
    target = Path(agent.adapters.__file__).parent / WEIGHTS
    target.write_bytes(kept.getvalue())


if __name__ == "__main__":
    main()
