"""Builds the index in Milvus: embeds what is new, writes another generation, then changes over to it.

Few changes are written into the generation in use, row by row, each creator's own row last; its source is
empty until all are. Killed at any point, the next build finds by signatures what is left to do.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from index.build import VECTORS, BuildReport, Progress, embed
from index.contents import SPACES, Contents, names, survey
from index.documents import Document
from index.embedder import Embedder
from index.lock import building
from index.milvus.generations import Generation, prepare, save, use
from index.milvus.plan import Plan, plan
from index.milvus.rows import stretches
from index.milvus.server import Server
from index.milvus.writing import remove_creators, remove_strays, write_creators
from index.snapshot import discard
from index.vectors import VectorCache, keep_only_everywhere

_BATCH = 1024
Stored = Callable[[int, int], None]
"""Hears how many creators of how many are written; an exception from it ends the build resumably."""


def build(
    server: Server,
    folder: Path,
    documents: Iterable[Document],
    embedder: Embedder,
    *,
    source: str = "",
    progress: Progress | None = None,
    stored: Stored | None = None,
) -> BuildReport:
    """Make the index of exactly these documents; vectors are kept in the folder, as those of files are.

    Only texts of new and changed creators are embedded, and of those only what no earlier build embedded.
    Interrupted at any point, what is in use can be searched and the next build goes on. One builder at a
    time holds the folder; builders on several machines have to be kept apart by whoever starts them.
    Raises ValueError (a key out of range or used twice), IndexBusy, DiskFull or IndexUnavailable.
    """
    began = perf_counter()
    with building(folder):
        contents, texts = survey(documents)
        prepare(server)
        todo = plan(server, contents, identity=embedder.identity, dimensions=embedder.dimensions)
        cache = VectorCache(folder / VECTORS, identity=embedder.identity, dimensions=embedder.dimensions)
        wanted = _texts_of(contents, todo)
        missing = [text for text in texts if text in wanted and text not in cache]
        embed(missing, texts, embedder, cache, progress=progress, batch=_BATCH)
        generation = _carry_out(server, todo, contents, cache, source=source, stored=stored)
        # after the change-over: a crash before these lines leaves a vector too many, never one too few
        removed = cache.keep_only(texts.keys())
        keep_only_everywhere(cache.path.parent, texts.keys(), but=cache.path)
        discard(folder)  # an index in files that nobody searches any more
    return BuildReport(
        creators=len(contents.creators),
        passages=len(contents.rows["passages"]),
        embedded=len(missing),
        reused=len(texts) - len(missing),
        removed=removed,
        seconds=perf_counter() - began,
        snapshot=generation.names[0],
    )


def _texts_of(contents: Contents, todo: Plan) -> set[bytes]:
    """Return the digests of the texts of whoever has to be written."""
    found: set[bytes] = set()
    for space in SPACES:
        rows = contents.rows[space]
        places, _ = stretches(rows.owners, todo.changed)
        found.update(names(rows.digests[places]))
    return found


def _carry_out(
    server: Server, todo: Plan, contents: Contents, cache: VectorCache, *, source: str, stored: Stored | None
) -> Generation:
    generation = todo.generation
    if generation.source and (len(todo.changed) or len(todo.gone)):
        generation = replace(generation, source="")
        save(server, generation)
    remove_creators(server, generation, todo.gone)
    done = 0
    for part in todo.parts(contents):
        write_creators(server, todo, contents, part, cache)
        done += len(part)
        if stored is not None:
            stored(done, len(todo.changed))
    if len(todo.changed) or len(todo.gone):
        remove_strays(server, generation, contents)
    if not generation.ready:
        for name in generation.names:
            server.settle(name)
    generation = replace(
        generation,
        source=source,
        ready=True,
        creators=len(contents.creators),
        passages=len(contents.rows["passages"]),
    )
    save(server, generation)
    use(server, generation)
    return generation
