"""A campaign's hard rules about creators: they are never traded against a better score."""

from dataclasses import dataclass
from typing import Self

from agent.domain.brand import Campaign


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a creator must be. Empty sets and None bounds ask for nothing."""

    languages: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    platforms: frozenset[str] = frozenset()
    followers_min: int | None = None
    followers_max: int | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        """Return a campaign's rules."""
        low, high = campaign.followers
        return cls(
            languages=frozenset(campaign.languages),
            countries=frozenset(campaign.countries),
            platforms=frozenset(campaign.platforms),
            followers_min=low,
            followers_max=high,
        )


def refusal(
    filters: Filters,
    *,
    language: str | None,
    country: str | None,
    followers: int | None,
    platform: str,
) -> str:
    """Return why a creator is left out, or nothing; what is asked for and unknown leaves out as well."""
    asked = (
        ("language", filters.languages, language),
        ("country", filters.countries, country),
        ("platform", filters.platforms, platform),
    )
    for name, wanted, value in asked:
        if wanted and value is None:
            return f"{name} unknown"
        if wanted and value not in wanted:
            return f"{name} not asked for"
    return _followers_refusal(filters, followers)


def _followers_refusal(filters: Filters, followers: int | None) -> str:
    low, high = filters.followers_min, filters.followers_max
    if low is None and high is None:
        return ""
    if followers is None:
        return "followers unknown"
    if low is not None and followers < low:
        return "fewer followers than asked for"
    return "more followers than asked for" if high is not None and followers > high else ""
