"""The atlas: complete, without a text twice, and what the package's weights were taught by."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from bench.atlas import LANGUAGES, Entry, read_atlas, samples
from index.niches import load_niches

ENTRIES = read_atlas()


def texts_of(voice: Mapping[str, Any]) -> Iterator[str]:
    yield from voice["tags"]
    for language in LANGUAGES:
        yield from voice["bios"][language]
        yield from voice["posts"][language]
        for texts in voice["brands"][language].values():
            yield from texts


def test_the_weights_know_exactly_the_niches_of_the_atlas() -> None:
    assert [niche.id for niche in load_niches().niches] == [entry.id for entry in ENTRIES]
    assert {niche.id: niche.names for niche in load_niches().niches} == {
        entry.id: dict(entry.names) for entry in ENTRIES
    }


def test_every_niche_has_both_sides_in_both_languages() -> None:
    def lacking(entry: Entry) -> list[str]:
        first = next(voice for voice in entry.voices if "near" in voice)
        parts = {
            f"{part} {language}": first[part][language]
            for part in ("bios", "posts")
            for language in LANGUAGES
        }
        parts |= {
            f"{kind} {language}": first["brands"][language][kind]
            for kind in ("direct", "indirect")
            for language in LANGUAGES
        }
        return [name for name, texts in parts.items() if len(texts) < 3]

    assert {entry.id: lacking(entry) for entry in ENTRIES if lacking(entry)} == {}


def test_no_sentence_of_a_niche_stands_there_twice() -> None:
    for entry in ENTRIES:  # rows of hashtags may: there are not so many ways to tag a dance
        tags = {tag for voice in entry.voices for tag in voice["tags"]}
        counts = Counter(text for voice in entry.voices for text in texts_of(voice) if text not in tags)
        assert [text for text, count in counts.items() if count > 1] == []


def test_nothing_in_it_leads_to_anybody() -> None:
    leads = re.compile(r"https?://|www\.|@\w")
    for entry in ENTRIES:
        for voice in entry.voices:
            assert [text for text in texts_of(voice) if leads.search(text)] == []


def test_each_text_is_learnt_from_on_the_side_it_belongs_to() -> None:
    learned = samples(ENTRIES)
    sides = {(sample.side, sample.text) for sample in learned}
    brand = ENTRIES[0].voices[0]["brands"]["fr"]["indirect"][0]
    bio = ENTRIES[0].voices[0]["bios"]["fr"][0]
    assert ("brand", brand) in sides
    assert ("creator", bio) in sides
    assert {sample.niche for sample in learned} == {entry.id for entry in ENTRIES}
