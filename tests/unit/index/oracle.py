"""The recipe in plain words, over Python lists: what a search over all candidates has to give."""

import numpy as np
import numpy.typing as npt

from index import Document
from tests.unit.index.fakes import WordEmbedder, standing_for


def oracle(documents: list[Document], query: str) -> dict[int, float]:
    embedder = WordEmbedder()

    def vectors(texts: list[str]) -> list[npt.NDArray[np.float32]]:
        return list(embedder.encode([text for text in texts if text]))

    spaces = {
        1.0: [[standing_for(document, embedder)] if document.whole else [] for document in documents],
        0.5: [vectors([document.bio]) for document in documents],
        0.5000001: [vectors([post.text for post in document.passages]) for document in documents],
    }
    query_vector = embedder.encode([query])[0]
    total = scores(spaces, dict.fromkeys(spaces, query_vector))
    top = min(15, len(documents) // 4)
    if top:
        first = ordered(documents, total)[:top]
        moved = {}
        for weight, space in spaces.items():
            examples = [
                max(space[place], key=lambda v: float(v @ query_vector)) for place in first if space[place]
            ]
            vector = query_vector + 0.8 * np.mean(examples, axis=0) if examples else query_vector
            moved[weight] = vector / np.linalg.norm(vector)
        total = scores(spaces, moved)
    return {document.key: total[place] for place, document in enumerate(documents)}


def scores(
    spaces: dict[float, list[list[npt.NDArray[np.float32]]]], queries: dict[float, npt.NDArray[np.float32]]
) -> list[float]:
    total = [0.0] * len(next(iter(spaces.values())))
    for weight, space in spaces.items():
        best = [max((float(v @ queries[weight]) for v in some), default=None) for some in space]
        present = [value for value in best if value is not None]
        deviation = float(np.std(present)) if present else 0.0
        if deviation > 1e-9:
            for place, value in enumerate(best):
                if value is not None:
                    total[place] += round(weight, 1) * (value - float(np.mean(present))) / deviation
    return total


def ordered(documents: list[Document], total: list[float]) -> list[int]:
    return sorted(range(len(documents)), key=lambda place: (-round(total[place], 6), documents[place].key))
