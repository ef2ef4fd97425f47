"""Similarity over posts and creators: knows vectors, not outreach.

Importing it is cheap; torch, sentence-transformers and FAISS load with a model or with an opened index.
"""

from index.build import BuildReport, Progress, build
from index.change import ForgetReport, compact, delete, forget, put
from index.documents import Document, Passage
from index.embedder import DEFAULT, PLAIN, Embedder, load_embedder
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
    ServerUnavailable,
)
from index.limits import LIMITS, Limits
from index.place import FilePlace
from index.ranking import Recipe
from index.search import Hit, PassageHit, Searcher, open_or_rebuild
from index.snapshot import Manifest, inspect, stamp
from index.where import EVERYBODY, Place, Texts, Where

__all__ = [
    "DEFAULT",
    "EVERYBODY",
    "LIMITS",
    "PLAIN",
    "BuildReport",
    "CorruptSnapshot",
    "DiskFull",
    "Document",
    "Embedder",
    "EmbedderUnavailable",
    "FilePlace",
    "ForeignModel",
    "ForgetReport",
    "Hit",
    "IndexBusy",
    "IndexFailure",
    "IndexUnavailable",
    "Limits",
    "Manifest",
    "OlderFormat",
    "Passage",
    "PassageHit",
    "Place",
    "Progress",
    "RebuildNeeded",
    "Recipe",
    "Searcher",
    "ServerUnavailable",
    "Texts",
    "Where",
    "build",
    "compact",
    "delete",
    "forget",
    "inspect",
    "load_embedder",
    "open_or_rebuild",
    "put",
    "stamp",
]
