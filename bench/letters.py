"""Writes a thousand letters with the offline writer and asks how alike they are, and what the gate says.

Creators are made from the atlas: a bio and six dated posts of one niche, written for this project. Letters of
one campaign are compared by their own words: quotations, facts, offer, greeting, closing and footer aside,
which are the creator's, the brand's or the law's. Alike means the Jaccard index of three-word runs.
"""

import json
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import numpy as np

from agent.adapters.sources import read_brand, read_creators
from agent.bootstrap import build
from agent.domain.brand import AddressForm, Campaign
from agent.domain.creator import Creator
from agent.domain.draft import Draft, Severity
from agent.domain.fit import Fit, Reason
from agent.domain.ids import BrandId, CampaignId, OutreachId
from agent.domain.letter import Letter, ReceiptKind
from agent.domain.likeness import alike, runs_of
from agent.domain.outreach import Outreach
from agent.domain.records import BrandFile
from agent.ports import Ports
from agent.samples import brand_files
from agent.settings import Settings
from agent.usecases.drafting import draft_campaign
from agent.usecases.importing import import_brand, import_creators
from bench.atlas import Entry, read_atlas

NEAR = 0.6
"""From here on two letters are near-duplicates: six of ten three-word runs are the same."""
_POSTS = 6
_YEAR = 365
_TODAY = date(2026, 11, 20)
_SEED = 17
_FIRST_NAMES: Mapping[str, Sequence[str]] = {
    "fr": ("Léa", "Hugo", "Inès", "Camille", "Yanis", "Manon", "Théo", "Aïcha", "Marion", "Loïc", "Zoé"),
    "en": ("Priya", "Tom", "Grace", "Marcus", "Lily", "Owen", "Nia", "Ruth", "Diego", "June", "Sam"),
}
_COUNTRY = {"fr": "FR", "en": "US"}
_TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes)\b|\bt’(?=[a-zéè])", re.IGNORECASE)
_VOUS = re.compile(r"\b(?:vous|votre|vos)\b", re.IGNORECASE)
_SET = re.compile(r"rendez-vous|s’il vous plaît|s’il te plaît|(?:le|un|du|ce|bon|même) ton", re.IGNORECASE)


def run(*, full: bool) -> dict[str, Any]:
    """Return figures for each campaign and in all; `full` is 1,000 letters, otherwise 240."""
    sizes = {"fr_vous": 350, "fr_tu": 250, "en": 400} if full else {"fr_vous": 80, "fr_tu": 60, "en": 100}
    with tempfile.TemporaryDirectory() as home:
        ports = build(Settings.load(home=Path(home)))
        told = {name: _campaign(ports, Path(home), name, size) for name, size in sizes.items()}
    letters = sum(figures["letters"] for figures in told.values())
    near = sum(figures["near_duplicates"] for figures in told.values())
    mixed = sum(figures["mixed_register"] for figures in told.values())
    blocked = Counter[str]()
    for figures in told.values():
        blocked.update(figures["blocked_by"])
    return {
        "letters": letters,
        "campaigns": told,
        "near_duplicates": near,
        "near_duplicate_rate": round(near / letters, 4),
        "mixed_register": mixed,
        "blocked_by": dict(blocked),
        "pass_near_duplicates": near <= 0.01 * letters,
        "pass_register": mixed == 0,
        "pass_gate": not blocked,
    }


def own_words(letter: Letter) -> str:
    """Return what the writer chose of a letter: without quotations, facts, offer, greeting and closing."""
    parts = [letter.subject]
    for sentence in letter.sentences:
        kinds = {receipt.kind for receipt in sentence.receipts}
        if ReceiptKind.OFFER in kinds:
            continue
        text = sentence.text
        for receipt in sentence.receipts:
            text = text.replace(receipt.quote[1:], " ")  # a fact inside a sentence begins small
        parts.append(text)
    return "\n".join(parts)


def nearest(letters: Sequence[Letter]) -> list[float]:
    """Return how alike each letter is to the one most like it, in [0, 1]."""
    known = [runs_of(own_words(letter)) for letter in letters]
    best = [0.0] * len(known)
    for one, ours in enumerate(known):
        for other in range(one):
            share = alike(ours, known[other])
            best[one], best[other] = max(best[one], share), max(best[other], share)
    return best


def has_both_registers(letter: Letter) -> bool:
    """Return whether a French letter says tu and vous in its own words."""
    text = _SET.sub(" ", own_words(letter))
    return bool(_TU.search(text)) and bool(_VOUS.search(text))


def furnish(ports: Ports, home: Path, name: str, size: int) -> CampaignId:
    """Store a campaign (`fr_vous`, `fr_tu`, `en`) and so many creators on its shortlist; draft nothing."""
    campaign = _campaign_of(ports, name)
    creators = _creators(ports, home, name, size)
    chance = random.Random(f"{_SEED} {name}")
    at = datetime(_TODAY.year, _TODAY.month, _TODAY.day, 9, tzinfo=UTC)
    with ports.store.write() as tx:
        values = tx.brands.get(campaign.brand_id)
        names = [value.name for value in values.values] if values is not None else [""]
        for creator in creators:
            tx.outreach.save(_outreach(creator, campaign.id, names, chance, at))
    return campaign.id


def _campaign(ports: Ports, home: Path, name: str, size: int) -> dict[str, Any]:
    language = name[:2]
    campaign = furnish(ports, home, name, size)
    report = draft_campaign(ports, campaign, writer_name="offline", progress=_silent)
    with ports.store.read() as tx:
        drafts = [
            draft
            for outreach in tx.outreach.of_campaign(campaign)
            for draft in tx.drafts.of_outreach(outreach.id)
        ]
    return _figures(drafts, language) | {"unwritten": len(report.failed)}


def _figures(drafts: Sequence[Draft], language: str) -> dict[str, Any]:
    letters = [draft.letter for draft in drafts]
    alike = nearest(letters)
    blocked = Counter(
        finding.code
        for draft in drafts
        for finding in draft.findings
        if finding.severity is Severity.BLOCK and not finding.code.startswith("law.")
    )
    return {
        "letters": len(letters),
        "alike_p50": round(float(np.percentile(alike, 50)), 3),
        "alike_p95": round(float(np.percentile(alike, 95)), 3),
        "alike_most": round(max(alike), 3),
        "near_duplicates": sum(one >= NEAR for one in alike),
        "subjects": len({letter.subject for letter in letters}),
        "mixed_register": sum(map(has_both_registers, letters)) if language == "fr" else 0,
        "blocked_by": dict(blocked),
        "warned_of": dict(
            Counter(f.code for d in drafts for f in d.findings if f.severity is Severity.WARN).most_common(5)
        ),
    }


def _campaign_of(ports: Ports, name: str) -> Campaign:
    language = name[:2]
    file = next(each for each in _sample_brands() if each.brand.language == language)
    brand = replace(file.brand, id=BrandId(name))
    if language == "fr":
        brand = replace(brand, address_form=AddressForm(name[3:]))
    campaign = replace(file.campaigns[0], id=CampaignId(name), brand_id=brand.id)
    import_brand(ports, replace(file, brand=brand, campaigns=(campaign,)))
    return campaign


def _sample_brands() -> Iterator[BrandFile]:
    for file in brand_files():
        with as_file(file) as path:
            yield read_brand(path)


def _creators(ports: Ports, home: Path, name: str, size: int) -> list[Creator]:
    path = home / f"{name}.jsonl"
    path.write_text(
        "\n".join(json.dumps(row, ensure_ascii=False) for row in _rows(name, size)), encoding="utf-8"
    )
    import_creators(ports, read_creators([path]))
    with ports.store.read() as tx:
        return [creator for creator in tx.creators.stream() if creator.handle.startswith(f"{name}.")]


def _rows(name: str, size: int) -> Iterator[dict[str, Any]]:
    language = name[:2]
    chance = random.Random(f"{_SEED} {name}")
    entries = list(read_atlas())
    for number in range(size):
        entry = entries[number % len(entries)]
        yield _row(f"{name}.{number}", language, entry, chance)


def _row(handle: str, language: str, entry: Entry, chance: random.Random) -> dict[str, Any]:
    voice = chance.choice(entry.voices)
    texts = list(voice["posts"][language])
    chosen = chance.sample(texts, min(_POSTS, len(texts)))
    return {
        "platform": "instagram",
        "handle": handle,
        "name": chance.choice(_FIRST_NAMES[language]),
        "language": language,
        "country": _COUNTRY[language],
        "followers": chance.randrange(1_000, 10_000),
        "bio": chance.choice(voice["bios"][language]),
        "email": f"{handle}@creator.example",
        "email_source": {"kind": "bio", "url": f"https://social.example/{handle}", "found_at": "2026-10-01"},
        "business_contact": True,
        "posts": [
            {
                "id": f"{handle}-{place}",
                "text": text,
                "published_at": (_TODAY - timedelta(days=chance.randrange(5, _YEAR))).isoformat(),
            }
            for place, text in enumerate(chosen)
        ],
    }


def _outreach(
    creator: Creator, campaign: CampaignId, values: Sequence[str], chance: random.Random, at: datetime
) -> Outreach:
    posts = chance.sample(creator.posts, min(len(values), len(creator.posts)))
    reasons = tuple(
        Reason(value=value, ref=post.key, quote=post.text, score=0.5, published_on=post.published_on)
        for value, post in zip(values, posts, strict=False)
    )
    return Outreach(
        id=OutreachId(f"o-{creator.handle}"),
        campaign_id=campaign,
        creator_id=creator.id,
        fit=Fit(creator_id=creator.id, score=1.0, similarity=0.5, reasons=reasons),
        created_at=at,
        updated_at=at,
    )


def _silent(done: int, total: int) -> None:
    """Tell nobody."""
