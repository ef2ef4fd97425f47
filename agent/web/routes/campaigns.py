"""Campaigns: whom they match, and how far each one's set-up is."""

from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from agent.domain.gate.law import Gate
from agent.domain.ids import CampaignId
from agent.usecases.readiness import readiness
from agent.usecases.setting_up import campaigns_of
from agent.web.desk import Visiting
from agent.web.door import Deciding

router = APIRouter()


@router.get("/matching")
def show(visit: Visiting) -> Response:
    """List campaigns; the only one is opened at once."""
    with visit.ports.store.read() as tx:
        campaigns = tx.brands.campaigns()
        brands = {brand.id: brand for brand in tx.brands.all()}
        listed = {each.id: len(tx.outreach.of_campaign(each.id)) for each in campaigns}
    if len(campaigns) == 1:
        return visit.redirect(f"/matching/{quote(campaigns[0].id, safe='')}")
    return visit.page("matching.html", campaigns=campaigns, brands=brands, listed=listed)


@router.get("/campaigns")
def show_all(visit: Deciding) -> Response:
    """List brands with their campaigns."""
    with visit.ports.store.read() as tx:
        brands = tx.brands.all()
        campaigns = campaigns_of(tx)
    return visit.page("campaigns.html", brands=brands, campaigns=campaigns)


@router.get("/campaigns/{campaign_id}")
def show_one(visit: Deciding, campaign_id: str) -> Response:
    """Show how far a campaign's set-up is, and what is missing."""
    return visit.page("campaign.html", ready=readiness(visit.ports, CampaignId(campaign_id)), Gate=Gate)
