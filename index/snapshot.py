"""Writes a whole index as one folder that appears at once, and opens it only when every byte is as written.

`CURRENT` names the snapshot in use and the checksum of its manifest; the manifest names every other file
with its checksum. FAISS files are parsed only after that: its parser is no place to find damage.
"""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from index.errors import CorruptSnapshot, ForeignModel, IndexUnavailable, OlderFormat
from index.files import checksum, disk_failures_named, replace_file, settle_folder
from index.space import Keys, Space, read_space, write_space
from index.vectors import VectorCache

FORMAT = 1  # of the files
CODE = 1  # of what is computed into them
SPACES = ("whole", "bio", "passages")
_ARRAYS = ("creators", "owners")
_ROWS_AT_ONCE = 4096
_POINTER = "CURRENT"
_SNAPSHOTS = "snapshots"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a snapshot says about itself; `source` is the caller's version of what was indexed."""

    format: int
    code: int
    identity: str
    dimensions: int
    source: str
    counts: Mapping[str, int]
    files: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Contents:
    """Which text's vector stands under which key; creators ascend, passages follow their owners."""

    creators: Keys
    owners: Keys
    keys: Mapping[str, Keys]
    digests: Mapping[str, Sequence[bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """An open index: creators [n] ascending, the owner of each passage, and the three spaces."""

    manifest: Manifest
    creators: Keys
    owners: Keys
    whole: Space
    bio: Space
    passages: Space


def write_snapshot(
    folder: Path, contents: Contents, cache: VectorCache, *, identity: str, source: str
) -> str:
    """Write a snapshot, put it to use, remove the older ones; return its name.

    Raises DiskFull or IndexUnavailable; then the snapshot in use is still the one before.
    """
    with disk_failures_named(folder):
        shelf = folder / _SNAPSHOTS
        shelf.mkdir(exist_ok=True)
        place = shelf / _next_name(shelf)
        place.mkdir()
        try:
            _write_files(place, contents, cache, identity=identity, source=source)
            pointer = {"snapshot": place.name, "manifest": checksum(place / _MANIFEST)}
            replace_file(folder / _POINTER, json.dumps(pointer).encode())
        except BaseException:  # also Ctrl-C: what is half written never stays
            if not _is_in_use(folder, place.name):
                shutil.rmtree(place, ignore_errors=True)
            raise
        for old in shelf.iterdir():
            if old != place:
                shutil.rmtree(old, ignore_errors=True)
    return place.name


def read_snapshot(folder: Path, *, identity: str) -> Snapshot:
    """Open the snapshot in use, after checking model, format and every checksum.

    Raises IndexUnavailable (nothing built), ForeignModel, OlderFormat or CorruptSnapshot.
    """
    while True:
        pointer = _pointer_bytes(folder)
        try:
            return _read(folder, pointer, identity)
        except CorruptSnapshot:
            if _pointer_bytes(folder) == pointer:
                raise
            # a build replaced the snapshot while it was being read: read the new one


def inspect(folder: Path) -> Manifest:
    """Return what the snapshot in use says about itself, after checking every file; needs no model.

    Raises IndexUnavailable (nothing built), OlderFormat or CorruptSnapshot.
    """
    place, manifest = _trusted_manifest(folder, _pointer_bytes(folder))
    for name, expected in manifest.files.items():
        _verify(place / name, expected)
    return manifest


def _write_files(place: Path, contents: Contents, cache: VectorCache, *, identity: str, source: str) -> None:
    for space in SPACES:
        vectors = _slices(cache, contents.digests[space])
        write_space(place / f"{space}.faiss", contents.keys[space], vectors, cache.dimensions)
    for name, array in zip(_ARRAYS, (contents.creators, contents.owners), strict=True):
        replace_file(place / f"{name}.npy", _npy(array))
    manifest = Manifest(
        format=FORMAT,
        code=CODE,
        identity=identity,
        dimensions=cache.dimensions,
        source=source,
        counts={"creators": len(contents.creators)} | {space: len(contents.keys[space]) for space in SPACES},
        files={path.name: checksum(path) for path in sorted(place.iterdir())},
    )
    replace_file(place / _MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    settle_folder(place.parent)


def _npy(array: Keys) -> bytes:
    content = BytesIO()  # NumPy writing to a file itself would hide why the disk refused
    np.save(content, array, allow_pickle=False)
    return content.getvalue()


def _slices(cache: VectorCache, digests: Sequence[bytes]) -> Iterator[np.ndarray[Any, np.dtype[np.float32]]]:
    for start in range(0, len(digests), _ROWS_AT_ONCE):
        yield cache.take(digests[start : start + _ROWS_AT_ONCE])


def _next_name(shelf: Path) -> str:
    numbers = [int(path.name) for path in shelf.iterdir() if path.name.isdecimal()]
    return f"{max(numbers, default=0) + 1:06d}"


def _is_in_use(folder: Path, name: str) -> bool:
    pointer = folder / _POINTER
    return pointer.exists() and f'"{name}"'.encode() in pointer.read_bytes()


def _pointer_bytes(folder: Path) -> bytes:
    try:
        return (folder / _POINTER).read_bytes()
    except FileNotFoundError as reason:
        raise IndexUnavailable(f"There is no index in {folder} yet; build it first.") from reason
    except OSError as reason:
        raise IndexUnavailable(
            f"The index in {folder} cannot be read ({reason.strerror}); check that it belongs to this user."
        ) from reason


def _read(folder: Path, pointer: bytes, identity: str) -> Snapshot:
    place, manifest = _trusted_manifest(folder, pointer)
    if (manifest.format, manifest.code) != (FORMAT, CODE):
        raise OlderFormat(
            f"The index in {folder} has format {manifest.format}.{manifest.code}, this program reads "
            f"{FORMAT}.{CODE}; build it again: what is embedded is kept."
        )
    if manifest.identity != identity:
        raise ForeignModel(
            f"The index in {folder} was made with the model {manifest.identity}, in use is {identity}; "
            "build it again, or set the former model."
        )
    for name, expected in manifest.files.items():
        _verify(place / name, expected)
    counts = manifest.counts
    try:
        arrays = {name: np.load(place / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
        spaces = {
            name: read_space(place / f"{name}.faiss", manifest.dimensions, counts[name]) for name in SPACES
        }
    except (OSError, RuntimeError, ValueError, KeyError) as reason:  # a build has replaced it since
        raise CorruptSnapshot(f"{place} cannot be read ({reason}); build the index again.") from reason
    return Snapshot(
        manifest=manifest,
        creators=arrays["creators"],
        owners=arrays["owners"],
        whole=spaces["whole"],
        bio=spaces["bio"],
        passages=spaces["passages"],
    )


def _trusted_manifest(folder: Path, pointer: bytes) -> tuple[Path, Manifest]:
    """Return the snapshot's folder and its manifest, of which the checksum is in the pointer."""
    try:
        named = json.loads(pointer)
        place = folder / _SNAPSHOTS / str(int(named["snapshot"])).zfill(6)
        expected = str(named["manifest"])
    except (ValueError, KeyError, TypeError) as reason:
        raise CorruptSnapshot(f"{folder / _POINTER} names no snapshot; build the index again.") from reason
    _verify(place / _MANIFEST, expected)
    try:
        return place, Manifest(**json.loads((place / _MANIFEST).read_bytes()))
    except (ValueError, TypeError) as reason:  # a manifest of another version has other fields
        raise OlderFormat(
            f"The index in {folder} was written by another version of this program; build it again."
        ) from reason


def _verify(path: Path, expected: str) -> None:
    try:
        found = checksum(path)
    except OSError as reason:
        raise CorruptSnapshot(f"{path} is missing or unreadable; build the index again.") from reason
    if found != expected:
        raise CorruptSnapshot(f"{path} has changed since it was written; build the index again.")
