"""Writes and reads one part of an index: its contents as plain arrays, and the vectors of its three spaces.

`base.npz` holds keys, owners, digests and columns; `base.whole.npy` the vectors of the space `whole`, and so
on.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from index.columns import Columns
from index.contents import SPACES, Contents, Rows, TakeVectors
from index.files import settle
from index.ranking import Floats

_ROWS_AT_ONCE = 8192
_BYTES_AT_ONCE = 1 << 26
_VECTOR = np.dtype("<f4")


def write_part(place: Path, name: str, contents: Contents, take: TakeVectors, dimensions: int) -> None:
    """Write the files of a part; they are on the disk on return. Raises OSError as the disk gives it."""
    for space, rows in contents.rows.items():
        _write_vectors(place / f"{name}.{space}.npy", _slices(take, space, len(rows)), len(rows), dimensions)
    arrays = {"creators": contents.creators, "signatures": contents.signatures} | contents.columns.arrays()
    for space, rows in contents.rows.items():
        arrays |= {
            f"{space}_keys": rows.keys,
            f"{space}_owners": rows.owners,
            f"{space}_digests": rows.digests,
        }
    content = BytesIO()  # NumPy writing to a file itself would hide why the disk refused
    np.savez(content, allow_pickle=False, **arrays)
    with (place / f"{name}.npz").open("wb") as stream:
        stream.write(content.getbuffer())
        settle(stream)


def read_contents(place: Path, name: str) -> Contents:
    """Read the contents of a part of which the checksums hold; ValueError or KeyError if it is none."""
    with np.load(place / f"{name}.npz", allow_pickle=False) as arrays:
        return Contents(
            creators=arrays["creators"],
            columns=Columns.from_arrays(arrays),
            signatures=arrays["signatures"],
            rows={
                space: Rows(
                    keys=arrays[f"{space}_keys"],
                    owners=arrays[f"{space}_owners"],
                    digests=arrays[f"{space}_digests"],
                )
                for space in SPACES
            },
        )


def read_vectors(place: Path, names: tuple[str, ...], space: str, dimensions: int) -> Floats:
    """Read the vectors of a space from several parts into one array, [n, d], the first part's rows first."""
    paths = [place / f"{name}.{space}.npy" for name in names]
    counts = [_read_header(path, dimensions)[0] for path in paths]
    vectors = np.empty((sum(counts), dimensions), dtype=_VECTOR)
    start = 0
    for path, count in zip(paths, counts, strict=True):
        _read_into(path, vectors[start : start + count])
        start += count
    return vectors


def _slices(take: TakeVectors, space: str, count: int) -> Iterator[Floats]:
    for start in range(0, count, _ROWS_AT_ONCE):
        yield take(space, slice(start, min(start + _ROWS_AT_ONCE, count)))


def _write_vectors(path: Path, slices: Iterator[Floats], count: int, dimensions: int) -> None:
    header = {"descr": _VECTOR.str, "fortran_order": False, "shape": (count, dimensions)}
    with path.open("wb") as stream:
        npy.write_array_header_1_0(stream, header)
        for vectors in slices:
            stream.write(np.ascontiguousarray(vectors, dtype=_VECTOR).tobytes())
        settle(stream)


def _read_header(path: Path, dimensions: int) -> tuple[int, int]:
    """Return how many vectors the file says it has, and where they begin."""
    with path.open("rb") as stream:
        npy.read_magic(stream)
        shape, _, kind = npy.read_array_header_1_0(stream)
        if len(shape) != 2 or shape[1] != dimensions or kind != _VECTOR:  # noqa: PLR2004 - a matrix
            raise ValueError(f"{path.name} does not hold vectors of {dimensions} dimensions")
        return int(shape[0]), stream.tell()


def _read_into(path: Path, vectors: Floats) -> None:
    flat = vectors.reshape(-1).view(np.uint8)
    done = 0
    with path.open("rb") as stream:
        stream.seek(_read_header(path, vectors.shape[1])[1])
        while done < len(flat):
            read = stream.readinto(flat[done : done + _BYTES_AT_ONCE].data)
            if not read:
                raise ValueError(f"{path.name} is too short")
            done += read
