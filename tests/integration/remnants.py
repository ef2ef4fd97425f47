"""What a person leaves behind in files, as bytes, in every form in which it could stand there."""

import json
import sqlite3
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from quopri import encodestring
from urllib.parse import quote

import numpy as np

from agent.domain.creator import BIO, Creator

_WINDOW = 24  # letters of a text: shorter than any line or page cuts it into
_VECTOR_BYTES = 32


@dataclass(frozen=True)
class Remnants:
    """Bytes by what they are; `found` in a folder is what is left of the person."""

    needles: dict[str, bytes]

    def found(self, folder: Path) -> dict[str, list[str]]:
        """Return which needles stand in which files below a folder, whatever the files are."""
        contents = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
        names = {path: str(path.relative_to(folder)).encode() for path in contents}
        hits = {
            name: [str(p.name) for p in contents if needle in contents[p] or needle in names[p]]
            for name, needle in self.needles.items()
        }
        return {name: files for name, files in hits.items() if files}


def remnants_of(creator: Creator, home: Path, *texts: str) -> Remnants:
    """Return the remnants of a creator whom this home knows; `texts` are other words of theirs."""
    assert creator.address is not None
    assert creator.name is not None
    words = {"handle": creator.handle, "address": creator.address.email, "name": creator.name}
    words |= {f"text {n}": text[:_WINDOW] for n, text in enumerate(texts)}
    needles = {f"{what} in {form}": data for what, word in words.items() for form, data in _forms(word)}
    for post in creator.posts:
        middle = len(post.text) // 2
        needles[f"post {post.key}"] = post.text[:_WINDOW].encode()
        needles[f"middle of post {post.key}"] = post.text[middle : middle + _WINDOW].encode()
    return Remnants(
        needles | dict(_numbers(creator)) | dict(_rows(creator, home)) | dict(_vectors(creator, home))
    )


def _forms(word: str) -> Iterator[tuple[str, bytes]]:
    raw = word.encode()
    yield "UTF-8", raw
    yield "lower case", word.lower().encode()
    yield "UTF-16", word.encode("utf-16-le")
    yield "UTF-16, the other way round", word.encode("utf-16-be")
    yield "JSON", json.dumps(word).encode()[1:-1]
    yield "percent", quote(word).encode()
    yield "quoted-printable", encodestring(raw, quotetabs=True).rstrip(b"\n")[:60]
    yield "hexadecimal", raw.hex().encode()
    for shift in range(3):
        # a word inside a text begins at any of three places; what depends on its neighbours is left out
        coded = b64encode(bytes(shift) + raw)
        yield f"base64, shifted by {shift}", coded[0 if shift == 0 else 4 : 4 * ((shift + len(raw)) // 3)]


def _numbers(creator: Creator) -> Iterator[tuple[str, bytes]]:
    yield "number as text", str(creator.id).encode()
    keys = {"creator": creator.id, "bio": creator.post_number(BIO)}
    keys |= {f"post {post.key}": creator.post_number(post.key) for post in creator.posts}
    for name, key in keys.items():
        yield f"key of {name} as the index writes it", key.to_bytes(8, "little")
        yield f"key of {name} as SQLite writes it", key.to_bytes(8, "big")


def _rows(creator: Creator, home: Path) -> Iterator[tuple[str, bytes]]:
    theirs = "SELECT id FROM outreach WHERE creator_id = ?"
    ids = {
        "outreach": theirs,
        "draft": f"SELECT id FROM drafts WHERE outreach_id IN ({theirs})",
        "delivery": f"SELECT id FROM deliveries WHERE outreach_id IN ({theirs})",
        "message": f"SELECT message_id FROM deliveries WHERE outreach_id IN ({theirs})",
        "reply": f"SELECT id FROM replies WHERE outreach_id IN ({theirs})",
    }
    connection = sqlite3.connect(f"file:{home / 'nanoreach.sqlite'}?mode=ro", uri=True)
    for name, query in ids.items():
        for number, (found,) in enumerate(connection.execute(query, (creator.id,))):
            yield f"{name} {number}", found.encode()
    connection.close()


def _vectors(creator: Creator, home: Path) -> Iterator[tuple[str, bytes]]:
    (base,) = (home / "vectors" / "snapshots").glob("*/base.npz")
    with np.load(base, allow_pickle=False) as arrays:
        yield "signature", arrays["signatures"][arrays["creators"] == creator.id].tobytes()
        for space in ("whole", "bio", "passages"):
            rows = np.flatnonzero(arrays[f"{space}_owners"] == creator.id)
            vectors = np.load(base.with_name(f"base.{space}.npy"), allow_pickle=False)
            for number, row in enumerate(rows):
                yield f"digest {number} of {space}", arrays[f"{space}_digests"][row].tobytes()
                start = vectors[row].astype("<f4").tobytes()[:_VECTOR_BYTES]
                yield f"vector {number} of {space}", start
                yield (
                    f"vector {number} of {space}, rounded",
                    vectors[row].astype("<f2").tobytes()[:_VECTOR_BYTES],
                )
