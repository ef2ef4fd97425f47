"""Generations of the index in Milvus: which one is in use, what it was made from, how another follows."""

from dataclasses import asdict, dataclass, replace

import numpy as np

from index.errors import CorruptSnapshot, ForeignModel, IndexUnavailable, OlderFormat
from index.milvus.layout import (
    ALIAS,
    FORMAT,
    GENERATIONS,
    bios,
    creator_fields,
    creators,
    generation_fields,
    number_of,
    passages,
    text_fields,
)
from index.milvus.server import Row, Server

_FIELDS = ("key", "format", "dimensions", "ready", "creators", "passages", "identity", "source")


@dataclass(frozen=True, kw_only=True, slots=True)
class Generation:
    """What a generation says about itself; `source` is the caller's version of what was indexed.

    The source is empty while the generation is being changed: then it is no version's state.
    """

    key: int
    format: int = FORMAT
    identity: str
    dimensions: int
    source: str = ""
    ready: bool = False
    creators: int = 0
    passages: int = 0

    @property
    def names(self) -> tuple[str, str, str]:
        """Return its collections: creators, bios, passages."""
        return creators(self.key), bios(self.key), passages(self.key)


def stamp(server: Server) -> str:
    """Return a mark of the generation in use that changes when another is put to use; empty where none is."""
    return server.target(ALIAS)


def inspect(server: Server, *, identity: str | None = None) -> Generation:
    """Return the generation in use, after checking that all of it is there, and its model where one is given.

    Raises IndexUnavailable (nothing built, no answer), ForeignModel, OlderFormat or CorruptSnapshot.
    """
    number = _number_in_use(server)
    if not number:
        raise IndexUnavailable(f"There is no index in {server.where} yet; build it first.")
    present = server.collections()
    if GENERATIONS in present:
        server.load(GENERATIONS)
    found = {each.key: each for each in listed(server)} if GENERATIONS in present else {}
    generation = found.get(number)
    if generation is None or not present.issuperset(generation.names):
        raise CorruptSnapshot(f"A part of the index in {server.where} is missing; build it again.")
    if generation.format != FORMAT:
        raise OlderFormat(
            f"The index in {server.where} has format {generation.format}, this program reads {FORMAT}; build "
            "it again: what is embedded is kept."
        )
    if identity is not None and generation.identity != identity:
        raise ForeignModel(
            f"The index in {server.where} was made with the model {generation.identity}, in use is "
            f"{identity}; build it again, or set the former model."
        )
    return generation


def listed(server: Server) -> list[Generation]:
    """Return every generation there is, finished or not, the oldest first."""
    rows = server.rows(GENERATIONS, "key >= 0", _FIELDS, strict=True)
    return sorted((_generation(row) for row in rows), key=lambda generation: generation.key)


def unfinished(server: Server, *, identity: str, dimensions: int) -> Generation | None:
    """Return what an interrupted build of the same model left, to go on with it."""
    wanted = Generation(key=0, identity=identity, dimensions=dimensions)
    present = server.collections()
    for each in reversed(listed(server)):
        if replace(each, key=0) == wanted and present.issuperset(each.names):
            return each
    return None


def begin(server: Server, *, identity: str, dimensions: int) -> Generation:
    """Make the empty collections of a new generation, which nobody searches yet."""
    taken = [number for name in server.collections() if (number := number_of(name)) is not None]
    numbers = [*taken, *(each.key for each in listed(server)), 0]
    generation = Generation(key=max(numbers) + 1, identity=identity, dimensions=dimensions)
    fields = (creator_fields(dimensions), text_fields(dimensions), text_fields(dimensions))
    for name, layout in zip(generation.names, fields, strict=True):
        server.make(name, layout)
    save(server, generation)  # last: what is listed is whole
    return generation


def prepare(server: Server) -> None:
    """Make the list of generations where there is none."""
    if GENERATIONS not in server.collections():
        server.make(GENERATIONS, generation_fields())
    server.load(GENERATIONS)


def save(server: Server, generation: Generation) -> None:
    """Write down what a generation says about itself."""
    row = asdict(generation) | {"ready": int(generation.ready), "vector": [0.0, 1.0]}
    server.put(GENERATIONS, [row])


def recount(server: Server) -> None:
    """Write down how many creators and passages the finished generations hold now."""
    if GENERATIONS not in server.collections():
        return
    server.load(GENERATIONS)
    for each in listed(server):
        if each.ready:
            whole, _, posts = each.names
            save(server, replace(each, creators=server.count(whole), passages=server.count(posts)))


def use(server: Server, generation: Generation) -> None:
    """Let every search go to this generation from now on, and remove all others."""
    server.point(ALIAS, creators(generation.key))
    for name in sorted(server.collections()):
        if number_of(name) not in {None, generation.key}:
            server.drop(name)
    others = [each.key for each in listed(server) if each.key != generation.key]
    server.remove(GENERATIONS, np.array(others, dtype=np.int64))


def _number_in_use(server: Server) -> int:
    name = stamp(server)
    return (number_of(name) or 0) if name else 0


def _generation(row: Row) -> Generation:
    return Generation(**{name: row[name] for name in _FIELDS} | {"ready": bool(row["ready"])})
