"""Keeps every vector on disk under the digest of its text, so that no text is embedded twice.

One file per model: a header of 4096 bytes (one line of JSON, padded), then records of fixed size, each a
text's digest, a checksum and the vector as little-endian float32. Records are appended; one that is dropped
is overwritten with zeros, and a file with many of those is written anew and replaced. A record that a crash
cut short, or of which a byte has changed, counts as absent.
"""

import json
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.documents import DIGEST_BYTES
from index.files import disk_failures_named, settle, settle_folder

FORMAT = 1
_HEADER_BYTES = 4096
_CHECK_BYTES = 8
_SUFFIX = ".vectors"
_ROWS_AT_ONCE = 4096
_HOLES_SHARE = 0.25  # more blank records than that, and the file is written without them

Records = npt.NDArray[np.void]


class VectorCache:
    """The vectors of one model in one folder; one process writes at a time (the builder holds the lock)."""

    def __init__(self, folder: Path, *, identity: str, dimensions: int) -> None:
        """Open the file of this model, or start it; a file that cannot be understood is started anew."""
        self.path = folder / f"{blake2b(identity.encode(), digest_size=12).hexdigest()}{_SUFFIX}"
        self.dimensions = dimensions
        self._header = _header(identity, dimensions)
        self._record = _record_type(dimensions)
        self._rows: dict[bytes, int] = {}
        with disk_failures_named(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _discard_half_written(self.path)
            if _read_header(self.path) != self._header:
                _start(self.path, self._header)
            _cut_torn_tail(self.path, self._record)
            self._rows = self._sound_rows()

    def __contains__(self, text_digest: bytes) -> bool:
        return text_digest in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def append(self, digests: Sequence[bytes], vectors: npt.NDArray[np.float32]) -> None:
        """Keep vectors [n, d] for n digests; they are on the disk on return.

        Raises DiskFull; the file then holds what it held before.
        """
        records = np.empty(len(digests), dtype=self._record)
        records["text"] = np.frombuffer(b"".join(digests), dtype=f"V{DIGEST_BYTES}")
        records["vector"] = vectors
        records["check"] = _checks(records)
        with disk_failures_named(self.path.parent):
            size = self.path.stat().st_size
            try:
                with self.path.open("ab") as stream:
                    stream.write(records.tobytes())
                    settle(stream)
            except OSError:
                os.truncate(self.path, size)
                raise
        first = (size - _HEADER_BYTES) // self._record.itemsize
        self._rows |= {text: first + i for i, text in enumerate(digests)}

    def take(self, digests: Sequence[bytes]) -> npt.NDArray[np.float32]:
        """Return the vectors of digests that are all kept here, [n, d]."""
        rows = np.fromiter((self._rows[text] for text in digests), dtype=np.int64, count=len(digests))
        with disk_failures_named(self.path.parent):
            return np.array(self._records()["vector"][rows], dtype=np.float32).reshape(-1, self.dimensions)

    def keep_only(self, digests: Collection[bytes]) -> int:
        """Drop every record but those of the digests from the disk; return how many texts were dropped."""
        with disk_failures_named(self.path.parent):
            before = len(self._rows)
            if _drop(self.path, self._record, self._rows, digests):
                self._rows = self._sound_rows()
            return before - len(self._rows)

    def _sound_rows(self) -> dict[bytes, int]:
        return _sound_rows(self._records())

    def _records(self) -> Records:
        return _records(self.path, self._record)


def keep_only_everywhere(folder: Path, digests: Collection[bytes], *, but: Path | None = None) -> int:
    """Drop every text but these from the files of all models; a damaged file goes whole.

    `but` is left alone. Needs no model; the dropped vectors are off the disk on return. Returns how many
    records were dropped.
    """
    dropped = 0
    with disk_failures_named(folder):
        for half_written in folder.glob(f"*{_SUFFIX}.new"):
            half_written.unlink()
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            if path == but:
                continue
            try:
                dimensions = int(json.loads(_read_header(path))["dimensions"])
            except (ValueError, KeyError, TypeError):
                path.unlink()
                continue
            record = _record_type(dimensions)
            _cut_torn_tail(path, record)
            dropped += _drop(path, record, _sound_rows(_records(path, record)), digests)
        if folder.exists():
            settle_folder(folder)
    return dropped


def _drop(path: Path, record: np.dtype[np.void], rows: dict[bytes, int], keep: Collection[bytes]) -> int:
    """Take every record but the sound ones to keep off the disk; return how many were taken off.

    Few are overwritten with zeros where they stand: a blank record's checksum does not hold, so that a crash
    in the middle leaves each record whole or absent. Many are worth a file without them.
    """
    records = _records(path, record)
    wanted = np.sort(np.array([row for text, row in rows.items() if text in keep], dtype=np.int64))
    others = np.setdiff1d(np.arange(len(records)), wanted)
    unwanted = others[_holds_something(records, others)]
    is_full_of_holes = len(others) > _HOLES_SHARE * len(records)
    if is_full_of_holes:
        _rewrite(path, records, wanted)
    elif len(unwanted):
        _overwrite(path, unwanted, record.itemsize)
    return len(unwanted)


def _holds_something(records: Records, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which of the rows have not been overwritten with zeros, [n]."""
    return np.array([any(records[row].tobytes()) for row in rows], dtype=np.bool_)


def _overwrite(path: Path, rows: npt.NDArray[np.int64], size: int) -> None:
    with path.open("r+b") as stream:
        for row in rows:
            stream.seek(_HEADER_BYTES + int(row) * size)
            stream.write(bytes(size))
        settle(stream)


def _rewrite(path: Path, records: Records, rows: npt.NDArray[np.int64]) -> None:
    fresh = _fresh(path)
    with fresh.open("wb") as stream:
        stream.write(_read_header(path))
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            stream.write(records[rows[start : start + _ROWS_AT_ONCE]].tobytes())
        settle(stream)
    fresh.replace(path)
    settle_folder(path.parent)


def _cut_torn_tail(path: Path, record: np.dtype[np.void]) -> None:
    torn = (path.stat().st_size - _HEADER_BYTES) % record.itemsize
    if torn:
        os.truncate(path, path.stat().st_size - torn)


def _sound_rows(records: Records) -> dict[bytes, int]:
    """Return the row of each digest of which the checksum holds; the later of two rows wins."""
    rows: dict[bytes, int] = {}
    for start, chunk in _chunks(records):
        checks = _checks(chunk)
        for i, (text, check) in enumerate(zip(chunk["text"], chunk["check"], strict=True)):
            if check.tobytes() == checks[i].tobytes():
                rows[text.tobytes()] = start + i
    return rows


def _chunks(records: Records) -> Iterator[tuple[int, Records]]:
    for start in range(0, len(records), _ROWS_AT_ONCE):
        yield start, np.array(records[start : start + _ROWS_AT_ONCE])


def _checks(records: Records) -> Records:
    """Return the checksum of each record over its digest and its vector."""
    texts, vectors = records["text"], records["vector"]
    checks = (
        blake2b(text.tobytes() + vector.tobytes(), digest_size=_CHECK_BYTES).digest()
        for text, vector in zip(texts, vectors, strict=True)
    )
    return np.frombuffer(b"".join(checks), dtype=f"V{_CHECK_BYTES}")


def _records(path: Path, record: np.dtype[np.void]) -> Records:
    count = (path.stat().st_size - _HEADER_BYTES) // record.itemsize
    if count <= 0:
        return np.empty(0, dtype=record)
    return np.memmap(path, dtype=record, mode="r", offset=_HEADER_BYTES, shape=(count,))


def _record_type(dimensions: int) -> np.dtype[np.void]:
    return np.dtype(
        [("text", f"V{DIGEST_BYTES}"), ("check", f"V{_CHECK_BYTES}"), ("vector", "<f4", (dimensions,))]
    )


def _header(identity: str, dimensions: int) -> bytes:
    line = json.dumps({"format": FORMAT, "identity": identity, "dimensions": dimensions})
    return line.encode().ljust(_HEADER_BYTES - 1) + b"\n"


def _read_header(path: Path) -> bytes:
    if not path.exists():
        return b""
    with path.open("rb") as stream:
        return stream.read(_HEADER_BYTES)


def _start(path: Path, header: bytes) -> None:
    fresh = _fresh(path)
    with fresh.open("wb") as stream:
        stream.write(header)
        settle(stream)
    fresh.replace(path)
    settle_folder(path.parent)


def _discard_half_written(path: Path) -> None:
    with suppress(FileNotFoundError):
        _fresh(path).unlink()


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")
