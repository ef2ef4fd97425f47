"""Brands and campaigns, in SQL."""

from typing import Any

from sqlalchemy import Row as Record
from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from agent.adapters.database.statements import put
from agent.adapters.database.tables import BrandRow, CampaignRow, Row
from agent.adapters.database.work import Work
from agent.domain.brand import AddressForm, Brand, Campaign, ModelBudget
from agent.domain.channel import Channel
from agent.domain.ids import BrandId, CampaignId

_OPEN_FORM = "auto"  # in the column for tu or vous: as each creator does

# read for each letter, so without the object mapper
_BRANDS, _CAMPAIGNS = (Row.metadata.tables[name] for name in ("brands", "campaigns"))
_BRAND = columns(_BRANDS).where(_BRANDS.c.id == bindparam("this"))
_ALL_CAMPAIGNS = columns(_CAMPAIGNS).order_by(_CAMPAIGNS.c.id)
_CAMPAIGN = columns(_CAMPAIGNS).where(_CAMPAIGNS.c.id == bindparam("this"))


class SqlBrands:
    """Brands and their campaigns."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def get(self, brand_id: BrandId) -> Brand | None:
        """Return a brand."""
        row = self._work.connection().execute(_BRAND, {"this": brand_id}).first()
        return _brand_of(row) if row is not None else None

    def save(self, brand: Brand) -> None:
        """Insert or replace a brand."""
        put(self._work, _brand_row(brand), otherwise=f"Brand “{brand.id}” cannot be stored.")

    def all(self) -> tuple[Brand, ...]:
        """Return every brand by id."""
        return tuple(map(_brand_of, self._work.orm.exec(select(BrandRow).order_by(col(BrandRow.id)))))

    def campaign(self, campaign_id: CampaignId) -> Campaign | None:
        """Return a campaign."""
        row = self._work.connection().execute(_CAMPAIGN, {"this": campaign_id}).first()
        return _campaign_of(row) if row is not None else None

    def save_campaign(self, campaign: Campaign) -> None:
        """Insert or replace a campaign; raise BadInput where its brand is unknown."""
        otherwise = f"Campaign “{campaign.id}” belongs to brand “{campaign.brand_id}”, which is not stored."
        put(self._work, _campaign_row(campaign), otherwise=otherwise)

    def campaigns(self) -> tuple[Campaign, ...]:
        """Return every campaign by id."""
        return tuple(map(_campaign_of, self._work.connection().execute(_ALL_CAMPAIGNS)))


def _brand_row(brand: Brand) -> BrandRow:
    return BrandRow(
        id=brand.id,
        name=brand.name,
        language=brand.language,
        address_form=brand.address_form.value if brand.address_form is not None else _OPEN_FORM,
        postal_address=brand.postal_address,
        website=brand.website,
        privacy_url=brand.privacy_url,
        sender=brand.sender,
        brand_values=brand.values,
        voice=brand.voice,
        facts=brand.facts,
        programme=brand.programme,
        competitors=brand.competitors,
        other_senders=brand.other_senders or None,
    )


def _brand_of(row: BrandRow | Record[Any]) -> Brand:
    return Brand(
        id=BrandId(row.id),
        name=row.name,
        language=row.language,
        address_form=AddressForm(row.address_form) if row.address_form != _OPEN_FORM else None,
        postal_address=row.postal_address,
        website=row.website,
        privacy_url=row.privacy_url,
        sender=row.sender,
        values=row.brand_values,
        voice=row.voice,
        facts=row.facts,
        programme=row.programme,
        competitors=row.competitors or (),  # nothing in rows that are older than the column
        other_senders=row.other_senders or (),
    )


def _campaign_row(campaign: Campaign) -> CampaignRow:
    least, most = campaign.followers
    return CampaignRow(
        id=campaign.id,
        brand_id=campaign.brand_id,
        objective=campaign.objective,
        category=campaign.category,
        languages=campaign.languages,
        countries=campaign.countries,
        followers_from=least,
        followers_to=most,
        platforms=campaign.platforms,
        offer=campaign.offer,
        cadence=campaign.cadence,
        per_day=campaign.per_day,
        channels=campaign.channels,
        draft_answers=campaign.draft_answers,
        models=campaign.models,
    )


def _campaign_of(row: CampaignRow | Record[Any]) -> Campaign:
    return Campaign(
        id=CampaignId(row.id),
        brand_id=BrandId(row.brand_id),
        objective=row.objective,
        category=row.category,
        languages=row.languages,
        countries=row.countries,
        followers=(row.followers_from, row.followers_to),
        platforms=row.platforms,
        offer=row.offer,
        cadence=row.cadence,
        per_day=row.per_day,
        channels=row.channels or (Channel.EMAIL,),  # nothing in rows that are older than the column
        draft_answers=bool(row.draft_answers),
        models=row.models or ModelBudget(),
    )
