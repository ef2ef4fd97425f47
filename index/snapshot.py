"""Writes a whole index as one folder that appears at once, and opens it only when every byte is as written.

`CURRENT` names the snapshot in use and the checksum of its manifest; the manifest names every other file
with its checksum. A snapshot is a base and a tail: what was added or changed since the base was written, and
the keys of the base that are dead since. A new snapshot over the same base links its files, so that it costs
no copy. FAISS files are parsed only after their checksum held: its parser is no place to find damage.
"""

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path

import numpy as np

from index.contents import SPACES, Contents, TakeVectors, nothing
from index.errors import CorruptSnapshot, ForeignModel, IndexUnavailable, OlderFormat
from index.files import checksum, disk_failures_named, replace_file, settle_folder
from index.limits import LIMITS, Limits
from index.lists import Lists, make_lists, read_lists
from index.parts import read_contents, read_vectors, write_part
from index.ranking import Floats, Ints

FORMAT = 2  # of the files
CODE = 1  # of what is computed into them
_POINTER = "CURRENT"
_SNAPSHOTS = "snapshots"
_MANIFEST = "manifest.json"
_DEAD = "dead.npy"
_LISTS = "base.lists"


MakeLists = Callable[[Floats], Lists]
"""Sorts the vectors [n, d] of a base into lists."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What a snapshot says about itself; `source` is the caller's version of what was indexed.

    `counts` are creators and vectors that can be found; `parts` are creators in base and tail, and the dead;
    `memory` is what an open index takes, in bytes.
    """

    format: int
    code: int
    identity: str
    dimensions: int
    source: str
    counts: Mapping[str, int]
    parts: Mapping[str, int]
    memory: Mapping[str, int]
    files: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """Contents to write, and where their vectors come from."""

    contents: Contents
    take: TakeVectors


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A snapshot on the disk without its vectors: what a change is computed from."""

    place: Path
    manifest: Manifest
    base: Contents
    tail: Contents
    dead: Ints


@dataclass(frozen=True, kw_only=True, slots=True)
class Space:
    """One space of an open index: the row of each vector [m] in a matrix [n, d] that has dead ones, too."""

    keys: Ints
    owners: Ints
    rows: Ints
    vectors: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """An open index: what is alive in base and tail together, and the compressed lists over the base."""

    manifest: Manifest
    contents: Contents
    spaces: Mapping[str, Space]
    lists: Lists | None

    def take(self, space: str, part: slice) -> Floats:
        """Return the vectors of a slice of a space's rows, [n, d]."""
        chosen = self.spaces[space]
        return chosen.vectors[chosen.rows[part]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """What a new snapshot is to hold; a base that is a State is linked and not copied."""

    base: Part | State
    lists: MakeLists | None = None
    tail: Part | None = None
    dead: Ints | None = None
    identity: str
    dimensions: int
    source: str


def write_snapshot(folder: Path, written: Written, *, limits: Limits = LIMITS) -> str:
    """Write a snapshot, put it to use, remove the older ones; return its name.

    Raises DiskFull or IndexUnavailable; then the snapshot in use is still the one before, or only the removal
    of older ones is left to do.
    """
    with disk_failures_named(folder):
        shelf = folder / _SNAPSHOTS
        shelf.mkdir(exist_ok=True)
        place = shelf / _next_name(shelf)
        place.mkdir()
        try:
            _write_files(place, written, limits)
            pointer = {"snapshot": place.name, "manifest": checksum(place / _MANIFEST)}
            replace_file(folder / _POINTER, json.dumps(pointer).encode())
        except BaseException:  # also Ctrl-C: what is half written never stays
            if not _is_in_use(folder, place.name):
                shutil.rmtree(place, ignore_errors=True)
            raise
    remove_others(folder, place)
    return place.name


def remove_others(folder: Path, place: Path) -> None:
    """Remove every snapshot but one: those it replaced, and what a crash left half written."""
    with disk_failures_named(folder):
        for other in place.parent.iterdir():
            if other != place:
                shutil.rmtree(other)
        settle_folder(place.parent)


def empty_part(dimensions: int) -> Part:
    """Return a part without any creator."""
    return Part(contents=nothing(), take=lambda _space, _rows: np.empty((0, dimensions), dtype=np.float32))


def discard(folder: Path) -> None:
    """Remove every snapshot; afterwards nothing is built."""
    with disk_failures_named(folder):
        (folder / _POINTER).unlink(missing_ok=True)
        if (folder / _SNAPSHOTS).exists():
            shutil.rmtree(folder / _SNAPSHOTS)
        settle_folder(folder)


def stamp(folder: Path) -> str:
    """Return a mark of the snapshot in use that changes with every change; empty where none is."""
    try:
        return _pointer_bytes(folder).decode("utf-8", "replace")
    except IndexUnavailable:
        return ""


def read_snapshot(folder: Path, *, identity: str | None) -> Snapshot:
    """Open the snapshot in use, after checking model (None takes any), format and every checksum.

    Raises IndexUnavailable (nothing built), ForeignModel, OlderFormat or CorruptSnapshot.
    """
    while True:
        pointer = _pointer_bytes(folder)
        try:
            place, manifest = _checked_manifest(folder, pointer, identity)
            _verify_all(place, manifest)
            return _read(_state(place, manifest))
        except CorruptSnapshot:
            if _pointer_bytes(folder) == pointer:
                raise
            # a change replaced the snapshot while it was being read: read the new one


def read_state(folder: Path, *, identity: str | None) -> State:
    """Read the snapshot in use without its vectors, which only `read_snapshot` checks. Raises the same."""
    place, manifest = _checked_manifest(folder, _pointer_bytes(folder), identity)
    for name in ("base.npz", "tail.npz", _DEAD):
        _verify(place / name, manifest.files.get(name, ""))
    return _state(place, manifest)


def inspect(folder: Path) -> Manifest:
    """Return what the snapshot in use says about itself, after checking every file; needs no model.

    Raises IndexUnavailable (nothing built), OlderFormat or CorruptSnapshot.
    """
    place, manifest = _checked_manifest(folder, _pointer_bytes(folder), None)
    _verify_all(place, manifest)
    return manifest


def alive(state: State) -> tuple[Contents, dict[str, Ints]]:
    """Return what can be found, base and tail in one, and each vector's row, the tail's below the base's."""
    base, left = state.base.without(state.dead)
    contents, orders = base.joined(state.tail)
    rows = {}
    for space, order in orders.items():
        below = len(state.base.rows[space])
        places = np.concatenate([left[space], below + np.arange(len(state.tail.rows[space]))])
        rows[space] = places[order]
    return contents, rows


def _write_files(place: Path, written: Written, limits: Limits) -> None:
    tail = written.tail or empty_part(written.dimensions)
    dead = np.empty(0, dtype=np.int64) if written.dead is None else written.dead
    files: dict[str, str] = {}
    if isinstance(written.base, State):
        base = written.base.base
        files = _link_base(written.base, place)
    else:
        base = written.base.contents
        write_part(place, "base", base, written.base.take, written.dimensions)
        if len(base.rows["whole"]) >= limits.lists_from:
            vectors = read_vectors(place, ("base",), "whole", written.dimensions)
            lists = written.lists(vectors) if written.lists else None
            (lists or make_lists(vectors, found=limits.found_in_lists)).write(place / _LISTS)
    write_part(place, "tail", tail.contents, tail.take, written.dimensions)
    replace_file(place / _DEAD, _npy(dead))
    known = {path.name: files.get(path.name) or checksum(path) for path in sorted(place.iterdir())}
    state = State(
        place=place, manifest=_manifest(written, {}, known), base=base, tail=tail.contents, dead=dead
    )
    manifest = _manifest(written, _figures(state), known)
    replace_file(place / _MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
    settle_folder(place.parent)


def _manifest(
    written: Written, figures: Mapping[str, Mapping[str, int]], files: Mapping[str, str]
) -> Manifest:
    return Manifest(
        format=FORMAT,
        code=CODE,
        identity=written.identity,
        dimensions=written.dimensions,
        source=written.source,
        counts=figures.get("counts", {}),
        parts=figures.get("parts", {}),
        memory=figures.get("memory", {}),
        files=files,
    )


def _figures(state: State) -> dict[str, dict[str, int]]:
    """Return what the manifest counts: what can be found, what the parts hold, and the memory it takes."""
    contents, _ = alive(state)
    stacked = sum(len(part.rows[space]) for part in (state.base, state.tail) for space in SPACES)
    rows = contents.rows.values()
    lists = state.place / _LISTS
    return {
        "counts": {"creators": len(contents.creators)}
        | {space: len(rows) for space, rows in contents.rows.items()},
        "parts": {
            "base": len(state.base.creators),
            "tail": len(state.tail.creators),
            "dead": len(state.dead),
        },
        "memory": {
            "vectors": stacked * state.manifest.dimensions * np.dtype(np.float32).itemsize,
            "lists": lists.stat().st_size if lists.exists() else 0,
            "rows": sum(each.keys.nbytes * 3 + each.digests.nbytes for each in rows),
        },
    }


def _link_base(state: State, place: Path) -> dict[str, str]:
    """Give the files of a base a second name in another snapshot's folder; return their checksums."""
    found = {name: known for name, known in state.manifest.files.items() if name.startswith("base.")}
    for name in found:
        try:
            os.link(state.place / name, place / name)
        except OSError:  # a file system without links
            shutil.copyfile(state.place / name, place / name)
    settle_folder(place)
    return found


def _npy(array: Ints) -> bytes:
    content = BytesIO()  # NumPy writing to a file itself would hide why the disk refused
    np.save(content, array, allow_pickle=False)
    return content.getvalue()


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


def _checked_manifest(folder: Path, pointer: bytes, identity: str | None) -> tuple[Path, Manifest]:
    """Return the snapshot's folder and its manifest, of which the checksum is in the pointer."""
    try:
        named = json.loads(pointer)
        place = folder / _SNAPSHOTS / str(int(named["snapshot"])).zfill(6)
        expected = str(named["manifest"])
    except (ValueError, KeyError, TypeError) as reason:
        raise CorruptSnapshot(f"{folder / _POINTER} names no snapshot; build the index again.") from reason
    _verify(place / _MANIFEST, expected)
    try:
        manifest = Manifest(**json.loads((place / _MANIFEST).read_bytes()))
    except (ValueError, TypeError) as reason:  # a manifest of another version has other fields
        raise OlderFormat(
            f"The index in {folder} was written by another version of this program; build it again: "
            "what is embedded is kept."
        ) from reason
    if (manifest.format, manifest.code) != (FORMAT, CODE):
        raise OlderFormat(
            f"The index in {folder} has format {manifest.format}.{manifest.code}, this program reads "
            f"{FORMAT}.{CODE}; build it again: what is embedded is kept."
        )
    if identity is not None and manifest.identity != identity:
        raise ForeignModel(
            f"The index in {folder} was made with the model {manifest.identity}, in use is {identity}; "
            "build it again, or set the former model."
        )
    return place, manifest


def _state(place: Path, manifest: Manifest) -> State:
    try:
        return State(
            place=place,
            manifest=manifest,
            base=read_contents(place, "base"),
            tail=read_contents(place, "tail"),
            dead=np.load(place / _DEAD, allow_pickle=False),
        )
    except (OSError, ValueError, KeyError) as reason:  # a change has replaced it since
        raise CorruptSnapshot(f"{place} cannot be read ({reason}); build the index again.") from reason


def _read(state: State) -> Snapshot:
    contents, rows = alive(state)
    place, dimensions = state.place, state.manifest.dimensions
    try:
        spaces = {
            space: Space(
                keys=contents.rows[space].keys,
                owners=contents.rows[space].owners,
                rows=rows[space],
                vectors=read_vectors(place, ("base", "tail"), space, dimensions),
            )
            for space in SPACES
        }
        lists = None
        if _LISTS in state.manifest.files:
            lists = read_lists(place / _LISTS, dimensions=dimensions, count=len(state.base.rows["whole"]))
    except (OSError, RuntimeError, ValueError) as reason:  # a change has replaced it since
        raise CorruptSnapshot(f"{place} cannot be read ({reason}); build the index again.") from reason
    return Snapshot(manifest=state.manifest, contents=contents, spaces=spaces, lists=lists)


def _verify_all(place: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        _verify(place / name, expected)


def _verify(path: Path, expected: str) -> None:
    try:
        found = checksum(path)
    except OSError as reason:
        raise CorruptSnapshot(f"{path} is missing or unreadable; build the index again.") from reason
    if found != expected:
        raise CorruptSnapshot(f"{path} has changed since it was written; build the index again.")
