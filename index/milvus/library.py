"""An index in Milvus, as a library; vectors of texts stay in a folder of the machine that builds."""

from collections.abc import Iterable
from pathlib import Path

from index.build import BuildReport, Progress
from index.change import ForgetReport
from index.documents import Document
from index.embedder import Embedder
from index.library import Holdings
from index.limits import LIMITS, Limits
from index.milvus.build import build
from index.milvus.forgetting import forget
from index.milvus.generations import inspect, stamp
from index.milvus.place import MilvusPlace
from index.milvus.server import Server
from index.ranking import Ints
from index.search import Searcher
from index.where import Place


class MilvusLibrary:
    """An index in Milvus. Connects with the first call; searches need nothing of the folder."""

    def __init__(self, server: Server, folder: Path, *, limits: Limits | None = None) -> None:
        """Take where creators are kept and where vectors of texts are; limits as `MilvusPlace` knows them."""
        self.folder = folder
        self._server = server
        self._limits = limits

    @property
    def where(self) -> str:
        """Where the index is, for a sentence; no secret is in it."""
        return self._server.where

    def build(
        self, documents: Iterable[Document], embedder: Embedder, *, source: str, progress: Progress
    ) -> BuildReport:
        """Make the index of exactly these documents; see `index.milvus.build`."""
        return build(self._server, self.folder, documents, embedder, source=source, progress=progress)

    def open(self, embedder: Embedder) -> Searcher[Place]:
        """Open the generation in use."""
        place: Place = MilvusPlace.open(self._server, identity=embedder.identity, limits=self._limits)
        return Searcher(place, embedder, limits=self._limits or LIMITS)

    def stamp(self) -> str:
        """Return a mark of the generation in use."""
        return stamp(self._server)

    def inspect(self) -> Holdings:
        """Return what the generation in use says about itself."""
        found = inspect(self._server)
        return Holdings(
            identity=found.identity, source=found.source, creators=found.creators, passages=found.passages
        )

    def forget(self, keys: Ints) -> ForgetReport:
        """Take creators out of every generation, and their vectors out of the folder."""
        return forget(self._server, self.folder, keys)

    def close(self) -> None:
        """Let go of the connection; the next call connects again."""
        self._server.close()
