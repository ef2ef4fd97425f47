"""An index wherever it is kept: what may be done with files of this machine and with a server alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from index.build import BuildReport, Progress, build
from index.change import ForgetReport, forget
from index.documents import Document
from index.embedder import Embedder
from index.limits import LIMITS, Limits
from index.place import FilePlace
from index.ranking import Ints
from index.search import Searcher
from index.snapshot import inspect, stamp
from index.where import Place


@dataclass(frozen=True, kw_only=True, slots=True)
class Holdings:
    """What an index says about itself: its model, the caller's version of what was indexed, and counts.

    `memory_bytes` is what an open index takes of this machine.
    """

    identity: str
    source: str
    creators: int
    passages: int
    memory_bytes: int = 0


class Library(Protocol):
    """Builds an index, opens it for searching, and takes people out of it."""

    @property
    def folder(self) -> Path:
        """Folder of this machine that keeps the vectors of texts, whoever holds the index."""

    @property
    def where(self) -> str:
        """Where the index is, for a sentence; no secret is in it."""

    def build(
        self, documents: Iterable[Document], embedder: Embedder, *, source: str, progress: Progress
    ) -> BuildReport:
        """Make the index of exactly these documents; interrupted, the next call goes on."""

    def open(self, embedder: Embedder) -> Searcher[Place]:
        """Open the index in use. Raises IndexUnavailable where there is none, else a RebuildNeeded."""

    def stamp(self) -> str:
        """Return a mark of the index in use: another one, and it has to be opened again; empty for none."""

    def inspect(self) -> Holdings:
        """Return what the index in use says about itself, checked; needs no model. Raises as `open` does."""

    def forget(self, keys: Ints) -> ForgetReport:
        """Take creators out for good, wherever the library keeps something of theirs."""


class FileLibrary:
    """An index in files of this machine, searched with FAISS."""

    def __init__(self, folder: Path, *, limits: Limits = LIMITS) -> None:
        self.folder = folder
        self._limits = limits

    @property
    def where(self) -> str:
        """Where the index is, for a sentence."""
        return f"files in {self.folder}"

    def build(
        self, documents: Iterable[Document], embedder: Embedder, *, source: str, progress: Progress
    ) -> BuildReport:
        """Make the index of exactly these documents; see `index.build`."""
        return build(self.folder, documents, embedder, source=source, progress=progress, limits=self._limits)

    def open(self, embedder: Embedder) -> Searcher[Place]:
        """Open the index in use, with every checksum verified."""
        place: Place = FilePlace.open(self.folder, identity=embedder.identity, limits=self._limits)
        return Searcher(place, embedder, limits=self._limits)

    def stamp(self) -> str:
        """Return a mark of the snapshot in use."""
        return stamp(self.folder)

    def inspect(self) -> Holdings:
        """Return what the snapshot in use says about itself, after checking every file."""
        manifest = inspect(self.folder)
        return Holdings(
            identity=manifest.identity,
            source=manifest.source,
            creators=manifest.counts.get("creators", 0),
            passages=manifest.counts.get("passages", 0),
            memory_bytes=sum(manifest.memory.values()),
        )

    def forget(self, keys: Ints) -> ForgetReport:
        """Take creators out of every file."""
        return forget(self.folder, keys, limits=self._limits)
