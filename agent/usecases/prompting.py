"""The texts that a letter is made of: those published for its campaign or brand, else the shipped files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import prompts
from agent.domain.brand import Campaign
from agent.domain.draft import Origin
from agent.domain.errors import Unavailable
from agent.domain.ids import BrandId, CampaignId
from agent.domain.published import KeptText, in_force
from agent.ports import Transaction
from prompts import Prompt, PromptError, Texts

_SURROUNDING = ("letters/frame", "letters/offer")
_AND = " + "


def texts_for(tx: Transaction, campaign: Campaign) -> Texts:
    """Return the texts that hold for a campaign; raises Unavailable where a published one is unreadable."""
    return published_texts(tx, campaign.brand_id, campaign.id)


def published_texts(tx: Transaction, brand_id: BrandId, campaign_id: CampaignId | None) -> Texts:
    """Return the texts that hold for a brand, or for a campaign of it."""
    holding = in_force(tx.texts.publications(brand_id), campaign_id)
    with usable_texts():
        return Texts(
            tuple(
                prompts.parse(kept.source)
                for each in holding.values()
                if each.version is not None
                and (kept := tx.texts.version(each.name, each.language, each.version)) is not None
            )
        )


@contextmanager
def usable_texts() -> Iterator[None]:
    """Turn what is wrong with a text into Unavailable: letters wait until it is corrected or rolled back."""
    try:
        yield
    except PromptError as error:
        raise Unavailable(
            f"{error} Publish a corrected text, or go back with nanoreach prompts rollback; until then "
            "nothing is written with it."
        ) from error


def origin_with(origin: Origin, texts: Texts, language: str) -> Origin:
    """Return a draft's origin with the published greeting, closing and offer that its letter was put into."""
    mine = {(text.name, text.language): text.reference for text in texts.published}
    around = [mine[name, language] for name in _SURROUNDING if (name, language) in mine]
    return replace(origin, prompt=_AND.join((origin.prompt, *around))) if around else origin


def keep_texts(tx: Transaction, origin: Origin, texts: Texts, *, at: datetime) -> None:
    """Store the texts that an origin names, so that they can be shown when the files have changed."""
    for reference in origin.prompt.split(_AND):
        title, _, version = reference.partition("@")
        name, _, language = title.rpartition(".")
        if not version or tx.texts.version(name, language, version) is not None:
            continue
        prompt = texts.prompt(name, language)
        if prompt.version == version:
            tx.texts.keep(kept(prompt, at=at))


def kept(prompt: Prompt, *, at: datetime) -> KeptText:
    """Return a text as it is stored."""
    return KeptText(
        name=prompt.name,
        language=prompt.language,
        version=prompt.version,
        source=prompt.source,
        kept_at=at,
    )
