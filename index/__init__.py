"""Similarity over posts and creators: knows vectors, not outreach.

Importing it is cheap; torch, sentence-transformers and FAISS load with a model or with an opened index.
"""

from index.build import BuildReport, Progress, build
from index.documents import Document, Passage
from index.embedder import DEFAULT, Embedder, load_embedder
from index.errors import (
    CorruptSnapshot,
    DiskFull,
    EmbedderUnavailable,
    ForeignModel,
    IndexBusy,
    IndexFailure,
    IndexUnavailable,
    OlderFormat,
    RebuildNeeded,
)
from index.ranking import Recipe
from index.search import Hit, PassageHit, Searcher, open_or_rebuild
from index.snapshot import Manifest, inspect

__all__ = [
    "DEFAULT",
    "BuildReport",
    "CorruptSnapshot",
    "DiskFull",
    "Document",
    "Embedder",
    "EmbedderUnavailable",
    "ForeignModel",
    "Hit",
    "IndexBusy",
    "IndexFailure",
    "IndexUnavailable",
    "Manifest",
    "OlderFormat",
    "Passage",
    "PassageHit",
    "Progress",
    "RebuildNeeded",
    "Recipe",
    "Searcher",
    "build",
    "inspect",
    "load_embedder",
    "open_or_rebuild",
]
