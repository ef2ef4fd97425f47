"""Texts that brands published in the place of the shipped ones, and which of them hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from agent.domain.ids import BrandId, CampaignId


@dataclass(frozen=True, kw_only=True)
class KeptText:
    """A version of a text, kept for ever: letters were written from it, or it was published.

    `version` is the beginning of the SHA-256 of `source`, the whole text with its front matter.
    """

    name: str
    language: str
    version: str
    source: str
    kept_at: datetime

    @property
    def reference(self) -> str:
        """The name that a draft keeps."""
        return f"{self.name}.{self.language}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class Scope:
    """For whom a text holds: a brand, or one campaign of it."""

    brand_id: BrandId
    campaign_id: CampaignId | None = None

    def __str__(self) -> str:
        return f"campaign {self.campaign_id}" if self.campaign_id is not None else f"brand {self.brand_id}"


@dataclass(frozen=True, kw_only=True)
class Publication:
    """Who put which version of a text in force for a brand, or for one campaign of it, when and why.

    Without a version the text is withdrawn: what the brand published holds for the campaign again, or the
    shipped file for the brand.
    """

    brand_id: BrandId
    campaign_id: CampaignId | None
    name: str
    language: str
    version: str | None
    by: str
    at: datetime
    reason: str

    @property
    def scope(self) -> Scope:
        """For whom it holds."""
        return Scope(brand_id=self.brand_id, campaign_id=self.campaign_id)


def in_force(
    publications: Iterable[Publication], campaign_id: CampaignId | None
) -> dict[tuple[str, str], Publication]:
    """Return what holds by name and language, from a brand's publications, oldest first.

    The last word counts: the campaign's before the brand's. A withdrawn text is not in the answer.
    """
    of_brand: dict[tuple[str, str], Publication] = {}
    of_campaign: dict[tuple[str, str], Publication] = {}
    for each in publications:
        if each.campaign_id is None:
            of_brand[each.name, each.language] = each
        elif each.campaign_id == campaign_id:
            of_campaign[each.name, each.language] = each
    standing = (
        {key: each for key, each in scope.items() if each.version is not None}
        for scope in (of_brand, of_campaign)
    )
    found: dict[tuple[str, str], Publication] = {}
    for scope in standing:
        found |= scope
    return found
