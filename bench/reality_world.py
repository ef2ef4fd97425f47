"""A home with real creators on two lists, as the product finds them: import, index, matching."""

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import blake2b
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import prompts
from agent.adapters.sources import read_brand, read_creators
from agent.domain.ids import CampaignId, OutreachId
from agent.domain.outreach import Outreach
from agent.domain.records import BrandFile
from agent.ports import Ports
from agent.samples import brand_files
from agent.usecases.importing import import_brand, import_creators
from agent.usecases.indexing import build_index
from agent.usecases.matching import match
from agent.usecases.prompting_lab import Title
from agent.usecases.prompting_publishing import Decision, publish
from prompts import Texts

CAMPAIGNS = {"fr": CampaignId("savon-printemps"), "en": CampaignId("mend-sunday")}
_PROMPTS = Path(__file__).parent / "reality_prompts"
_LEAST_BIO = 40
"""Characters: below, a bio is a list of marks and nothing to write about."""
_MOST_CREATORS = 300
"""Per language; there are about 110 French ones with something to quote."""


def furnish(ports: Ports, folder: Path, home: Path, *, each: int) -> None:
    """Make a shortlist of `each` creators for both campaigns, unless an earlier run did; texts are published.

    `folder` holds `creators.jsonl` of the labelled set. Its creators have no address, so each gets an
    invented one: what a letter says is in question here, not whom it reaches.
    """
    with ports.store.read() as tx:
        if all(any(True for _ in tx.outreach.of_campaign(campaign)) for campaign in CAMPAIGNS.values()):
            return
    for language, file in _brands():
        import_brand(ports, file)
        title = Title(name="model/first_touch", language=language, version=None)
        source = _source(language)
        decision = Decision(
            brand=file.brand.id,
            campaign=None,
            by="bench",
            reason="A model of the smallest kind follows few rules.",
        )
        publish(ports, title, source, decision)
    people = home / "creators.jsonl"
    people.write_text("\n".join(_chosen(folder)), encoding="utf-8")
    import_creators(ports, read_creators([people]))
    build_index(ports, progress=lambda _done, _total: None)
    for campaign in CAMPAIGNS.values():
        _list_best(ports, campaign, each)


def short_texts() -> Texts:
    """Return the texts that a model of the smallest kind is given in the place of the shipped prompts."""
    return Texts(tuple(prompts.parse(_source(language)) for language in CAMPAIGNS))


def _source(language: str) -> str:
    return (_PROMPTS / f"first_touch.{language}.md").read_text(encoding="utf-8")


def _list_best(ports: Ports, campaign: CampaignId, count: int) -> None:
    """Put the best matches on the list, far ones too: a shortlist would leave most of them out."""
    at = ports.clock.now()
    found = match(ports, campaign, limit=count)
    with ports.store.write() as tx:
        for each in found.matches:
            outreach = Outreach(
                id=OutreachId(f"o-{each.creator.id}"),
                campaign_id=campaign,
                creator_id=each.creator.id,
                fit=each.fit,
                created_at=at,
                updated_at=at,
            )
            tx.outreach.save(outreach)


def _brands() -> Iterator[tuple[str, BrandFile]]:
    """Return the sample brands by language; their campaigns look anywhere, for creators of any size."""
    for traversable in brand_files():
        with as_file(traversable) as path:
            file = read_brand(path)
        language = file.brand.language
        campaign = replace(
            file.campaigns[0], languages=(language,), countries=(), platforms=(), followers=(None, None)
        )
        yield language, replace(file, campaigns=(campaign,))


def _chosen(folder: Path) -> Iterator[str]:
    """Return rows for the importer: of each language those with something to quote, in an order of chance."""
    rows = [json.loads(line) for line in (folder / "creators.jsonl").read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: blake2b(row["id"].encode(), digest_size=8).digest())
    for language in CAMPAIGNS:
        fitting = [row for row in rows if row["language"] == language and _has_words(row)]
        for row in fitting[:_MOST_CREATORS]:
            yield json.dumps(_importable(row), ensure_ascii=False)


def _has_words(row: dict[str, Any]) -> bool:
    return len(row["bio"]) >= _LEAST_BIO or row["track"] == "content"


def _importable(row: dict[str, Any]) -> dict[str, Any]:
    known = {
        name: row[name] for name in ("platform", "handle", "language", "country", "followers", "bio", "posts")
    }
    return known | {
        "email": f"{row['id']}@creator.example",
        "email_source": {
            "kind": "bio",
            "url": f"https://social.example/{row['id']}",
            "found_at": "2026-10-01",
        },
        "business_contact": True,
    }
