"""The atlas: for each niche, texts that a brand would write and texts that such creators write.

Every text was written for this project, in French and in English; none was taken from a person, a brand or a
corpus. Its key says what it is for: `brands` (direct: the niche is named; indirect: only values and scenes),
`bios`, `tags`, `posts`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

ATLAS = Path(__file__).parent / "atlas"
LANGUAGES = ("en", "fr")
_SEED = 5
_TAGS_PER_BIO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A niche of the atlas. A niche may have several voices, united here."""

    id: str
    names: Mapping[str, str]
    near: tuple[str, ...]
    voices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A text to learn from: `side` is brand or creator, `weight` how much it counts."""

    niche: str
    side: str
    text: str
    weight: float


def read_atlas(folder: Path = ATLAS) -> tuple[Entry, ...]:
    """Return the atlas, ordered by id. Raises ValueError where a line is no niche or has no first voice."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                row = json.loads(line)
                rows.setdefault(row["niche"], []).append(row)
            except (ValueError, KeyError, TypeError) as reason:
                raise ValueError(f"{path} line {number} is not a niche: {reason}.") from reason
    return tuple(_entry(niche, voices) for niche, voices in sorted(rows.items()))


def samples(entries: Sequence[Entry]) -> list[Sample]:
    """Return the texts to learn from: each alone, and bios with tags or posts as whole profiles are."""
    random = Random(_SEED)
    return [sample for entry in entries for voice in entry.voices for sample in _of(entry.id, voice, random)]


def _entry(niche: str, voices: Sequence[dict[str, Any]]) -> Entry:
    named = next((voice for voice in voices if "near" in voice), None)
    if named is None:
        raise ValueError(f"The niche {niche} has no line with its names and neighbours.")
    names = {language: str(named[language]) for language in LANGUAGES}
    return Entry(id=niche, names=names, near=tuple(named["near"]), voices=tuple(voices))


def _of(niche: str, voice: Mapping[str, Any], random: Random) -> Iterator[Sample]:
    tags = list(voice["tags"])
    for text in tags:
        yield Sample(niche=niche, side="creator", text=text, weight=1.0)
    for language in LANGUAGES:
        for texts in voice["brands"][language].values():
            for text in texts:
                yield Sample(niche=niche, side="brand", text=text, weight=2.0)
        bios, posts = list(voice["bios"][language]), list(voice["posts"][language])
        for bio in bios:
            yield Sample(niche=niche, side="creator", text=bio, weight=1.0)
            for tag in random.sample(tags, _TAGS_PER_BIO):
                yield Sample(niche=niche, side="creator", text=f"{bio}\n{tag}", weight=0.5)
        for post in posts:
            yield Sample(niche=niche, side="creator", text=post, weight=1.0)
        random.shuffle(posts)
        for amount, bio in zip((len(posts), 2), cycle(random.sample(bios, 2)), strict=False):
            whole = "\n".join((bio, *posts[:amount]))
            yield Sample(niche=niche, side="creator", text=whole, weight=0.5)
