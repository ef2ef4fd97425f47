"""Invented brands, creators and answers, so that the product can be tried before anything is imported.

Every person, brand, address and post in here is made up; all domains are reserved for examples. Two of the
creators are hostile on purpose: their posts carry instructions, hidden characters and links that must never
reach a letter.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["brand_files", "creators_file", "rehearsal_file", "replies_file"]


def brand_files() -> tuple[Traversable, ...]:
    """Return the sample brand files: a French soap maker, then an American maker of mending kits."""
    here = files(__name__)
    return here / "savon-du-sud.yaml", here / "second-evening.yaml"


def creators_file() -> Traversable:
    """Return the sample creators, French and English, one JSON object a line."""
    return files(__name__) / "creators.jsonl"


def replies_file() -> Traversable:
    """Return short answers to a first letter, one JSON object a line: `language`, `kind` and `text`."""
    return files(__name__) / "replies.jsonl"


def rehearsal_file(name: str) -> Traversable:
    """Return a text of rehearsals by its name: `interested.fr.txt`, `assumptions.yaml`."""
    return files(__name__) / "rehearsal" / name
